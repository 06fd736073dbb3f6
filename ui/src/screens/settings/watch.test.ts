import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { openWindow } from '../../testing/window';

async function settings(scene: 'watched' | 'open' = 'watched') {
  const opened = await openWindow(scene);
  await opened.user.click(screen.getByTestId('nav-settings'));
  await screen.findByRole('heading', { name: 'Watch folders' });
  return opened;
}

const first = () => within(screen.getByTestId('watch-1'));

it('shows each watch folder with where its files go and what it did last', async () => {
  await settings();
  expect(await screen.findByTestId('watch-1')).toHaveTextContent('/home/reception/scanner');
  expect(screen.getByTestId('watch-1')).toHaveTextContent('12 sent, 3 held · 1 not complete yet');
});

it('adds a folder that the desktop’s dialog names, and sends no path', async () => {
  const { user, called } = await settings('open');
  expect(await screen.findByText('No folder is watched yet.')).toBeInTheDocument();
  await user.click(screen.getByTestId('watch-add'));
  expect(called('watch_add')).toEqual([{ prefix: 'prescriptions/{yyyy}/{mm}/' }]);
  expect(await screen.findByTestId('watch-1')).toBeInTheDocument();
});

it('switches a folder off and on, and removes it when that was meant', async () => {
  const { user, called } = await settings();
  await screen.findByTestId('watch-1');
  await user.click(first().getByRole('button', { name: 'Watch /home/reception/scanner no longer' }));
  expect(screen.getByTestId('watch-1')).toHaveTextContent('Switched off');
  await user.click(first().getByRole('button', { name: 'Watch /home/reception/scanner again' }));
  expect(called('watch_switch')).toEqual([{ number: 1, on: false }, { number: 1, on: true }]);

  await user.click(first().getByRole('button', { name: 'Remove /home/reception/scanner' }));
  expect(called('watch_remove')).toEqual([]);
  await user.click(first().getByRole('button', { name: 'Remove it' }));
  expect(called('watch_remove')).toEqual([{ number: 1 }]);
  expect(screen.queryByTestId('watch-1')).toBeNull();
});

it('hears what a folder came to', async () => {
  const { host, called } = await settings();
  await screen.findByTestId('watch-1');
  const before = called('watch_folders').length;
  host.tell({ kind: 'watchChanged' });
  await expect.poll(() => called('watch_folders').length).toBeGreaterThan(before);
});
