import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { FileRow } from '../../generated/FileRow';
import { openWindow } from '../../testing/window';

async function review(scene: 'review' | 'unknown' = 'review', files = 12) {
  const opened = await openWindow(scene, files);
  await opened.user.click(screen.getByTestId('nav-upload'));
  await screen.findByText('Needs a decision · 3');
  await screen.findByTestId('redact');
  return opened;
}

const pane = () => within(screen.getByRole('complementary', { name: 'The file' }));

it('chooses the samples and goes straight to what was found in them', async () => {
  const { user } = await openWindow('open');
  await user.click(screen.getByTestId('nav-upload'));
  await user.click(await screen.findByTestId('use-samples'));
  expect(await screen.findByText('Needs a decision · 3')).toBeInTheDocument();
});

it('stays where it is when nothing was chosen', async () => {
  const { user, host } = await openWindow('open');
  await user.click(screen.getByTestId('nav-upload'));
  host.failNext('choose_files', { code: 'cancelled', retry: 'never', about: null });
  await user.click(await screen.findByTestId('choose-files'));
  expect(screen.queryByTestId('error')).toBeNull();
  expect(screen.getByTestId('choose-files')).toBeInTheDocument();
});

it('is held by the gate, says why and is let go by its fix', async () => {
  const { user, called } = await review();
  const gate = screen.getByTestId('gate');
  expect(gate).toHaveTextContent('Nothing has been sent: this bucket is open to the public.');
  const start = screen.getByTestId('start');
  expect(start).toHaveAttribute('aria-disabled');
  expect(start).toHaveAccessibleDescription('The bucket is not known to be shut.');
  await user.click(start);
  expect(called('start_upload')).toEqual([]);

  await user.click(screen.getByTestId('gate-see'));
  expect(await within(gate).findByText('BlockPublicAcls')).toBeInTheDocument();
  await user.click(screen.getByTestId('gate-fix'));
  expect(await screen.findByTestId('gate-done')).toHaveTextContent('Block Public Access is on.');
  expect(called('apply_plan')).toEqual([{ planId: 'plan-1' }]);
  expect(screen.getByTestId('start')).toHaveAccessibleDescription('Some files still need a decision.');
});

it('offers what to ask for where the gate can’t be read, and no fix', async () => {
  const { user } = await review('unknown');
  expect(screen.getByTestId('gate')).toHaveTextContent('it is not known whether this bucket is shut');
  expect(screen.queryByTestId('gate-fix')).toBeNull();
  await user.click(screen.getByTestId('gate-ask'));
  const request = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Send this to/ });
  expect(request.value).toContain('s3:GetBucketPublicAccessBlock');
});

it('shows the file that needs a decision with its value masked and why it is believed', async () => {
  await review();
  expect(pane().getByRole('heading')).toHaveTextContent('nguyen-thi-20261121.txt');
  expect(pane().getByText(/Payment card: not expected in a prescription/)).toBeInTheDocument();
  expect(pane().getByText(/sure: check digit right, near “card”/)).toBeInTheDocument();
  expect(pane().getAllByText(/•••• •••• •••• 4417/).length).toBeGreaterThan(0);
  expect(document.body.textContent).not.toMatch(/\d{4} \d{4} \d{4}/);
});

it('takes a decision and goes on to the next file', async () => {
  const { user, called } = await review();
  expect(screen.getByTestId('redact')).toHaveTextContent('Send with the payment card blacked out');
  await user.click(screen.getByTestId('redact'));
  expect(called('decide')).toEqual([{ upload: 'upload-1', numbers: [1], decision: { kind: 'redact' } }]);
  expect(await screen.findByText('Needs a decision · 2')).toBeInTheDocument();
  await waitFor(() => expect(pane().getByRole('heading')).toHaveTextContent('okafor-20261120.txt'));
  expect(screen.getByTestId('spoken')).toHaveTextContent('nguyen-thi-20261121.txt: Goes with what is unexpected blacked out.');
});

it('sends as it is only with a reason', async () => {
  const { user, called } = await review();
  await user.click(screen.getByTestId('send-as-it-is'));
  const reason = screen.getByRole('textbox', { name: 'Why may it go as it is?' });
  expect(reason).toHaveFocus();
  await user.click(screen.getByTestId('send'));
  expect(reason).toBeInvalid();
  expect(called('decide')).toEqual([]);
  await user.type(reason, 'It is the card of the practice itself{Enter}');
  expect(called('decide')).toEqual([
    { upload: 'upload-1', numbers: [1], decision: { kind: 'send', reason: 'It is the card of the practice itself' } },
  ]);
});

