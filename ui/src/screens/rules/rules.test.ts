import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { Scene } from '../../host/fake/index';
import { openWindow } from '../../testing/window';

async function rules(part?: 'files' | 'lists', scene: Scene = 'open') {
  const opened = await openWindow(scene);
  await opened.user.click(screen.getByTestId('nav-rules'));
  await screen.findByTestId('rules-sentence');
  if (part) await opened.user.click(screen.getByTestId(`tab-${part}`));
  return opened;
}

const pane = () => within(screen.getByRole('complementary', { name: 'The rule' }));
const rows = () => within(screen.getByRole('grid', { name: 'Kinds of data' })).getAllByRole('row').slice(1).map((row) => row.textContent?.trim());

it('says in one sentence what happens, and lists the kinds by it', async () => {
  await rules();
  expect(screen.getByTestId('rules-sentence')).toHaveTextContent(
    '3 kinds of data belong in a prescription, 3 ask you first, 1 is never sent as it is.',
  );
  const listed = rows();
  expect(listed[0]).toBe('Never sent as they are · 1');
  expect(listed[1]).toMatch(/^AWS secret access key/);
  expect(listed[2]).toBe('Ask you · 3');
  expect(listed[6]).toBe('Expected in a prescription · 3');
});

it('changes what happens with a kind, keeps it in view where it goes, and puts it back', async () => {
  const { user, called } = await rules();
  await user.click(screen.getByText('Tax file number'));
  expect(pane().getByTestId('rule-ask')).toBeChecked();
  expect(screen.queryByTestId('back-to-default')).toBeNull();
  await user.click(pane().getByTestId('rule-refuse'));
  expect(called('rules_set')).toEqual([
    { change: { kind: 'disposition', identifier: 'AUSTRALIA_TAX_FILE_NUMBER', disposition: 'refuse' } },
  ]);
  await screen.findByText('Never sent as they are · 2');
  expect(screen.getByTestId('rules-sentence')).toHaveTextContent('2 ask you first, 2 are never sent as they are.');
  expect(screen.getByTestId('spoken')).toHaveTextContent('Tax file number: Never send as it is.');
  expect(pane().getByRole('heading')).toHaveTextContent('Tax file number');
  expect(pane().getByText('By default: Ask.')).toBeInTheDocument();

  await user.click(screen.getByTestId('kinds-changed'));
  await waitFor(() => expect(rows()).toEqual(['Never sent as they are · 1', expect.stringMatching(/^Tax file number.*changed by you$/)]));
  await user.click(screen.getByTestId('back-to-default'));
  expect(called('rules_set').at(-1)).toEqual({ change: { kind: 'disposition', identifier: 'AUSTRALIA_TAX_FILE_NUMBER', disposition: null } });
  expect(await screen.findByText('Nothing was changed')).toBeInTheDocument();
  expect(pane().getByTestId('rule-ask')).toBeChecked();
});

it('keeps the old rule marked where a change is refused, and says why', async () => {
  const { user, host } = await rules();
  await user.click(screen.getByText('Tax file number'));
  host.failNext('rules_set', { code: 'databaseLocked', retry: 'later', about: null });
  await user.click(screen.getByTestId('rule-expected'));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  await waitFor(() => expect(screen.getByTestId('rule-ask')).toBeChecked());
});

it('finds a kind by its name, its id and its category, and says when none matches', async () => {
  const { user } = await rules();
  await user.type(screen.getByTestId('kinds-search'), 'medicare_n');
  await waitFor(() => expect(rows()).toHaveLength(2));
  expect(pane().getByRole('heading')).toHaveTextContent('Medicare number');
  await user.clear(screen.getByTestId('kinds-search'));
  await user.selectOptions(screen.getByTestId('kinds-category'), 'FINANCIAL_INFORMATION');
  expect(rows()).toEqual(['Ask you · 1', expect.stringMatching(/^Payment card/)]);
  await user.type(screen.getByTestId('kinds-search'), 'zebra');
  expect(await screen.findByText('No kind matches')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
  expect(rows()).toHaveLength(10);
});

it('says of a kind that is switched off that its rule does nothing, and leads to where it is switched on', async () => {
  const { user, host } = await openWindow('open');
  await host.call('identifier_switch', { id: 'CREDIT_CARD_NUMBER', on: false });
  await user.click(screen.getByTestId('nav-rules'));
  expect(await screen.findByTestId('rules-sentence')).toHaveTextContent('2 ask you first, 1 is never sent as it is. 1 is not looked for.');
  await user.click(screen.getByText('Payment card'));
  expect(screen.getByText('not looked for')).toBeInTheDocument();
  await user.click(screen.getByTestId('open-identifiers'));
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Identifiers'));
});

it('goes from part to part by arrow keys', async () => {
  const { user } = await rules();
  screen.getByRole('tab', { name: 'Kinds of data' }).focus();
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('tab', { name: 'Whole files', selected: true })).toHaveFocus();
  expect(screen.getByRole('tabpanel', { name: 'Whole files' })).toHaveTextContent('A file that is about two patients or more');
  await user.keyboard('{End}');
  expect(screen.getByRole('tab', { name: 'Not sensitive here', selected: true })).toHaveFocus();
});

