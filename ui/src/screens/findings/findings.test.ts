import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { runningScan } from '../../host/fake/index';
import { openWindow } from '../../testing/window';

async function findings(scene: 'open' | 'shut' | 'empty') {
  const opened = await openWindow(scene);
  await opened.user.click(screen.getByTestId('nav-findings'));
  await screen.findByTestId('filter-severity');
  return opened;
}

it('lists ten thousand and draws a few', async () => {
  const { called } = await findings('shut');
  const grid = await screen.findByRole('grid', { name: 'Findings' });
  expect(grid).toHaveAttribute('aria-rowcount', '10001');
  expect(within(grid).getAllByRole('row').length).toBeLessThan(40);
  expect(called('findings').length).toBeLessThan(4);
});

it('filters by severity, kind and folder, and clears the filter', async () => {
  const { user, called } = await findings('open');
  await user.selectOptions(screen.getByTestId('filter-severity'), 'High');
  await waitFor(() => expect(called('findings').at(-1)).toMatchObject({ request: { severity: 'High' } }));
  await user.type(screen.getByTestId('filter-prefix'), 'prescriptions/2026/10/');
  await waitFor(() => expect(called('findings').at(-1)).toMatchObject({ request: { prefix: 'prescriptions/2026/10/' } }));
  await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
  await waitFor(() => expect(called('findings').at(-1)).toMatchObject({ request: { severity: null, prefix: null, findingType: null } }));
});

it('opens one with its places and what to do, and leads to Protection from a policy finding', async () => {
  const { user } = await findings('open');
  const pane = () => within(screen.getByRole('complementary', { name: 'The finding' }));
  await waitFor(() => expect(pane().getByRole('heading', { level: 2 })).toHaveTextContent('AWS secret access key'));
  expect(pane().getByText(/Replace the key or password first/)).toBeInTheDocument();
  await user.click(screen.getByRole('gridcell', { name: 'Block Public Access is off' }));
  await user.click(await screen.findByTestId('open-protection'));
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Protection'));
});

it('does not call a bucket clean that was never looked into', async () => {
  const { user, host, called } = await findings('empty');
  expect(await screen.findByText('No findings so far')).toBeInTheDocument();
  const line = screen.getByTestId('scan-line');
  expect(line).toHaveTextContent('What lies in the bucket has not been looked into yet.');

  await user.click(screen.getByTestId('scan-bucket'));
  expect(called('scan_bucket')).toHaveLength(1);
  expect(line).toHaveTextContent('Looking into what lies in the bucket: 0 of 412 objects.');
  host.tell({ kind: 'scanProgress', running: runningScan(23) });
  await waitFor(() => expect(line).toHaveTextContent('23 of 412 objects.'));
  expect(screen.getByTestId('scan-figures')).toHaveTextContent(/5 read.*17 unchanged.*25 kB.*about 8 s left.*1 could not be read/);
  host.finishScan();
  await waitFor(() => expect(line).toHaveTextContent(/^Last looked into: Today \d\d:\d\d, 412 objects, 1 could not be read\./));
  expect(await screen.findByRole('grid')).toBeInTheDocument();
  expect(screen.getByTestId('spoken')).toHaveTextContent('411 objects looked into. 1 open finding.');
  await user.click(screen.getByTestId('scan-why'));
  expect(await screen.findByText('inbox/old/archived.txt')).toBeInTheDocument();
});

it('holds the scan still and goes on with what was asked for', async () => {
  const { user, called } = await findings('open');
  await user.click(screen.getByTestId('scan-scope-open'));
  await user.type(screen.getByTestId('scope-prefix'), 'inbox/');
  await user.type(screen.getByTestId('scope-max'), 'big');
  expect(screen.getByTestId('scan-bucket')).toHaveAttribute('aria-disabled', 'true');
  await user.clear(screen.getByTestId('scope-max'));
  await user.type(screen.getByTestId('scope-max'), '8 MB');
  await user.selectOptions(screen.getByTestId('scan-mode'), 'all');
  await user.click(screen.getByTestId('scan-bucket'));
  const asked = { request: { all: true, prefix: 'inbox/', include: [], exclude: [], extensions: [], minSize: null, maxSize: 8_000_000, modifiedSince: null, modifiedBefore: null } };
  expect(called('scan_bucket')).toEqual([asked]);
  await user.click(await screen.findByTestId('pause-scan'));
  expect(called('pause_scan')).toHaveLength(1);
  await user.click(await screen.findByTestId('go-on-scan'));
  expect(called('scan_bucket')).toEqual([asked, asked]);
});

