/** What is looked for, invented: a few identifiers, allow lists and rules that keep what they are told. */
import type { AllowListEdit } from '../../generated/AllowListEdit';
import type { AllowListRow } from '../../generated/AllowListRow';
import type { ApiError } from '../../generated/ApiError';
import type { Category } from '../../generated/Category';
import type { CustomIdentifier } from '../../generated/CustomIdentifier';
import type { DetectionView } from '../../generated/DetectionView';
import type { Disposition } from '../../generated/Disposition';
import type { ExportFormat } from '../../generated/ExportFormat';
import type { Exported } from '../../generated/Exported';
import type { IdentifierDetail } from '../../generated/IdentifierDetail';
import type { IdentifierRow } from '../../generated/IdentifierRow';
import type { IdentifiersPage } from '../../generated/IdentifiersPage';
import type { MaskedLine } from '../../generated/MaskedLine';
import type { RuleChange } from '../../generated/RuleChange';
import type { RulesView } from '../../generated/RulesView';
import type { SampleRange } from '../../generated/SampleRange';
import type { TestRequest } from '../../generated/TestRequest';
import type { Tested } from '../../generated/Tested';

interface Managed {
  id: string;
  name: string;
  category: Category;
  country: string;
  disposition: Disposition;
  keywords: string[];
  pattern: RegExp;
  example: string;
  value: string;
}

const MANAGED: Managed[] = [
  { id: 'NAME', name: 'Name', category: 'PERSONAL_INFORMATION', country: 'Any', disposition: 'expected', keywords: ['patient', 'name'], pattern: /(?<=(?:Patient|Name): )[A-Z][a-z]+ [A-Z][a-z]+/g, example: 'Patient: Jane Doe', value: 'Jane Doe' },
  { id: 'DATE_OF_BIRTH', name: 'Date of birth', category: 'PERSONAL_INFORMATION', country: 'Any', disposition: 'expected', keywords: ['dob', 'date of birth'], pattern: /(?<=DOB: )\d\d\/\d\d\/\d{4}/g, example: 'DOB: 12/12/2012', value: '12/12/2012' },
  { id: 'AUSTRALIA_MEDICARE_NUMBER', name: 'Medicare number', category: 'PERSONAL_INFORMATION', country: 'Australia', disposition: 'expected', keywords: ['medicare', 'medicare no'], pattern: /\b\d{4} \d{5} \d\b/g, example: 'Medicare No: 2123 45670 1', value: '2123 45670 1' },
  { id: 'AUSTRALIA_TAX_FILE_NUMBER', name: 'Tax file number', category: 'PERSONAL_INFORMATION', country: 'Australia', disposition: 'ask', keywords: ['tfn', 'tax file number'], pattern: /\b\d{3} \d{3} \d{3}\b/g, example: 'TFN: 123 456 782', value: '123 456 782' },
  { id: 'CREDIT_CARD_NUMBER', name: 'Payment card', category: 'FINANCIAL_INFORMATION', country: 'Any', disposition: 'ask', keywords: ['card', 'visa'], pattern: /\b\d{4} \d{4} \d{4} \d{4}\b/g, example: 'card: 4000 0012 3456 7899', value: '4000 0012 3456 7899' },
  { id: 'AWS_CREDENTIALS', name: 'AWS secret access key', category: 'CREDENTIALS', country: 'Any', disposition: 'refuse', keywords: ['secret access key'], pattern: /(?<=secret access key )[A-Za-z0-9+/]{40}/g, example: 'secret access key Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQe', value: 'Zq3vN8pLx0RtY6uWbE2kS9dHfJ4mC7aG1oTiVnQe' },
];

const CHART: CustomIdentifier = {
  name: 'Chart number',
  description: 'The number on the paper charts of this practice.',
  regex: 'CH-[0-9]{4}',
  keywords: ['chart'],
  ignoreWords: [],
  maximumMatchDistance: 50,
  severityLevels: [],
};

const fail = (code: ApiError['code'], about: string): never => {
  throw { code, retry: 'never', about } satisfies ApiError;
};

const masked = (value: string): string => value.replace(/[\p{L}\p{N}](?=.*[\p{L}\p{N}]{2})/gu, '*');