it('sets what happens with a file that is no prescription, and what stands in place of what was blacked out', async () => {
  const { user, called } = await rules('files');
  expect(screen.getByTestId('no-prescription-shown')).toBeChecked();
  expect(screen.getByText('TFN: [AUSTRALIA_TAX_FILE_NUMBER]')).toBeInTheDocument();
  await user.click(screen.getByTestId('no-prescription-ask'));
  await user.click(screen.getByTestId('redaction-mask'));
  expect(called('rules_set')).toEqual([
    { change: { kind: 'notAPrescription', setting: 'ask' } },
    { change: { kind: 'redaction', style: 'mask' } },
  ]);
  await waitFor(() => expect(screen.getByTestId('redaction-mask')).toBeChecked());
  // Whose prescription it is has no setting.
  expect(screen.getAllByRole('radio')).toHaveLength(4);
});

it('shows the lists masked, with the one that is part of the program last and not to be removed', async () => {
  await rules('lists');
  const list = await screen.findByTestId('list-words');
  expect(list).toHaveTextContent('2 words and phrases');
  expect(list).toHaveTextContent('•• •••••••• ••ad');
  const cards = screen.getByTestId('list-testCards');
  expect(cards).toHaveTextContent('55 card numbers · Part of Pillbox');
  expect(within(cards).queryByRole('button')).toBeNull();
  expect(within(cards).getByRole('checkbox', { name: 'Use Test card numbers' })).not.toBeChecked();
});

it('switches a list, and puts the tick back where that is refused', async () => {
  const { user, host, called } = await rules('lists');
  const box = await screen.findByRole('checkbox', { name: 'Use Test card numbers' });
  await user.click(box);
  expect(called('allow_list_switch')).toEqual([{ name: 'Test card numbers', on: true }]);
  await waitFor(() => expect(screen.getByTestId('spoken')).toHaveTextContent('Test card numbers is in use.'));
  host.failNext('allow_list_switch', { code: 'databaseLocked', retry: 'later', about: null });
  await user.click(screen.getByRole('checkbox', { name: 'Use Test card numbers' }));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole('checkbox', { name: 'Use Test card numbers' })).toBeChecked());
});

it('adds words, one on each line', async () => {
  const { user, called } = await rules('lists');
  await user.click(await screen.findByRole('button', { name: 'Add words to Our addresses' }));
  await user.click(screen.getByTestId('save-words'));
  expect(screen.getByRole('textbox', { name: 'Words and phrases' })).toBeInvalid();
  await user.type(screen.getByTestId('words'), 'Campbell House{Enter}{Enter}  12 Smith Street ');
  await user.click(screen.getByTestId('save-words'));
  expect(called('allow_list_save')).toEqual([
    { edit: { name: 'Our addresses', description: null, add: { kind: 'words', words: ['Campbell House', '12 Smith Street'] } } },
  ]);
  await waitFor(() => expect(screen.getByTestId('list-words')).toHaveTextContent('4 words and phrases'));
  expect(screen.queryByTestId('words')).toBeNull();
});

it('makes a list with a pattern, and one from a file', async () => {
  const { user, called } = await rules('lists');
  await user.click(await screen.findByTestId('new-list'));
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus();
  await user.click(screen.getByTestId('save-list'));
  expect(screen.getByTestId('list-name')).toBeInvalid();
  await user.type(screen.getByTestId('list-name'), 'Our phones');
  await user.click(screen.getByTestId('way-regex'));
  await user.click(screen.getByTestId('pattern'));
  await user.paste('02 55\\d\\d \\d{4}');
  await user.click(screen.getByTestId('save-list'));
  expect(called('allow_list_save')).toEqual([
    { edit: { name: 'Our phones', description: '', add: { kind: 'regex', regex: '02 55\\d\\d \\d{4}' } } },
  ]);
  expect(await screen.findByTestId('list-regex')).toHaveTextContent('02 55\\d\\d \\d{4}');

  await user.click(screen.getByTestId('new-list'));
  await user.type(screen.getByTestId('list-name'), 'Our places');
  await user.click(screen.getByTestId('way-file'));
  await user.click(screen.getByTestId('save-list'));
  expect(called('allow_list_import')).toEqual([{ name: 'Our places' }]);
  expect(await screen.findByRole('heading', { name: 'Our places' })).toBeInTheDocument();
});

it('removes a list only after asking in place, and says what an empty screen is for', async () => {
  const { user, called } = await rules('lists');
  await user.click(await screen.findByRole('button', { name: 'Remove Our addresses' }));
  expect(screen.getByText(/What stands on it is found again/)).toBeInTheDocument();
  expect(called('allow_list_delete')).toEqual([]);
  await user.click(screen.getByTestId('remove-list'));
  expect(called('allow_list_delete')).toEqual([{ name: 'Our addresses' }]);
  expect(await screen.findByText('No list of your own yet')).toBeInTheDocument();
  expect(screen.getByTestId('list-testCards')).toBeInTheDocument();
});

it('says of what was called not sensitive that it can’t be read', async () => {
  const { user, host } = await openWindow('review');
  await host.call('not_sensitive', { said: { upload: 'upload-1', number: 1, detection: 4, identifier: 'CREDIT_CARD_NUMBER' } });
  await user.click(screen.getByTestId('nav-rules'));
  await user.click(await screen.findByTestId('tab-lists'));
  const list = await screen.findByTestId('list-notSensitive');
  expect(list).toHaveTextContent('1 value');
  expect(list).toHaveTextContent('What they were can’t be read from it');
  expect(within(list).queryByRole('button', { name: /^Add/ })).toBeNull();
  expect(within(list).getByRole('button', { name: 'Remove Not sensitive' })).toBeInTheDocument();
});

it('says why the rules could not be read, and reads them again', async () => {
  const { user, host } = await openWindow('open');
  host.failNext('rules', { code: 'databaseLocked', retry: 'later', about: null });
  await user.click(screen.getByTestId('nav-rules'));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByTestId('rules-sentence')).toBeInTheDocument();
});