it('never offers to send a key as it is', async () => {
  const { user } = await review();
  await user.click(screen.getByText('reception-notes.txt'));
  await waitFor(() => expect(pane().getByRole('heading')).toHaveTextContent('reception-notes.txt'));
  expect(screen.queryByTestId('send-as-it-is')).toBeNull();
  expect(screen.getByTestId('redact')).toBeInTheDocument();
});

it('decides on all files at once and takes one back', async () => {
  const { user, called } = await review();
  await user.click(screen.getByRole('button', { name: 'Leave all out' }));
  await waitFor(() => expect(called('decide')).toEqual([{ upload: 'upload-1', numbers: [1, 2, 3], decision: { kind: 'leaveOut' } }]));
  expect(await screen.findByText('Left out · 3')).toBeInTheDocument();
  await user.click(screen.getByText('okafor-20261120.txt'));
  await user.click(await screen.findByTestId('undecide'));
  expect(called('decide').at(-1)).toEqual({ upload: 'upload-1', numbers: [2], decision: null });
  expect(await screen.findByText('Needs a decision · 1')).toBeInTheDocument();
});

it('shows the error of a decision in place', async () => {
  const { user, host } = await review();
  host.failNext('decide', { code: 'databaseLocked', retry: 'later', about: null });
  await user.click(screen.getByTestId('redact'));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
});

it('offers neutral names for files that carry a name', async () => {
  const { user, called } = await review();
  expect(screen.getByTestId('names')).toHaveTextContent('1 file carries a patient’s name in its own name.');
  await user.click(screen.getByTestId('use-neutral-names'));
  expect(called('set_destination')).toEqual([{ upload: 'upload-1', template: 'prescriptions/{yyyy}/{mm}/', neutralNames: true }]);
});

it('goes through the list by keyboard', async () => {
  const { user } = await review();
  const grid = screen.getByRole('grid', { name: 'Files of this upload' });
  grid.focus();
  await user.keyboard('{ArrowDown}');
  const chosen = () => within(grid).getByRole('row', { selected: true });
  expect(chosen()).toHaveTextContent('okafor-20261120.txt');
  expect(grid).toHaveAttribute('aria-activedescendant', chosen().id);
  await waitFor(() => expect(pane().getByRole('heading')).toHaveTextContent('okafor-20261120.txt'));
  await user.keyboard('{End}');
  await waitFor(() => expect(chosen()).toHaveTextContent(/-0011\.txt/));
});

it('draws only the rows in view and asks for them a page at a time', async () => {
  const { called } = await review('review', 5000);
  const grid = screen.getByRole('grid');
  expect(grid).toHaveAttribute('aria-rowcount', String(5000 + 3 + 1 + 3 + 1));
  expect(within(grid).getAllByRole('row').length).toBeLessThan(40);
  const asked = called('upload_files') as { request: { offset: number; limit: number; section: string } }[];
  expect(asked.filter(({ request }) => request.section === 'ready' && request.offset > 100)).toEqual([]);
});

it('keeps the chosen file when others of its group are decided on', async () => {
  const { user, host } = await review();
  await user.click(screen.getByText('reception-notes.txt'));
  await waitFor(() => expect(pane().getByRole('heading')).toHaveTextContent('reception-notes.txt'));
  await host.call('decide', { upload: 'upload-1', numbers: [1], decision: { kind: 'leaveOut' } });
  host.tell({ kind: 'uploadChanged', upload: 'upload-1' });
  expect(await screen.findByText('Needs a decision · 2')).toBeInTheDocument();
  await waitFor(() => expect(within(screen.getByRole('grid')).getByRole('row', { selected: true })).toHaveTextContent('reception-notes.txt'));
  expect(pane().getByRole('heading')).toHaveTextContent('reception-notes.txt');
});

it('settles what lies under the same name, and goes on', async () => {
  const { user, called } = await openWindow('conflict', 40);
  await user.click(screen.getByTestId('nav-upload'));
  await user.click(await screen.findByText('Something is there'));
  const outcome = within(screen.getByRole('complementary', { name: 'The outcome' }));
  expect(await outcome.findByTestId('keep-both')).toBeInTheDocument();
  expect(outcome.queryByTestId('replace')).toBeNull();
  expect(outcome.getByText(/Replacing is offered only where/)).toBeInTheDocument();
  await user.click(outcome.getByTestId('keep-both'));
  expect(called('resolve_conflicts')).toEqual([{ upload: 'upload-1', numbers: [21], choice: 'keep-both' }]);
  await waitFor(() => expect(screen.queryByTestId('keep-both')).toBeNull());
  expect(screen.getByTestId('spoken')).toHaveTextContent('Decided. Continue sends what is left.');
  await user.click(screen.getByTestId('resume'));
  expect(called('resume_upload')).toHaveLength(1);
});

