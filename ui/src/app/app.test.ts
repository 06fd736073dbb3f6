import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { openWindow } from '../testing/window';

it('asks one question first, and after one click shows the bucket and that it is open', async () => {
  const { user } = await openWindow('welcome');
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Where should the prescriptions be kept?');
  await user.click(screen.getByTestId('try-sandbox'));
  const lid = await screen.findByTestId('lid');
  expect(lid).toHaveTextContent('the-pain-killer-practice');
  await waitFor(() => expect(lid).toHaveTextContent('Open to the public'));
});

it('leads from the lid to the fix, and says shut after it', async () => {
  const { user } = await openWindow('open');
  await user.click(await screen.findByTestId('lid-action'));
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 })).toHaveFocus());
  await user.click(await screen.findByTestId('apply-plan'));
  await waitFor(() => expect(screen.getByTestId('lid')).toHaveTextContent(/^.*Shut, checked \d\d:\d\d$/));
  expect(screen.queryByTestId('lid-action')).toBeNull();
});

it('never takes unknown for shut', async () => {
  await openWindow('unknown');
  const lid = await screen.findByTestId('lid');
  await waitFor(() => expect(lid).toHaveTextContent('Not known if shut'));
});

it('says on the lid that the bucket could not be checked', async () => {
  const { host, user } = await openWindow('shut');
  await waitFor(() => expect(screen.getByTestId('lid')).toHaveTextContent('Shut, checked'));
  host.failNext('protection', { code: 'noNetwork', retry: 'later', about: null });
  await user.click(screen.getByTestId('nav-protection'));
  await user.click(await screen.findByTestId('check-again'));
  await waitFor(() => expect(screen.getByTestId('lid')).toHaveTextContent('Could not be checked'));
});

it('reads the bucket again when it is told that something changed, and keeps what it knows meanwhile', async () => {
  const { host, called } = await openWindow('open');
  await waitFor(() => expect(screen.getByTestId('lid')).toHaveTextContent('Open to the public'));
  expect(called('protection')).toHaveLength(1);
  host.tell({ kind: 'protectionChanged' });
  expect(screen.getByTestId('lid')).toHaveTextContent('Open to the public');
  await waitFor(() => expect(called('protection')).toHaveLength(2));
});

it('goes to each screen by keyboard and begins at its heading', async () => {
  const { user } = await openWindow('open');
  const nav = screen.getByRole('navigation');
  for (const name of ['Upload', 'Protection', 'Findings', 'Rules', 'Identifiers', 'Settings', 'Overview']) {
    within(nav).getByRole('button', { name: new RegExp(`^${name}`) }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(screen.getByRole('heading', { level: 1 })).toHaveFocus());
    expect(within(nav).getByRole('button', { current: 'page' })).toHaveTextContent(name);
  }
});

it('skips to the content', async () => {
  const { user } = await openWindow('open');
  await user.tab();
  expect(screen.getByRole('link', { name: 'Skip to the content' })).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(screen.getByRole('main')).toHaveFocus();
});

it('says what an earlier run left, and goes on with it', async () => {
  const { user, called } = await openWindow('unfinished');
  expect(await screen.findByTestId('resume')).toHaveTextContent('An upload of 210 files was not finished.');
  await user.click(screen.getByTestId('resume-continue'));
  await waitFor(() => expect(screen.queryByTestId('resume')).toBeNull());
  expect(called('resume_upload')).toEqual([{ upload: 'upload-0' }]);
});

it('shows a start that failed with what to do', async () => {
  const { createFakeHost } = await import('../host/fake/index');
  const { render } = await import('@testing-library/svelte');
  const { default: App } = await import('./App.svelte');
  render(App, { opening: Promise.resolve(createFakeHost({ scene: 'broken' })) });
  expect(await screen.findByRole('alert')).toHaveTextContent(/damaged/);
  expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
});

it('goes to the upload when files are dropped elsewhere', async () => {
  const { host } = await openWindow('open');
  await host.call('choose_files');
  host.tell({ kind: 'uploadChanged', upload: 'upload-1' });
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Upload prescriptions'));
});

it('says why dropped files were refused, where files are chosen', async () => {
  const { host } = await openWindow('open');
  host.tell({ kind: 'refused', error: { code: 'alreadyRunning', retry: 'later', about: null } });
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Upload prescriptions'));
  expect(screen.getByRole('alert')).toBeInTheDocument();
});

it('looks as the person wants', async () => {
  const { user } = await openWindow('open');
  await user.click(screen.getByTestId('nav-settings'));
  await user.click(await screen.findByTestId('appearance-dark'));
  await waitFor(() => expect(document.documentElement).toHaveAttribute('data-theme', 'dark'));
  await user.click(screen.getByTestId('appearance-system'));
  await waitFor(() => expect(document.documentElement).not.toHaveAttribute('data-theme'));
});

it('confirms uploads as the person wants, and says what that means', async () => {
  const { user, called } = await openWindow('open');
  await user.click(screen.getByTestId('nav-settings'));
  const checksum = await screen.findByRole('radio', { name: 'Compare checksums', description: /proves that it has the bytes/ });
  expect(screen.getByRole('radio', { name: 'Read every file back' })).toBeChecked();
  await user.click(checksum);
  await waitFor(() => expect(checksum).toBeChecked());
  expect(called('set_read_back')).toEqual([{ readBack: 'checksum' }]);
});
