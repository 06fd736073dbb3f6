/** How a file's state is marked on the receipt. */
import type { FileState } from '../../generated/FileState';
import type { OnConflict } from '../../generated/OnConflict';
import type { Mark } from '../../parts/StateMark.svelte';

const MARKS: Record<FileState, Mark> = {
  found: 'none',
  ready: 'none',
  needsDecision: 'look',
  unreadable: 'look',
  leftOut: 'none',
  sending: 'none',
  stored: 'none',
  verified: 'right',
  alreadyThere: 'right',
  storedNotReadBack: 'unknown',
  conflict: 'wrong',
  failed: 'wrong',
};

/** What may become of a file in whose place something else lies. */
export type Resolution = Extract<OnConflict, 'keep-both' | 'replace' | 'skip'>;

/** Only what was read back and compared gets the tick. */
export const outcomeMark = (state: FileState): Mark => MARKS[state];