it('lives through the upload and shows its receipt, problems first', async () => {
  const { user, host } = await review('review', 120);
  await user.click(screen.getByRole('button', { name: 'Leave all out' }));
  await user.click(await screen.findByTestId('gate-fix'));
  await waitFor(() => expect(screen.getByTestId('start')).not.toHaveAttribute('aria-disabled'));
  await user.click(screen.getByTestId('start'));
  expect(await screen.findByRole('progressbar')).toHaveAttribute('aria-valuetext', '0 of 120 files sent and confirmed');
  await user.click(screen.getByTestId('pause'));
  await user.click(await screen.findByTestId('resume'));
  host.finish();
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('118 files are safe in the-pain-killer-practice.'));
  const figures = screen.getByTestId('figures');
  expect(figures).toHaveTextContent(/117\s*Sent and stored|Sent and stored\s*117/);
  const rows = within(screen.getByRole('grid', { name: 'What became of each file' })).getAllByRole('row');
  expect(rows[1]).toHaveTextContent('Not sent or not confirmed · 2');
  expect(screen.getByText('3 files are not.')).toBeInTheDocument();
});

async function concerns() {
  const opened = await openWindow('concerns');
  await opened.user.click(screen.getByTestId('nav-upload'));
  await screen.findByText('Needs a decision · 5');
  await screen.findByTestId('leave-out');
  return opened;
}

const rowOf = (name: string) => within(screen.getByRole('grid')).getByRole('row', { name: new RegExp(`^${name}`) });

async function look(user: Awaited<ReturnType<typeof concerns>>['user'], name: string) {
  await user.click(screen.getByText(name));
  await waitFor(() => expect(pane().getByRole('heading')).toHaveTextContent(name));
}

it('says what is odd about a file as a whole, and offers only what can help', async () => {
  const { user } = await concerns();
  expect(rowOf('ward-b')).toHaveTextContent('Two patients');
  expect(rowOf('lee')).toHaveTextContent(/Another patient.*Payment card/);
  expect(rowOf('rota')).toHaveTextContent('Not a prescription?');
  expect(pane().getByText('It is about two patients or more.')).toBeInTheDocument();
  expect(screen.queryByTestId('redact')).toBeNull();
  expect(screen.getByTestId('send-as-it-is')).toBeInTheDocument();

  await look(user, 'lee-20261119.txt');
  expect(pane().getByText('The patient in it is not the one in its name or folder.')).toBeInTheDocument();
  expect(screen.queryByTestId('redact')).toBeNull();
  expect(pane().getByText(/Blacking values out does not put this right/)).toBeInTheDocument();
  expect(pane().queryByText(/can’t be blacked out/)).toBeNull();

  await look(user, 'rota-november.txt');
  expect(pane().getByText('It does not look like a prescription.')).toBeInTheDocument();
});

it('names the place in a document, and says that values in it can’t be blacked out', async () => {
  const { user } = await concerns();
  await look(user, 'claims.xlsx');
  expect(pane().getByText(/Sheet Patients, cell C5 · sure: check digit right/)).toBeInTheDocument();
  expect(pane().getByText('In a file of this kind or size values can’t be blacked out.')).toBeInTheDocument();
  expect(screen.queryByTestId('redact')).toBeNull();
  await look(user, 'referral.pdf');
  expect(pane().getByText(/Page 2 · sure/)).toBeInTheDocument();
});

it('blacks out at once only in the files where that helps', async () => {
  const { user, called } = await concerns();
  await user.click(screen.getByRole('button', { name: 'Black out where it helps' }));
  await waitFor(() => expect(called('decide')).toEqual([{ upload: 'upload-1', numbers: [5], decision: { kind: 'redact' } }]));
  await waitFor(() => expect(screen.getByTestId('spoken')).toHaveTextContent('1 file: Goes with what is unexpected blacked out.'));
  expect(await screen.findByText('Needs a decision · 4')).toBeInTheDocument();
});

it('decides on the others where it can’t be done with one, and names that one', async () => {
  const { user, host } = await concerns();
  const call = host.call.bind(host);
  host.call = (async (command, ...args) => {
    // What the list knew of a file is old by the time the decision arrives.
    if (command === 'upload_files') return ((await call(command, ...args)) as FileRow[]).map((row) => ({ ...row, redactable: row.redactable || row.name === 'claims.xlsx' }));
    return call(command, ...args);
  }) as typeof host.call;
  await user.click(screen.getByRole('button', { name: 'Black out where it helps' }));
  expect(await screen.findByTestId('not-possible')).toHaveTextContent('That can’t be done with claims.xlsx: it still waits.');
  expect(screen.getByTestId('spoken')).toHaveTextContent('1 file: Goes with what is unexpected blacked out. That can’t be done with claims.xlsx: it still waits.');
  expect(await screen.findByText('Needs a decision · 4')).toBeInTheDocument();
});

