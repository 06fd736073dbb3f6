import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { openWindow } from '../../testing/window';

async function protection(scene: 'open' | 'shut' | 'unknown') {
  const opened = await openWindow(scene);
  await opened.user.click(screen.getByTestId('nav-protection'));
  await screen.findByTestId('check-block-public-access');
  return opened;
}

it('says each verdict in words, not by colour', async () => {
  await protection('open');
  expect(screen.getByTestId('check-block-public-access')).toHaveTextContent('Not as it should be:');
  expect(screen.getByTestId('check-default-encryption')).toHaveTextContent('As it should be:');
  expect(screen.getByTestId('check-account-block-public-access')).toHaveTextContent('Could not be found out:');
});

it('shows what a fix changes before it is applied, and takes it back after', async () => {
  const { user, called } = await protection('open');
  await user.click(screen.getByTestId('fix-block-public-access'));
  const check = screen.getByTestId('check-block-public-access');
  expect(await within(check).findByText('RestrictPublicBuckets')).toBeInTheDocument();
  expect(check).toHaveTextContent('Can be undone. Needs s3:PutBucketPublicAccessBlock.');
  expect(called('apply_plan')).toEqual([]);
  await user.click(screen.getByTestId('apply-plan'));
  expect(await screen.findByTestId('fix-done')).toHaveTextContent('Block Public Access: done, read back, and on the record.');

  await user.click(await screen.findByTestId('undo-block-public-access'));
  const change = screen.getByTestId('change-1');
  expect(await within(change).findByText(/What comes open again: Block Public Access/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Put it back' }));
  expect(await screen.findByTestId('fix-done')).toHaveTextContent('put back as it was');
  await waitFor(() => expect(screen.getByTestId('lid')).toHaveTextContent('Open to the public'));
});

it('fixes all that can be fixed at once, after showing it', async () => {
  const { user, called } = await protection('open');
  await user.click(screen.getByTestId('fix-all'));
  await screen.findByTestId('apply-plan');
  expect(called('plan_fix').at(-1)).toEqual({ checks: [] });
  expect(screen.getByTestId('apply-plan')).toHaveTextContent('Fix 3 checks');
  await user.click(screen.getByTestId('apply-plan'));
  await waitFor(() => expect(screen.queryByTestId('fix-all')).toBeNull());
});

it('says what to ask for where this key may not read', async () => {
  const { user } = await protection('open');
  await user.click(screen.getByTestId('ask-account-block-public-access'));
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toContain('s3:GetAccountPublicAccessBlock');
});

it('looks again when the bucket has changed since the plan', async () => {
  const { user, host, called } = await protection('open');
  await user.click(screen.getByTestId('fix-block-public-access'));
  await screen.findByTestId('apply-plan');
  host.failNext('apply_plan', { code: 'changedSince', retry: 'afterAction', about: null });
  const before = called('protection').length;
  await user.click(screen.getByTestId('apply-plan'));
  expect(await screen.findByRole('alert')).toBeInTheDocument();
  expect(called('protection')).toHaveLength(before + 1);
});

it('reads the bucket anew on demand', async () => {
  const { user, called } = await protection('shut');
  const before = called('protection').length;
  await user.click(screen.getByTestId('check-again'));
  await waitFor(() => expect(called('protection')).toHaveLength(before + 1));
});
