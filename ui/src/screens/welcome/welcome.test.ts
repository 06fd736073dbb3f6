import { screen, waitFor } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { openWindow } from '../../testing/window';

async function form() {
  const opened = await openWindow('welcome');
  await opened.user.click(screen.getByTestId('open-connect'));
  await screen.findByTestId('connect');
  return opened;
}

it('connects with a profile', async () => {
  const { user, called } = await form();
  await user.type(screen.getByTestId('bucket'), 'campbell-road-practice');
  await user.click(screen.getByTestId('connect'));
  await waitFor(() => expect(called('save_connection')).toHaveLength(1));
  expect(called('save_connection')[0]).toMatchObject({
    connection: { profile: 'practice', accessKeyId: null, secretAccessKey: null, bucket: 'campbell-road-practice', endpointUrl: null },
  });
  await waitFor(() => expect(screen.getByTestId('spoken')).toHaveTextContent('It belongs to account 111122223333.'));
});

it('hands the secret over once and keeps nothing of it, also when it is refused', async () => {
  const { user, host, called } = await form();
  await user.click(screen.getByRole('radio', { name: 'With an access key' }));
  await user.type(screen.getByTestId('access-key-id'), 'AKIDEXAMPLE');
  const secret = screen.getByTestId<HTMLInputElement>('secret-access-key');
  expect(secret.type).toBe('password');
  await user.type(secret, 'an-invented-secret');
  await user.type(screen.getByTestId('bucket'), 'campbell-road-practice');
  host.failNext('save_connection', { code: 'wrongKey', retry: 'never', about: null });
  await user.click(screen.getByTestId('connect'));
  expect(await screen.findByRole('alert')).toHaveTextContent('The access key was not accepted.');
  expect(called('save_connection')[0]).toMatchObject({ connection: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'an-invented-secret' } });
  expect(secret.value).toBe('');
});

it('says which field lacks something and goes there', async () => {
  const { user, called } = await form();
  await user.click(screen.getByTestId('connect'));
  await waitFor(() => expect(screen.getByTestId('bucket')).toHaveFocus());
  expect(screen.getByTestId('bucket')).toBeInvalid();
  expect(called('save_connection')).toEqual([]);
});
