/** Invented watch folders, and what they hold. */
import type { HeldRow } from '../../generated/HeldRow';
import type { WatchView } from '../../generated/WatchView';
import { BUCKET } from './bucket';
import { inventFiles } from './files';

export function watchFolder(number: number): WatchView {
  return {
    number,
    folder: number === 1 ? '/home/reception/scanner' : `/home/reception/folder-${number}`,
    bucket: BUCKET,
    prefix: 'prescriptions/{yyyy}/{mm}/',
    connection: 'sandbox',
    on: true,
    since: new Date(Date.now() - 86_400_000).toISOString(),
    last: { at: new Date(Date.now() - 60_000).toISOString(), safe: 12, held: 3, unfinished: 1, error: null },
    error: null,
  };
}

/** The files that ask, as a watch folder brought them. */
export function heldFiles(): HeldRow[] {
  const asking = inventFiles(0).filter((file) => file.state === 'needsDecision');
  return asking.map((file) => ({ upload: 'upload-7', since: new Date(Date.now() - 7_200_000).toISOString(), watch: 1, file }));
}
