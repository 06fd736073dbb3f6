import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
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
  expect(line).toHaveTextContent('Looking into what lies in the bucket: 0 objects so far.');
  host.tell({ kind: 'scanProgress', progress: { phase: 'scanning', filesDone: 23, filesTotal: 0, bytesDone: 1, bytesTotal: 0, filesFailed: 1, millisLeft: null } });
  await waitFor(() => expect(line).toHaveTextContent('23 objects so far, 1 could not be read.'));
  host.finishScan();
  await waitFor(() => expect(line).toHaveTextContent(/^Last looked into: Today \d\d:\d\d, 412 objects, 1 could not be read\./));
  expect(await screen.findByRole('grid')).toBeInTheDocument();
  expect(screen.getByTestId('spoken')).toHaveTextContent('412 objects looked into. 1 open finding.');
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
