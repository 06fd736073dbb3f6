/** What was found in a file, as the list and the detail say it. */
import type { DetectionView } from '../../generated/DetectionView';
import type { FileRow } from '../../generated/FileRow';
import type { IdentifierCount } from '../../generated/IdentifierCount';
import type { Words } from '../../words';
import { atStart } from '../../words/format';

/** The kinds that don't belong in the file, those that are refused first. */
export function unexpected(counts: readonly IdentifierCount[]): IdentifierCount[] {
  const rank = { refuse: 0, ask: 1, expected: 2 };
  return counts
    .filter((count) => count.disposition !== 'expected')
    .sort((a, b) => rank[a.disposition] - rank[b.disposition]);
}

/** Where a detection lies: the part of a document, or line and column. */
export function placeText({ location, place }: DetectionView, words: Words['upload']['review']): string {
  if (location === null) return words.place(place.line, place.column);
  return atStart(location);
}

/** Why a detection is believed: `sure: check digit right, near “card”`. */
export function evidenceText({ evidence }: DetectionView, words: Words['upload']['review']): string {
  const parts = [evidence.checksum ? words.sure : '', evidence.keyword ? words.near(evidence.keyword) : ''].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : words.likely;
}

/** Masked text as it is shown: dots read better than stars. */
export const dotted = (masked: string): string => masked.replaceAll('*', '•');

/** Whether a person may still decide on a file. */
export const canDecide = (row: FileRow): boolean =>
  row.state === 'needsDecision' || row.state === 'ready' || row.state === 'leftOut' || row.decision !== null;