/** Identifiers, lists and rules. */
export class LookedFor {
  #own: CustomIdentifier[] = [CHART];
  #off = new Set<string>();
  #distances = new Map<string, number>();
  #dispositions = new Map<string, Disposition>();
  #notAPrescription: RulesView['notAPrescription'] = 'shown';
  #redaction: RulesView['redaction'] = 'label';
  #lists: AllowListRow[] = [
    { name: 'Test card numbers', description: 'Card numbers that payment schemes reserve for tests.', kind: 'testCards', on: false, entries: 55, preview: ['**************03'], regex: null, problem: null },
    { name: 'Our addresses', description: 'Where the practice is.', kind: 'words', on: true, entries: 2, preview: ['** ******** **ad', '** **** ****et'], regex: null, problem: null },
  ];

  page(): IdentifiersPage {
    return {
      identifiers: this.#rows(),
      validators: [
        { name: 'luhn', checks: 'Luhn: the last digit (payment cards, many card and member numbers)' },
        { name: 'nhi', checks: 'New Zealand National Health Index number, of either format' },
      ],
    };
  }

  #rows(): IdentifierRow[] {
    return [...MANAGED.map((managed) => this.#row(managed.id)), ...this.#own.map((own) => this.#row(own.name))];
  }

  #row(id: string): IdentifierRow {
    const managed = MANAGED.find((each) => each.id === id);
    const own = this.#own.find((each) => each.name === id);
    const keywords = managed?.keywords ?? own?.keywords ?? [];
    const ofAll = { id, on: !this.#off.has(id), disposition: this.#dispositions.get(id) ?? managed?.disposition ?? 'ask', keywords, problem: null };
    if (managed) return { ...ofAll, name: managed.name, category: managed.category, country: managed.country, own: false };
    if (!own) fail('notFound', id);
    return { ...ofAll, name: id, category: 'CUSTOM_IDENTIFIER', country: null, own: true };
  }

  detail(id: string): IdentifierDetail {
    const row = this.#row(id);
    const managed = MANAGED.find((each) => each.id === id);
    const own = this.#own.find((each) => each.name === id) ?? null;
    return {
      row,
      distance: own?.maximumMatchDistance ?? this.#distances.get(id) ?? 30,
      distances: { default: own ? 50 : 30, least: 1, most: 300 },
      checksum: managed ? id.includes('NUMBER') : own?.validator !== undefined,
      severity: own ? [{ occurrences: 1, severity: 'Medium' }] : [{ occurrences: 1, severity: 'Low' }, { occurrences: 2, severity: 'Medium' }, { occurrences: 100, severity: 'High' }],
      examples: managed ? [{ text: managed.example, value: managed.value }] : [],
      counterexamples: managed ? ['Order: 1234'] : [],
      source: managed ? 'Invented for this page.' : (own?.description ?? ''),
      own,
    };
  }

  setDistance(id: string, distance: number | null): IdentifierDetail {
    const { distances } = this.detail(id);
    if (distance === null) this.#distances.delete(id);
    else if (distance < distances!.least || distance > distances!.most) fail('invalidInput', `the distance of ${id} is from 1 to 300`);
    else this.#distances.set(id, distance);
    return this.detail(id);
  }

  switch(id: string, on: boolean): IdentifierRow {
    this.#row(id);
    if (on) this.#off.delete(id);
    else this.#off.add(id);
    return this.#row(id);
  }

  save(identifier: CustomIdentifier, replaces: string | null): IdentifierRow {
    const { name } = identifier;
    if (MANAGED.some((managed) => managed.id.toLowerCase() === name.toLowerCase())) fail('nameTaken', `${name}: name: there is another one of this name`);
    this.#check(identifier);
    this.#own = [...this.#own.filter((own) => own.name !== name && own.name !== replaces), identifier];
    return this.#row(name);
  }

  #check({ name, regex }: CustomIdentifier) {
    const unsupported = /\(\?<?[=!]|\\[1-9]/.exec(regex);
    if (unsupported) fail('patternNotSupported', `${name}: regex: look-ahead and look-behind are not supported: "${unsupported[0]}"`);
    if (regex === '') fail('identifierNotUsable', `${name}: regex: it must have 1 to 512 characters`);
    try {
      new RegExp(regex);
    } catch {
      fail('patternNotSupported', `${name}: regex: the pattern is not understood at "${regex}"`);
    }
  }

  remove(name: string): IdentifierRow[] {
    this.#row(name);
    this.#own = this.#own.filter((own) => own.name !== name);
    return this.#rows();
  }

  importFile(): IdentifierRow[] {
    return [this.save({ ...CHART, name: 'Locker number', regex: 'L[0-9]{3}' }, null)];
  }

  exportFile(names: string[], format: ExportFormat): Exported {
    const chosen = this.#own.filter((own) => names.length === 0 || names.includes(own.name));
    const withoutValidator = format === 'macie' ? chosen.filter((own) => own.validator !== undefined).map((own) => own.name) : [];
    return { text: JSON.stringify(chosen, null, 2), withoutValidator };
  }

  test({ sample, identifier, only }: TestRequest): Tested {
    if (identifier) this.#check(identifier);
    const patterns: [string, RegExp][] = [...MANAGED.map((managed): [string, RegExp] => [managed.id, managed.pattern]), ...this.#own.map((own): [string, RegExp] => [own.name, new RegExp(own.regex, 'g')])];
    const wanted: [string, RegExp][] = identifier ? [[identifier.name, new RegExp(identifier.regex, 'g')]] : patterns.filter(([id]) => (only === null ? !this.#off.has(id) : id === only));
    const found = wanted.flatMap(([id, pattern]) => [...sample.matchAll(pattern)].map((match) => ({ id, start: match.index, end: match.index + match[0].length, value: match[0] })));
    found.sort((a, b) => a.start - b.start);
    const detections = found.map(({ id, start, end, value }): DetectionView => {
      const before = sample.slice(0, start).split('\n');
      const keyword = identifier?.keywords[0] ?? MANAGED.find((managed) => managed.id === id)?.keywords[0] ?? null;
      return { identifier: id, place: { start, end, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }, location: null, masked: masked(value), evidence: { keyword, checksum: id.includes('NUMBER') }, expected: this.#dispositions.get(id) === 'expected' };
    });
    const ranges: SampleRange[] = found.map(({ start, end }) => ({ start, end }));
    return { lines: linesOf(sample, ranges), truncated: false, detections, ranges, total: found.length, allowed: 0, severity: (identifier ?? only) && found.length > 0 ? 'Medium' : null };
  }

  lists(): AllowListRow[] {
    return this.#lists;
  }

  saveList({ name, description, add }: AllowListEdit): AllowListRow[] {
    const kept = this.#lists.find((list) => list.name === name);
    if (kept && kept.kind !== add.kind) fail('nameTaken', name);
    const words = add.kind === 'words' ? add.words : [];
    const list: AllowListRow = {
      name,
      description: description ?? kept?.description ?? '',
      kind: add.kind,
      on: kept?.on ?? true,
      entries: add.kind === 'words' ? (kept?.entries ?? 0) + words.length : 1,
      preview: [...(kept?.preview ?? []), ...words.map(masked)].slice(0, 20),
      regex: add.kind === 'regex' ? add.regex : null,
      problem: null,
    };
    this.#lists = [...this.#lists.filter((each) => each.name !== name), list];
    return this.#lists;
  }

  removeList(name: string): AllowListRow[] {
    if (!this.#lists.some((list) => list.name === name)) fail('notFound', name);
    this.#lists = this.#lists.filter((list) => list.name !== name);
    return this.#lists;
  }

  switchList(name: string, on: boolean): AllowListRow[] {
    if (!this.#lists.some((list) => list.name === name)) fail('notFound', name);
    this.#lists = this.#lists.map((list) => (list.name === name ? { ...list, on } : list));
    return this.#lists;
  }

  notSensitive() {
    const name = 'Not sensitive';
    const kept = this.#lists.find((list) => list.name === name);
    const list: AllowListRow = kept ? { ...kept, entries: kept.entries + 1 } : { name, description: 'What a person called not sensitive.', kind: 'notSensitive', on: true, entries: 1, preview: [], regex: null, problem: null };
    this.#lists = [...this.#lists.filter((each) => each.name !== name), list];
  }

  rules(): RulesView {
    const identifiers = this.#rows().map((row) => ({
      identifier: row.id,
      name: row.name,
      category: row.category,
      on: row.on,
      disposition: row.disposition,
      defaultDisposition: MANAGED.find((managed) => managed.id === row.id)?.disposition ?? ('ask' as const),
    }));
    return { identifiers, notAPrescription: this.#notAPrescription, redaction: this.#redaction };
  }

  changeRule(change: RuleChange): RulesView {
    if (change.kind === 'redaction') this.#redaction = change.style;
    else if (change.kind === 'notAPrescription') this.#notAPrescription = change.setting;
    else if (change.disposition === null) this.#dispositions.delete(this.#row(change.identifier).id);
    else this.#dispositions.set(this.#row(change.identifier).id, change.disposition);
    return this.rules();
  }
}

/** The lines of a text, with a dot for each letter and digit of what was found. */
function linesOf(sample: string, ranges: SampleRange[]): MaskedLine[] {
  let at = 0;
  return sample.split('\n').map((line, index) => {
    const [from, to] = [at, at + line.length];
    at = to + 1;
    const pieces: MaskedLine['pieces'] = [];
    let done = from;
    ranges.forEach(({ start, end }, detection) => {
      if (start < done || end > to) return;
      if (start > done) pieces.push({ text: sample.slice(done, start), detection: null, expected: false });
      pieces.push({ text: sample.slice(start, end).replace(/[\p{L}\p{N}]/gu, '•'), detection, expected: false });
      done = end;
    });
    if (done < to) pieces.push({ text: sample.slice(done, to), detection: null, expected: false });
    return { number: index + 1, pieces };
  });
}
