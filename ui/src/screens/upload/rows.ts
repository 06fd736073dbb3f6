/** The groups of an upload's files as one list: a heading each, its files below it. */
import type { Section } from '../../generated/Section';
import type { SectionKind } from '../../generated/SectionKind';

export interface Group {
  kind: SectionKind;
  files: number;
  /** The row of its heading. */
  start: number;
}

export interface Layout {
  groups: readonly Group[];
  /** Rows in all, headings included. */
  total: number;
}

/** A row of the list: a group's heading, or its file number `offset`. */
export type Spot = { heading: true; group: Group } | { heading: false; group: Group; offset: number };

/** In the review: what a person has to do first, calm rest after it. */
export const REVIEW_ORDER: readonly SectionKind[] = [
  'needsDecision',
  'problem',
  'unreadable',
  'ready',
  'leftOut',
  'sending',
  'alreadyThere',
  'verified',
];

/** On the receipt: problems first. */
export const OUTCOME_ORDER: readonly SectionKind[] = [
  'problem',
  'needsDecision',
  'unreadable',
  'sending',
  'ready',
  'leftOut',
  'alreadyThere',
  'verified',
];

/** Puts the groups that have files one under the other. */
export function layout(sections: readonly Section[], order: readonly SectionKind[]): Layout {
  const groups: Group[] = [];
  let start = 0;
  for (const kind of order) {
    const files = sections.find((section) => section.kind === kind)?.files ?? 0;
    if (files === 0) continue;
    groups.push({ kind, files, start });
    start += files + 1;
  }
  return { groups, total: start };
}

/** What stands in a row; nothing beyond the list. */
export function spotAt({ groups, total }: Layout, index: number): Spot | undefined {
  if (index < 0 || index >= total) return undefined;
  const group = groups.findLast((candidate) => candidate.start <= index);
  if (!group) return undefined;
  return group.start === index ? { heading: true, group } : { heading: false, group, offset: index - group.start - 1 };
}

/** The parts of the rows from `first` to before `end` that are files: for each group an offset and a count's end. */
export function wanted({ groups }: Layout, first: number, end: number): { kind: SectionKind; from: number; to: number }[] {
  return groups.flatMap(({ kind, files, start }) => {
    const from = Math.max(0, first - start - 1);
    const to = Math.min(files, end - start - 1);
    return to > from ? [{ kind, from, to }] : [];
  });
}