it('keeps what is odd about a file as a whole on the receipt', async () => {
  const { user, host } = await concerns();
  await user.click(screen.getByTestId('send-as-it-is'));
  await user.type(screen.getByTestId('reason'), 'One sheet for the ward{Enter}');
  await screen.findByText('Needs a decision · 4');
  await user.click(screen.getByRole('button', { name: 'Leave all out' }));
  await screen.findByText('Left out · 4');
  await user.click(screen.getByTestId('start'));
  host.finish();
  const outcome = () => within(screen.getByRole('complementary', { name: 'The outcome' }));
  await screen.findByTestId('figures');
  expect(screen.getByTestId('odd')).toHaveTextContent('Of what is stored, 1 file does not look like a prescription and 1 file is about two patients or more.');
  await user.click(within(screen.getByRole('grid')).getByText('ward-b-20261122.txt'));
  await waitFor(() => expect(outcome().getByText('It is about two patients or more.')).toBeInTheDocument());
  expect(outcome().getByText('Goes as it is: One sheet for the ward')).toBeInTheDocument();
  expect(screen.getByText('Left out · The patient in it is not the one in its name or folder.')).toBeInTheDocument();
});

it('takes a person’s word that a value is not sensitive, after saying what that means', async () => {
  const { user, called } = await review();
  const action = await pane().findByRole('button', { name: 'Payment card •••• •••• •••• 4417 is not sensitive…' });
  await user.click(action);
  expect(pane().getByText(/keeps a fingerprint of it, never the value itself/)).toBeInTheDocument();
  expect(screen.queryByTestId('redact')).toBeNull();
  await user.click(pane().getByRole('button', { name: 'Cancel' }));
  expect(called('not_sensitive')).toEqual([]);
  await waitFor(() => expect(action).toHaveFocus());

  await user.click(action);
  await user.click(screen.getByTestId('not-sensitive-confirm'));
  expect(called('not_sensitive')).toEqual([{ said: { upload: 'upload-1', number: 1, detection: 4, identifier: 'CREDIT_CARD_NUMBER' } }]);
  expect(await screen.findByText('Needs a decision · 2')).toBeInTheDocument();
  expect(screen.getByTestId('spoken')).toHaveTextContent('Payment card: not asked about again.');
});

it('says why a value could not be called not sensitive', async () => {
  const { user, host } = await review();
  await user.click(await screen.findByTestId('not-sensitive'));
  host.failNext('not_sensitive', { code: 'keychainUnavailable', retry: 'afterAction', about: null });
  await user.click(screen.getByTestId('not-sensitive-confirm'));
  expect(await screen.findByRole('alert')).toHaveTextContent('keychain');
  expect(screen.getByText('Needs a decision · 3')).toBeInTheDocument();
});

it('says once what to do where the sign-in has expired, and goes on when told', async () => {
  const { host, user, called } = await openWindow('sending', 120);
  await user.click(screen.getByTestId('nav-upload'));
  const progress = { filesDone: 84, filesTotal: 120, bytesDone: 0, bytesTotal: 0, filesFailed: 0, millisLeft: null };
  const { id } = (await host.call('current_upload'))!;
  host.tell({ kind: 'progress', upload: id, progress: { ...progress, phase: 'signingIn' } });
  const asked = await screen.findByTestId('sign-in');
  expect(asked).toHaveTextContent('The sign-in has expired.');
  expect(asked).toHaveAttribute('role', 'alert');
  expect(screen.getByText('Waiting until you have signed in again.')).toBeInTheDocument();
  await user.click(within(asked).getByRole('button', { name: 'Try again' }));
  expect(called('signed_in')).toHaveLength(1);
  host.tell({ kind: 'progress', upload: id, progress: { ...progress, phase: 'sending' } });
  await waitFor(() => expect(screen.queryByTestId('sign-in')).not.toBeInTheDocument());
});

it('settles every file of the same kind at once where that is asked for', async () => {
  const { user, called } = await openWindow('conflict', 40);
  await user.click(screen.getByTestId('nav-upload'));
  await user.click(await screen.findByText('Something is there'));
  const outcome = within(screen.getByRole('complementary', { name: 'The outcome' }));
  await user.click(await outcome.findByRole('checkbox', { name: 'The same for every such file of this upload' }));
  await user.click(outcome.getByTestId('leave-out'));
  expect(called('resolve_conflicts')).toEqual([{ upload: 'upload-1', numbers: null, choice: 'skip' }]);
  expect(called('decide')).toEqual([]);
});
