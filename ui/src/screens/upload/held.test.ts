import { screen, within } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { openWindow } from '../../testing/window';

async function held() {
  const opened = await openWindow('watched');
  expect(screen.getByTestId('nav-upload')).toHaveAccessibleName(/3 files are held/);
  await opened.user.click(screen.getByTestId('nav-upload'));
  await opened.user.click(await screen.findByTestId('show-held'));
  await screen.findByRole('heading', { level: 1, name: 'Held' });
  return opened;
}

const boxes = () => screen.getAllByRole('checkbox', { name: /^Choose (?!all)/ });

it('is where the Overview leads that says what watch folders hold', async () => {
  const { user } = await openWindow('watched');
  const need = (await screen.findByText('3 files from watch folders are held')).closest('li')!;
  await user.click(within(need).getByRole('button', { name: /See them/ }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Held' })).toBeInTheDocument();
  expect(boxes()).toHaveLength(3);
});

it('decides on the files that were chosen and on no others', async () => {
  const { user, called } = await held();
  expect(screen.getByTestId('held-redact')).toHaveAccessibleDescription('Choose a file first.');
  await user.click(screen.getByTestId('held-redact'));
  expect(called('held_decide')).toEqual([]);

  await user.click(boxes()[0]!);
  await user.click(screen.getByTestId('held-redact'));
  expect(called('held_decide')).toEqual([{ files: [{ upload: 'upload-7', number: 1 }], decision: { kind: 'redact' } }]);
  expect(boxes()).toHaveLength(2);
  expect(screen.getByTestId('nav-upload')).toHaveAccessibleName(/2 files are held/);
});

it('leaves several out at once, and says when nothing is held any more', async () => {
  const { user, called } = await held();
  await user.click(screen.getByRole('checkbox', { name: 'Choose all that are shown' }));
  await user.click(screen.getByTestId('held-leave-out'));
  expect(called('held_decide')).toHaveLength(1);
  expect(await screen.findByText('Nothing is held')).toBeInTheDocument();
  await user.click(screen.getByTestId('held-back'));
  expect(await screen.findByTestId('choose-files')).toBeInTheDocument();
  expect(screen.queryByTestId('show-held')).toBeNull();
});

it('sends as it is only with a reason', async () => {
  const { user, called } = await held();
  await user.click(boxes()[0]!);
  await user.click(screen.getByTestId('held-send'));
  expect(screen.getByTestId('held-reason')).toHaveFocus();
  await user.click(screen.getByTestId('held-send-now'));
  expect(screen.getByTestId('held-reason')).toHaveAccessibleDescription(/A reason is needed/);
  expect(called('held_decide')).toEqual([]);
  await user.type(screen.getByTestId('held-reason'), 'asked for by the insurer');
  await user.click(screen.getByTestId('held-send-now'));
  expect(called('held_decide')).toEqual([
    { files: [{ upload: 'upload-7', number: 1 }], decision: { kind: 'send', reason: 'asked for by the insurer' } },
  ]);
});

it('says why a decision was not taken', async () => {
  const { user, host } = await held();
  host.failNext('held_decide', { code: 'alreadyRunning', retry: 'later', about: null });
  await user.click(boxes()[0]!);
  await user.click(screen.getByTestId('held-leave-out'));
  expect(await screen.findByTestId('error')).toBeInTheDocument();
  expect(boxes()).toHaveLength(3);
});
