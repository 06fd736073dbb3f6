/** The whole window over the invented program, as a test sees it. */
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import App from '../app/App.svelte';
import { createFakeHost, type Scene } from '../host/fake/index';

export async function openWindow(scene: Scene, files = 12) {
  const host = createFakeHost({ scene, files: String(files) });
  const user = userEvent.setup();
  render(App, { opening: Promise.resolve(host) });
  await waitFor(() => screen.getByRole('heading', { level: 1 }));
  const called = (command: string) => host.calls.filter((call) => call.command === command).map((call) => call.args);
  return { host, user, called };
}
