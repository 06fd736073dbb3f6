/** The kinds of data as the rules list them: by what the gate does with each, a heading each. */
import type { Category } from '../../generated/Category';
import type { Disposition } from '../../generated/Disposition';
import type { RuleRow } from '../../generated/RuleRow';

/** What is most in the way of a file comes first. */
export const DISPOSITIONS: readonly Disposition[] = ['refuse', 'ask', 'expected'];

export interface Filter {
  /** Part of a name or an id. */
  text: string;
  category: Category | '';
  /** Only what the practice changed. */
  changed: boolean;
}

/** A line of the list: a heading with the number of its kinds, or a kind. */
export type Line = { heading: Disposition; kinds: number } | { heading: undefined; row: RuleRow };

/** Whether the practice changed what the gate does with it. */
export const isChanged = (row: RuleRow): boolean => row.disposition !== row.defaultDisposition;

function matches(row: RuleRow, { text, category, changed }: Filter): boolean {
  const wanted = text.trim().toLowerCase();
  const named = row.name.toLowerCase().includes(wanted) || row.identifier.toLowerCase().includes(wanted);
  return named && (category === '' || row.category === category) && (!changed || isChanged(row));
}

/** The lines of what the filter lets through; a heading only where something stands below it. */
export function linesOf(rows: readonly RuleRow[], filter: Filter): Line[] {
  const shown = rows.filter((row) => matches(row, filter));
  return DISPOSITIONS.flatMap((disposition): Line[] => {
    const group = shown.filter((row) => row.disposition === disposition).sort((a, b) => a.name.localeCompare(b.name));
    if (group.length === 0) return [];
    return [{ heading: disposition, kinds: group.length }, ...group.map((row): Line => ({ heading: undefined, row }))];
  });
}

/** How many kinds the gate treats in each way; those that are not looked for do nothing, whatever their rule. */
export function tally(rows: readonly RuleRow[]): Record<Disposition, number> & { off: number } {
  const count = (disposition: Disposition) => rows.filter((row) => row.on && row.disposition === disposition).length;
  return { expected: count('expected'), ask: count('ask'), refuse: count('refuse'), off: rows.filter((row) => !row.on).length };
}
