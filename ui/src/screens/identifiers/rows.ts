/** Which identifiers are listed, and in which order. */
import type { Category } from '../../generated/Category';
import type { IdentifierRow } from '../../generated/IdentifierRow';
import type { Words } from '../../words';

export type Show = 'all' | 'on' | 'off' | 'own';

export interface Filter {
  /** Words, each of which must be in its name, its technical name, its category, its country or its keywords. */
  text: string;
  category: Category | '';
  country: string;
  show: Show;
}

export const NO_FILTER: Filter = { text: '', category: '', country: '', show: 'all' };

/** The countries of an identifier: `Canada (ON)` is Canada's, `Canada; US` is of both. */
export const countriesOf = ({ country }: IdentifierRow): string[] =>
  (country ?? '')
    .split(';')
    .map((each) => each.replace(/\s*\(.*/, '').trim())
    .filter(Boolean);

/** Every country there is, by name; what is of no one country is not among them. */
export const countriesIn = (rows: readonly IdentifierRow[]): string[] =>
  [...new Set(rows.flatMap(countriesOf))].filter((country) => country !== 'Any').sort((a, b) => a.localeCompare(b, 'en'));

/** Those that pass the filter: first what can't be used, then the practice's own, then the others as they come. */
export function shownOf(rows: readonly IdentifierRow[], filter: Filter, words: Words['identifiers']): IdentifierRow[] {
  const wanted = plain(filter.text).split(' ').filter(Boolean);
  const rank = (row: IdentifierRow) => (row.problem !== null ? 0 : row.own ? 1 : 2);
  return rows.filter((row) => passes(row, filter, wanted, words)).sort((a, b) => rank(a) - rank(b));
}

function passes(row: IdentifierRow, { category, country, show }: Filter, wanted: readonly string[], words: Words['identifiers']): boolean {
  if (category !== '' && row.category !== category) return false;
  if (country !== '' && !countriesOf(row).includes(country)) return false;
  if (show === 'own' ? !row.own : show !== 'all' && row.on !== (show === 'on')) return false;
  const text = plain(`${row.name} ${row.id} ${words.categories[row.category]} ${words.country(row.country)} ${row.keywords.join(' ')}`);
  return wanted.every((word) => text.includes(word));
}

/** Small letters without accents, words with single spaces between them. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[_\s]+/g, ' ')
    .trim();
