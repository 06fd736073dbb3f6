/** What the lid at the foot of the rail says of the bucket. */
import type { Gate } from '../generated/Gate';
import type { Mark } from '../parts/StateMark.svelte';
import type { Words } from '../words';
import { timeOfDay } from '../words/format';

export interface LidState {
  mark: Exclude<Mark, 'none' | 'look'>;
  text: string;
  /** The button's words, where there is something to do. */
  action?: string;
}

export function lidState(gate: Gate, readAt: string, words: Words['rail']['lid']): LidState {
  switch (gate.state) {
    case 'shut':
      return { mark: 'right', text: words.shut(timeOfDay(readAt)) };
    case 'notShut':
      return { mark: 'wrong', text: gate.public ? words.public : words.notShut, action: words.shutIt };
    case 'unknown':
      return { mark: 'unknown', text: words.unknown, action: words.see };
    case 'notSupported':
      return { mark: 'unknown', text: words.notSupported, action: words.see };
  }
}
