/** The program behind the desktop window. The only file that knows Tauri. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { asApiError, type Arguments, type CommandName, type Commands, type Events, type Host } from './host';

export const tauriHost: Host = {
  async call<C extends CommandName>(command: C, ...args: Arguments<C>): Promise<Commands[C]['answer']> {
    try {
      return await invoke<Commands[C]['answer']>(command, args[0]);
    } catch (thrown) {
      throw asApiError(thrown);
    }
  },
  on<E extends keyof Events>(event: E, heard: (what: Events[E]) => void) {
    return listen<Events[E]>(event, ({ payload }) => heard(payload));
  },
};
