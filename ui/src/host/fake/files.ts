/** Invented files of an upload, with what is found in them. */
import type { FileDetail } from '../../generated/FileDetail';
import type { FileRow } from '../../generated/FileRow';
import type { IdentifierCount } from '../../generated/IdentifierCount';
import type { MaskedLine } from '../../generated/MaskedLine';
import type { SectionKind } from '../../generated/SectionKind';

const EXPECTED: IdentifierCount[] = ['NAME', 'DATE_OF_BIRTH', 'AUSTRALIA_MEDICARE_NUMBER', 'ADDRESS'].map((identifier) => ({
  identifier,
  category: 'PERSONAL_INFORMATION',
  count: 1,
  disposition: 'expected',
}));

const ODD: Record<string, IdentifierCount> = {
  card: { identifier: 'CREDIT_CARD_NUMBER', category: 'FINANCIAL_INFORMATION', count: 1, disposition: 'ask' },
  bank: { identifier: 'AUSTRALIA_BANK_ACCOUNT', category: 'FINANCIAL_INFORMATION', count: 1, disposition: 'ask' },
  tfn: { identifier: 'AUSTRALIA_TAX_FILE_NUMBER', category: 'PERSONAL_INFORMATION', count: 2, disposition: 'ask' },
  key: { identifier: 'AWS_CREDENTIALS', category: 'CREDENTIALS', count: 1, disposition: 'refuse' },
};

const NAMES = ['abbott', 'baker', 'chandra', "d'souza", 'edwards', 'farouk', 'garcia', 'huang', 'ivanova', 'jansen', 'kumar', 'lee'];

function file(number: number, name: string, part: Partial<FileRow> = {}): FileRow {
  return {
    number,
    name,
    key: `prescriptions/2026/11/${name}`,
    size: 900 + ((number * 137) % 700),
    state: 'ready',
    counts: EXPECTED,
    nameInKey: false,
    concerns: [],
    asking: [],
    redactable: true,
    empty: false,
    refused: false,
    decision: null,
    proof: null,
    replaceable: false,
    skip: null,
    code: null,
    ...part,
  };
}

/** `ready` calm files and a few that are not. */
export function inventFiles(ready: number): FileRow[] {
  const odd = [
    file(1, 'nguyen-thi-20261121.txt', { state: 'needsDecision', counts: [...EXPECTED, ODD['card']!], size: 1400, nameInKey: true }),
    file(2, 'okafor-20261120.txt', { state: 'needsDecision', counts: [...EXPECTED, ODD['bank']!, ODD['tfn']!], size: 1100 }),
    file(3, 'reception-notes.txt', { state: 'needsDecision', counts: [ODD['key']!], refused: true, size: 600 }),
    file(4, 'scan_0041.txt', { state: 'unreadable', counts: [], skip: 'UNSUPPORTED_FILE_TYPE', size: 84_000 }),
    file(5, 'empty.txt', { counts: [], empty: true, size: 0 }),
  ];
  const calm = Array.from({ length: ready - 1 }, (_, i) => {
    const day = String(1 + (i % 28)).padStart(2, '0');
    return file(6 + i, `${NAMES[i % NAMES.length]}-202611${day}-${String(i + 1).padStart(4, '0')}.txt`);
  });
  return [...odd, ...calm];
}

/** Files that are odd as a whole, and documents in which values have places of their own. */
export function concernedFiles(): FileRow[] {
  const waits = { state: 'needsDecision', redactable: false } as const;
  return [
    file(1, 'ward-b-20261122.txt', { ...waits, concerns: ['twoPatients'], asking: ['twoPatients'] }),
    file(2, 'lee-20261119.txt', { ...waits, concerns: ['otherPatient'], asking: ['otherPatient'], counts: [...EXPECTED, ODD['card']!] }),
    file(3, 'claims.xlsx', { ...waits, counts: [...EXPECTED, ODD['tfn']!], size: 41_000 }),
    file(4, 'referral.pdf', { ...waits, counts: [...EXPECTED, ODD['bank']!], size: 96_000 }),
    file(5, 'okafor-20261120.txt', { state: 'needsDecision', counts: [...EXPECTED, ODD['tfn']!] }),
    file(6, 'rota-november.txt', { counts: EXPECTED.slice(0, 1), concerns: ['noPrescription'] }),
    file(7, 'abbott-20261101.txt'),
  ];
}

/** Where values lie in a document that is no plain text. */
const LOCATIONS: Record<string, string> = { 'claims.xlsx': 'sheet Patients, cell C5', 'referral.pdf': 'page 2' };

export function sectionOf(row: FileRow): SectionKind {
  switch (row.state) {
    case 'needsDecision':
    case 'unreadable':
    case 'ready':
    case 'leftOut':
    case 'verified':
    case 'alreadyThere':
      return row.state;
    case 'found':
      return 'ready';
    case 'sending':
    case 'stored':
      return 'sending';
    default:
      return 'problem';
  }
}

export function detailOf(row: FileRow): FileDetail {
  if (row.skip || row.empty) return { row, lines: [], truncated: false, detections: [] };
  const odd = row.counts.find((count) => count.disposition !== 'expected');
  const detections = row.counts.map((count, i) => ({
    identifier: count.identifier,
    place: { start: i * 40, end: i * 40 + 19, line: i + 1, column: count.disposition === 'expected' ? 10 : 1 },
    location: LOCATIONS[row.name] ?? null,
    masked: count.identifier === 'CREDIT_CARD_NUMBER' ? '**** **** **** 4417' : '*** *** *82',
    evidence: { keyword: count.disposition === 'expected' ? 'name' : 'card', checksum: count.disposition !== 'expected' },
    expected: count.disposition === 'expected',
  }));
  const line = (number: number, ...pieces: [string, number?][]): MaskedLine => ({
    number,
    pieces: pieces.map(([text, detection]) => ({
      text,
      detection: detection ?? null,
      expected: detection !== undefined && (detections[detection]?.expected ?? false),
    })),
  });
  const lines = odd === ODD['key']
    ? [line(1, ['Front desk, for the new computer']), line(2, ['aws_secret_access_key = ']), line(3, ['****************************************', 0])]
    : [
        line(1, ['Patient: '], ['N***** T** H**', 0]),
        line(2, ['DOB:     '], ['**/**/1987', 1]),
        line(3, ['Medicare '], ['**** ***** 1', 2], ['  IRN 2']),
        line(4, ['Rx  Amoxicillin 500 mg caps, 20']),
        line(5, ['    1 three times a day, 7 days']),
        ...(odd ? [line(6, ['Note: paid gap fee, card']), line(7, ['**** **** **** 4417', 4], [' exp soon'])] : []),
      ];
  return { row, lines, truncated: false, detections };
}
