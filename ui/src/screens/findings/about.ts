/** What a finding is about, in the window's words. */
import type { Finding } from '../../generated/Finding';
import type { DocumentPart } from '../../generated/DocumentPart';
import type { Occurrence } from '../../generated/Occurrence';
import type { Severity } from '../../generated/Severity';
import type { Mark } from '../../parts/StateMark.svelte';
import { words, type Words } from '../../words';
import { atStart } from '../../words/format';

/** The words of a finding type; the type itself where there are none. */
export const typeName = (type: string, words: Words['findings']): string => words.types[type] ?? type.replace(/^.*\//, '');

/** The last part of an object's key; nothing where the finding is about the whole bucket. */
export const fileName = ({ resourcesAffected }: Finding): string | undefined => resourcesAffected.s3Object?.key.split('/').at(-1);

/** How a severity is marked: a shape each, so that no colour has to say it. */
export const severityMark = (severity: Severity): Mark => ({ High: 'wrong', Medium: 'look', Low: 'unknown' })[severity] as Mark;

/** The identifiers that a finding is about, most severe category as Macie lists it. */
export function identifiersOf(finding: Finding): string[] {
  const items = finding.classificationDetails?.result.sensitiveData ?? [];
  return items.flatMap((item) => item.detections.map((detection) => detection.type));
}

/** Which advice holds for it. */
export function adviceOf(finding: Finding): keyof Words['findings']['advice'] {
  if (finding.category === 'POLICY') return 'policy';
  const categories = finding.classificationDetails?.result.sensitiveData.map((item) => item.category) ?? [];
  if (categories.includes('CREDENTIALS')) return 'credentials';
  if (categories.includes('FINANCIAL_INFORMATION')) return 'financial';
  return 'personal';
}

/** Where an occurrence lies: the part of a document, or line and column. */
export function placeOf({ location, line, column }: Occurrence): string {
  const named = [location?.member ?? '', location?.part ? partName(location.part) : ''].filter(Boolean).join(' ');
  return named === '' ? words.upload.review.place(line, column) : location?.member ? named : atStart(named);
}

function partName(part: DocumentPart): string {
  const said = words.findings.parts;
  switch (part.kind) {
    case 'cell':
      return part.sheet ? said.sheetCell(part.sheet, columnLetters(part.column) + String(part.row)) : said.cell(part.row, part.columnName ?? String(part.column));
    case 'page':
      return said.page(part.number);
    case 'record':
      return part.index === 0 ? part.path : said.record(part.index + 1, part.path);
  }
}

/** A column as workbooks write it: A to Z, AA and so on. */
function columnLetters(column: number): string {
  return column < 1 ? '' : columnLetters(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}
