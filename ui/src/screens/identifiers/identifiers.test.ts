import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { IdentifiersPage } from '../../generated/IdentifiersPage';
import { openWindow } from '../../testing/window';

async function identifiers() {
  const opened = await openWindow('open');
  await opened.user.click(screen.getByTestId('nav-identifiers'));
  await screen.findByRole('grid', { name: 'Identifiers' });
  return opened;
}

const pane = () => within(screen.getByRole('complementary', { name: 'The identifier' }));
const heading = () => screen.getByRole('heading', { level: 1 });

/** A new one, filled in. */
async function newOne(user: Awaited<ReturnType<typeof identifiers>>['user'], name: string, regex: string) {
  await user.click(screen.getByTestId('new-identifier'));
  await user.type(screen.getByTestId('own-name'), name);
  await user.type(screen.getByTestId('own-regex'), regex.replace(/[[{]/g, '$&$&'));
}

it('lists the practice’s own first and shows what is known of the one that is chosen', async () => {
  const { user } = await identifiers();
  await waitFor(() => expect(pane().getByRole('heading', { level: 2 })).toHaveTextContent('Chart number'));
  expect(pane().getByText('CH-[0-9]{4}')).toBeInTheDocument();
  await user.click(screen.getByRole('gridcell', { name: 'Medicare number' }));
  await waitFor(() => expect(pane().getByText('AUSTRALIA_MEDICARE_NUMBER')).toBeInTheDocument());
  expect(pane().getByText('Low, Medium from 2, High from 100')).toBeInTheDocument();
  expect(pane().getByText('2123 45670 1')).toHaveProperty('tagName', 'MARK');
});

it('finds by words and filters, and says so when nothing is left', async () => {
  const { user } = await identifiers();
  await user.type(screen.getByTestId('find'), 'tax number');
  expect(screen.getByText('1 of 7 identifiers')).toBeInTheDocument();
  await user.selectOptions(screen.getByTestId('filter-category'), 'CREDENTIALS');
  expect(screen.getByText('No identifiers match')).toBeInTheDocument();
  await user.click(screen.getByTestId('clear-filter'));
  expect(screen.getByText('7 identifiers')).toBeInTheDocument();
});

it('says what switching one off means, does it, and puts the switch back where that fails', async () => {
  const { user, host, called } = await identifiers();
  await user.click(screen.getByRole('gridcell', { name: 'Tax file number' }));
  await waitFor(() => expect(pane().getByRole('heading', { level: 2 })).toHaveTextContent('Tax file number'));
  await user.click(screen.getByTestId('switch'));
  expect(await pane().findByText(/A file that holds one goes as if there were none/)).toBeInTheDocument();
  expect(called('identifier_switch')).toEqual([{ id: 'AUSTRALIA_TAX_FILE_NUMBER', on: false }]);
  expect(screen.getByTestId('spoken')).toHaveTextContent('Tax file number is not looked for any more.');
  host.failNext('identifier_switch', { code: 'databaseLocked', retry: 'later', about: null });
  await user.click(screen.getByTestId('switch'));
  expect(await pane().findByRole('alert')).toBeInTheDocument();
  expect(screen.getByTestId('switch')).not.toBeChecked();
});

it('finds an identifier by one of its words', async () => {
  const { user } = await identifiers();
  await user.type(screen.getByTestId('find'), 'dob');
  expect(screen.getByText('1 of 7 identifiers')).toBeInTheDocument();
  expect(screen.getByRole('gridcell', { name: 'Date of birth' })).toBeInTheDocument();
});

it('sets how near a word must be, says what can be set, and takes it back', async () => {
  const { user, host, called } = await identifiers();
  await user.click(screen.getByRole('gridcell', { name: 'Tax file number' }));
  const field = await screen.findByTestId('distance');
  await waitFor(() => expect(pane().getByRole('heading', { level: 2 })).toHaveTextContent('Tax file number'));
  expect(screen.getByTestId('distance')).toHaveValue('30');
  expect(field).toHaveAccessibleDescription(/From 1 to 300, by default 30/);
  expect(screen.queryByTestId('distance-default')).toBeNull();
  for (const wrong of ['0', '301', '3o', '']) {
    await user.clear(screen.getByTestId('distance'));
    if (wrong !== '') await user.type(screen.getByTestId('distance'), wrong);
    await user.click(screen.getByTestId('distance-set'));
    expect(screen.getByTestId('distance')).toHaveAccessibleDescription(/whole number from 1 to 300/);
    await waitFor(() => expect(screen.getByTestId('distance')).toHaveFocus());
  }
  expect(called('identifier_distance')).toEqual([]);
  await user.clear(screen.getByTestId('distance'));
  await user.type(screen.getByTestId('distance'), '120{Enter}');
  expect(await pane().findByText(/Within 120 characters of the value\s*\(30 by default\)/)).toBeInTheDocument();
  expect(screen.getByTestId('spoken')).toHaveTextContent('Tax file number: within 120 characters.');
  await user.click(screen.getByTestId('distance-default'));
  expect(await pane().findByText('Within 30 characters of the value')).toBeInTheDocument();
  expect(screen.getByTestId('distance')).toHaveValue('30');
  expect(called('identifier_distance')).toEqual([
    { id: 'AUSTRALIA_TAX_FILE_NUMBER', distance: 120 },
    { id: 'AUSTRALIA_TAX_FILE_NUMBER', distance: null },
  ]);
  host.failNext('identifier_distance', { code: 'databaseLocked', retry: 'later', about: null });
  await user.type(screen.getByTestId('distance'), '0{Enter}');
  expect(await pane().findByRole('alert')).toBeInTheDocument();
});

it('tries a text with all that are on, marks what is found, and forgets it when the text changes', async () => {
  const { user, called } = await identifiers();
  await user.click(screen.getByTestId('try-all'));
  await waitFor(() => expect(heading()).toHaveFocus());
  await user.click(screen.getByTestId('try-it'));
  expect(called('custom_test')).toHaveLength(0);
  await user.type(screen.getByTestId('sample'), 'Patient: Jane Doe, TFN: 123 456 782');
  await user.click(screen.getByTestId('try-it'));
  const tried = within(screen.getByTestId('tried'));
  expect(await tried.findByText('2 found.')).toBeInTheDocument();
  expect([...screen.getByTestId('tried').querySelectorAll('mark')].map((mark) => mark.lastChild?.textContent)).toEqual(['Jane Doe', '123 456 782']);
  expect(tried.getByText(/check digit right, near “tfn”/)).toBeInTheDocument();
  await user.type(screen.getByTestId('sample'), '!');
  expect(tried.queryByText('2 found.')).toBeNull();
});

it('tries one alone from its pane', async () => {
  const { user, called } = await identifiers();
  await user.click(screen.getByRole('gridcell', { name: 'Tax file number' }));
  await waitFor(() => expect(pane().getByRole('heading', { level: 2 })).toHaveTextContent('Tax file number'));
  await user.click(screen.getByTestId('try-one'));
  await user.type(screen.getByTestId('sample'), 'Patient: Jane Doe, TFN: 123 456 782');
  await user.click(screen.getByTestId('try-it'));
  expect(await within(screen.getByTestId('tried')).findByText('1 found.')).toBeInTheDocument();
  expect(called('custom_test').at(-1)).toMatchObject({ request: { only: 'AUSTRALIA_TAX_FILE_NUMBER', identifier: null } });
});

it('makes an identifier: tried before it is saved, then listed under its name', async () => {
  const { user, called } = await identifiers();
  await newOne(user, 'Recall NO', 'RC[0-9]{3}');
  await user.type(screen.getByTestId('own-keywords'), 'recall{Enter}{Enter}recall no');
  await user.type(screen.getByTestId('own-High'), '10');
  await user.type(screen.getByTestId('own-Low'), '2');
  await user.type(screen.getByTestId('sample'), 'recall RC123');
  await user.click(screen.getByTestId('try-it'));
  expect(await within(screen.getByTestId('tried')).findByText('1 found.')).toBeInTheDocument();
  expect(within(screen.getByTestId('tried')).getByText('Recall NO')).toBeInTheDocument();
  await user.click(screen.getByTestId('own-save'));
  await waitFor(() => expect(pane().getByRole('heading', { level: 2 })).toHaveTextContent('Recall NO'));
  expect(called('custom_save')).toEqual([
    {
      identifier: expect.objectContaining({
        name: 'Recall NO',
        keywords: ['recall', 'recall no'],
        validator: null,
        severityLevels: [
          { severity: 'Low', occurrencesThreshold: 2 },
          { severity: 'High', occurrencesThreshold: 10 },
        ],
      }),
      replaces: null,
    },
  ]);
  expect(screen.getByTestId('told')).toHaveTextContent('Recall NO was saved.');
});

it('shows what is wrong with a pattern at the pattern, when it is tried and when it is saved', async () => {
  const { user } = await identifiers();
  await user.click(screen.getByTestId('new-identifier'));
  await user.type(screen.getByTestId('own-regex'), '(?=RC)x');
  await user.type(screen.getByTestId('sample'), 'recall RC123');
  await user.click(screen.getByTestId('try-it'));
  const pattern = screen.getByTestId('own-regex');
  await waitFor(() => expect(pattern).toHaveAccessibleDescription(/can't be used: look-ahead and look-behind are not supported/));
  expect(screen.getByTestId('tried')).toHaveTextContent('It can’t be tried yet: see what is marked in the form.');
  await user.type(screen.getByTestId('own-name'), 'Recall');
  await user.clear(pattern);
  await user.click(screen.getByTestId('own-save'));
  await waitFor(() => expect(pattern).toHaveAccessibleDescription(/it must have 1 to 512 characters/));
  expect(pattern).toHaveFocus();
});

it('does not let a new one take the place of another without a word', async () => {
  const { user, called } = await identifiers();
  await newOne(user, 'chart NUMBER', 'x');
  await user.click(screen.getByTestId('own-save'));
  await waitFor(() => expect(screen.getByTestId('own-name')).toHaveAccessibleDescription(/There is another one of this name/));
  await user.clear(screen.getByTestId('own-distance'));
  await user.type(screen.getByTestId('own-distance'), 'far');
  await user.click(screen.getByTestId('own-save'));
  await waitFor(() => expect(screen.getByTestId('own-distance')).toHaveAccessibleDescription(/whole number/));
  expect(called('custom_save')).toHaveLength(0);
});

it('asks before what was typed is lost', async () => {
  const { user } = await identifiers();
  await newOne(user, 'R', 'x');
  await user.click(screen.getByTestId('back'));
  expect(heading()).toHaveTextContent('New identifier');
  await user.click(screen.getByTestId('leave'));
  expect(heading()).toHaveTextContent('Identifiers');
});

it('edits one under another name, and deletes it after asking', async () => {
  const { user, called } = await identifiers();
  await user.click(await screen.findByTestId('edit'));
  expect(screen.getByTestId('own-regex')).toHaveValue('CH-[0-9]{4}');
  await user.clear(screen.getByTestId('own-name'));
  await user.type(screen.getByTestId('own-name'), 'Chart');
  await user.click(screen.getByTestId('own-save'));
  await waitFor(() => expect(pane().getByRole('heading', { level: 2 })).toHaveTextContent(/^Chart$/));
  expect(called('custom_save')).toMatchObject([{ replaces: 'Chart number' }]);
  await user.click(screen.getByTestId('delete'));
  expect(called('custom_delete')).toHaveLength(0);
  await user.click(screen.getByTestId('delete-yes'));
  await waitFor(() => expect(screen.getByTestId('told')).toHaveTextContent('Chart was deleted.'));
  await waitFor(() => expect(heading()).toHaveFocus());
  await user.selectOptions(screen.getByTestId('filter-show'), 'own');
  expect(screen.getByText('No identifiers of your own')).toBeInTheDocument();
});

it('imports, and says at an export what Macie can’t know', async () => {
  const { user, host, called } = await identifiers();
  await user.click(screen.getByTestId('open-exchange'));
  await user.click(screen.getByTestId('import'));
  await waitFor(() => expect(screen.getByTestId('told')).toHaveTextContent('Locker number was imported.'));
  await waitFor(() => expect(pane().getByRole('heading', { level: 2 })).toHaveTextContent('Locker number'));

  const chart = { name: 'Member', description: '', regex: 'M[0-9]+', keywords: [], ignoreWords: [], maximumMatchDistance: 50, validator: 'luhn', severityLevels: [] };
  await host.call('custom_save', { identifier: chart, replaces: null });
  await user.selectOptions(screen.getByTestId('export-format'), 'macie');
  await user.click(screen.getByTestId('export'));
  await waitFor(() => expect(screen.getByTestId('exported')).toHaveTextContent('it will find more than Pillbox does with Member.'));
  expect(called('custom_export')).toEqual([{ names: [], format: 'macie' }]);
});

it('says why a file could not be imported', async () => {
  const { user, host } = await identifiers();
  await user.click(screen.getByTestId('open-exchange'));
  host.failNext('custom_import', { code: 'identifiersNotUnderstood', retry: 'never', about: 'line 3: expected a value' });
  await user.click(screen.getByTestId('import'));
  expect(await screen.findByRole('alert')).toHaveTextContent('line 3: expected a value');
});

it('puts one that can’t be used first, and says why and what to do', async () => {
  const { user, host } = await identifiers();
  const call = host.call.bind(host);
  const problem = 'regex: the pattern is too large';
  host.call = (async (command, ...args) => {
    const answer = await call(command, ...args);
    if (command !== 'identifiers_list') return answer;
    const page = answer as IdentifiersPage;
    return { ...page, identifiers: page.identifiers.map((row) => (row.id === 'Chart number' ? { ...row, problem } : row)) };
  }) as typeof host.call;
  await user.click(screen.getByTestId('nav-identifiers'));
  expect(await screen.findByTestId('problem')).toHaveTextContent('Not looked for: it can’t be used. Pattern: the pattern is too large. Edit it to put that right.');
  const first = within(screen.getByRole('grid')).getAllByRole('row')[1];
  expect(first).toHaveTextContent('Chart number');
  expect(first).toHaveTextContent('Can’t be used');
});
