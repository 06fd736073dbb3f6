import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { ReceiptChecked } from '../../generated/ReceiptChecked';
import { openWindow } from '../../testing/window';

async function receipt() {
  const opened = await openWindow('done', 30);
  await opened.user.click(screen.getByTestId('nav-upload'));
  await opened.user.click(await screen.findByTestId('receipt-upload-1'));
  await screen.findByTestId('about');
  return opened;
}

/** The program finds this when a receipt is compared. */
function finds(host: Awaited<ReturnType<typeof receipt>>['host'], checked: Partial<ReceiptChecked['check']>, problems: ReceiptChecked['problems'] = []) {
  const call = host.call.bind(host);
  host.call = (async (command, ...args) => {
    const answer = await call(command, ...args);
    if (command !== 'receipt_check') return answer;
    const { check } = answer as ReceiptChecked;
    return { check: { ...check, objects: 10, agree: 10, missing: 0, ...checked }, problems } satisfies ReceiptChecked;
  }) as typeof host.call;
}

it('says who sent, how long it took and how the bucket was protected, and the rest when asked', async () => {
  const { user } = await receipt();
  const about = within(screen.getByTestId('about'));
  expect(about.getByText('Sent by reception, in 3 s')).toBeInTheDocument();
  expect(about.getByText('Shut: each of the four flags of Block Public Access was on.')).toBeInTheDocument();
  expect(screen.queryByTestId('decided')).toBeNull();
  await user.click(screen.getByTestId('about-more'));
  expect(about.getByText('as arn:aws:iam::111122223333:user/reception')).toBeInTheDocument();
  expect(screen.getByTestId('decided')).toHaveTextContent('Sent as it is: asked for by the insurer 1 file');
  expect(screen.getByTestId('found')).toHaveTextContent('Payment card 1 file · Asks');
  expect(about.getByText(/^5feceb66/)).toBeInTheDocument();
});

it('is saved as what was chosen, without names unless they are asked for', async () => {
  const { user, called } = await receipt();
  await user.click(screen.getByTestId('open-save'));
  await user.click(await screen.findByTestId('receipt-save'));
  await user.selectOptions(screen.getByRole('combobox', { name: 'As' }), 'json');
  await user.click(screen.getByRole('checkbox', { name: /With all names of files and objects/ }));
  await user.click(screen.getByTestId('receipt-save'));
  expect(called('receipt_save')).toEqual([
    { upload: 'upload-1', form: 'html', names: false },
    { upload: 'upload-1', form: 'json', names: true },
  ]);
  expect(await within(screen.getByTestId('save-receipt')).findByText('The receipt is saved.')).toBeInTheDocument();
});

it('says in place why it could not be saved', async () => {
  const { user, host } = await receipt();
  await user.click(screen.getByTestId('open-save'));
  host.failNext('receipt_save', { code: 'diskFull', retry: 'afterAction', about: null });
  await user.click(await screen.findByTestId('receipt-save'));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  expect(screen.queryByText('The receipt is saved.')).toBeNull();
});

it('is compared with the bucket, and says that all agrees', async () => {
  const { user, host, called } = await receipt();
  finds(host, {});
  await user.click(screen.getByTestId('check'));
  const checked = await screen.findByTestId('checked');
  expect(checked).toHaveTextContent('All 10 objects are in the bucket as the receipt says. It is the receipt that is on the record.');
  expect(checked).toHaveClass('right');
  expect(called('receipt_check')).toEqual([{ upload: 'upload-1' }]);
  await waitFor(() => expect(screen.getByTestId('spoken')).toHaveTextContent('All 10 objects are in the bucket as the receipt says.'));
});

it('names what is not as the receipt says, and never calls unknown right', async () => {
  const { user, host } = await receipt();
  finds(host, { agree: 7, missing: 1, unknown: 2 }, [
    { number: 3, key: 'rx/3.txt', answer: 'missing', code: null },
    { number: 4, key: 'rx/4.txt', answer: 'unknown', code: 'accessDenied' },
  ]);
  await user.click(screen.getByTestId('check'));
  const checked = await screen.findByTestId('checked');
  expect(checked).toHaveTextContent('7 of 10 objects are as the receipt says.');
  expect(checked).toHaveTextContent('1 not there any more and 2 not compared.');
  expect(checked).toHaveClass('wrong');
  const problems = within(screen.getByTestId('check-problems')).getAllByRole('listitem');
  expect(problems.map((line) => line.textContent)).toEqual([
    'rx/3.txt It is not there any more.',
    'rx/4.txt It could not be compared. This key may not do that.',
    expect.stringContaining('and 1 more'),
  ]);
});

it('is not called right when nobody could compare it', async () => {
  const { user, host } = await receipt();
  finds(host, { agree: 0, unknown: 10 });
  await user.click(screen.getByTestId('check'));
  expect(await screen.findByTestId('checked')).toHaveClass('unknown');
});

it('says that the receipt was edited where all objects are there', async () => {
  const { user, host } = await receipt();
  finds(host, { record: 'differs' });
  await user.click(screen.getByTestId('check'));
  const checked = await screen.findByTestId('checked');
  expect(checked).toHaveTextContent('It is not as it was recorded');
  expect(checked).toHaveClass('wrong');
});

it('shows how far the comparison is, and stops it', async () => {
  const { user, host, called } = await receipt();
  let end: (() => void) | undefined;
  const call = host.call.bind(host);
  host.call = (async (command, ...args) => {
    if (command === 'receipt_check') await new Promise<void>((done) => (end = done));
    return call(command, ...args);
  }) as typeof host.call;
  await user.click(screen.getByTestId('check'));
  await waitFor(() => expect(end).toBeDefined());
  host.tell({ kind: 'receiptProgress', upload: 'upload-1', progress: { phase: 'checking', filesDone: 4, filesTotal: 10, bytesDone: 0, bytesTotal: 0, filesFailed: 0, millisLeft: null } });
  expect(await screen.findByText('Comparing with the bucket: 4 of 10 objects')).toBeInTheDocument();
  await user.click(screen.getByTestId('check-stop'));
  expect(called('receipt_check_stop')).toEqual([{ upload: 'upload-1' }]);
  end?.();
  expect(await screen.findByTestId('checked')).toBeInTheDocument();
});

it('is found again for earlier uploads', async () => {
  const { user, called } = await openWindow('open');
  await user.click(screen.getByTestId('nav-upload'));
  const earlier = await screen.findByTestId('earlier');
  expect(within(earlier).getAllByRole('listitem')).toHaveLength(5);
  await user.click(screen.getByTestId('earlier-all'));
  expect(within(earlier).getAllByRole('listitem')).toHaveLength(12);
  expect(earlier).toHaveTextContent('12 of 43 files safe · cancelled');
  await user.click(screen.getByTestId('receipt-upload-of-day-2'));
  await waitFor(() => expect(called('receipt')).toContainEqual({ upload: 'upload-of-day-2' }));
});