it('ends the scan when it is told to', async () => {
  const { user, called } = await findings('open');
  await user.click(screen.getByTestId('scan-bucket'));
  await user.click(await screen.findByTestId('cancel-scan'));
  expect(called('cancel_scan')).toHaveLength(1);
  expect(await screen.findByTestId('scan-bucket')).toBeInTheDocument();
});

it('begins the scan when the overview leads here for it', async () => {
  const { user, called } = await openWindow('open');
  await user.click(await screen.findByTestId('need-notScanned'));
  await waitFor(() => expect(called('scan_bucket')).toHaveLength(1));
  expect(await screen.findByTestId('cancel-scan')).toBeInTheDocument();
  await user.click(screen.getByTestId('nav-overview'));
  expect(await screen.findByText(/is being looked into/)).toBeInTheDocument();
});

it('puts an object in quarantine after showing what that does, lists it there, and takes it back', async () => {
  const { user, called } = await findings('open');
  await user.click(await screen.findByTestId('object-quarantine'));
  expect(screen.getByTestId('fix-reason')).toHaveValue('AWS secret access key found');
  await user.click(screen.getByTestId('show-plan'));
  const plan = await screen.findByTestId('object-plan');
  expect(plan).toHaveTextContent('pillbox-quarantine/0123456789abcdef/prescriptions/2026/10/okafor-20261000.txt');
  expect(plan).toHaveTextContent('Who reads it at its key finds nothing there any more. Can be taken back exactly.');
  expect(called('apply_object_plan')).toEqual([]);
  await user.click(screen.getByTestId('apply-object'));
  expect(await screen.findByTestId('object-done')).toHaveTextContent('It is in quarantine. Change 1, read back and on the record.');
  expect(await screen.findByText('in quarantine: okafor-20261000.txt')).toBeInTheDocument();

  await user.click(screen.getByTestId('tab-quarantine'));
  expect(await screen.findByRole('gridcell', { name: 'okafor-20261000.txt' })).toBeInTheDocument();
  await user.click(screen.getByTestId('nav-protection'));
  const change = await screen.findByTestId('change-1');
  expect(change).toHaveTextContent('Put in quarantine: okafor-20261000.txt');
  await user.click(screen.getByTestId('undo-change-1'));
  await user.click(await screen.findByTestId('apply-object'));
  await waitFor(() => expect(screen.getByTestId('change-2')).toHaveTextContent('change 1 taken back'));
});

it('asks for words to be typed where something goes for ever', async () => {
  const { user, called } = await findings('open');
  await user.click(await screen.findByTestId('object-quarantine'));
  await user.click(screen.getByTestId('fix-remove'));
  await user.click(screen.getByTestId('show-plan'));
  await screen.findByTestId('object-plan');
  await user.click(screen.getByTestId('apply-object'));
  expect(called('apply_object_plan')).toEqual([]);
  await user.type(screen.getByTestId('consent'), 'delete for ever');
  await user.click(screen.getByTestId('apply-object'));
  await screen.findByTestId('object-done');
  expect(called('apply_object_plan').at(-1)).toMatchObject({ consent: 'delete for ever' });
});

it('lists versions, fetches one and takes it back on top', async () => {
  const { user, called } = await findings('open');
  await user.click(await screen.findByTestId('object-more'));
  await user.click(screen.getByTestId('object-versions'));
  const versions = await screen.findByTestId('versions');
  expect(within(versions).getAllByRole('listitem')).toHaveLength(2);
  expect(versions).toHaveTextContent('current by the upload of');
  await user.click(within(versions).getByTestId('download-1'));
  expect(await screen.findByText(/Saved, 1.1 kB/)).toBeInTheDocument();
  await user.click(within(versions).getByTestId('restore-1'));
  await user.click(await screen.findByTestId('apply-object'));
  expect(await screen.findByTestId('object-done')).toHaveTextContent('That version is the current one again.');
  expect(called('plan_object_fix').at(-1)).toMatchObject({ request: { fix: 'restoreVersion' } });
});

it('says why a scan could not begin', async () => {
  const { user, host } = await findings('open');
  host.failNext('scan_bucket', { code: 'noNetwork', retry: 'later', about: null });
  await user.click(screen.getByTestId('scan-bucket'));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
});

it('shows the error with a way to try again', async () => {
  const opened = await openWindow('open');
  opened.host.failNext('findings', { code: 'databaseLocked', retry: 'later', about: null });
  await opened.user.click(screen.getByTestId('nav-findings'));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  await opened.user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('grid')).toBeInTheDocument();
});
