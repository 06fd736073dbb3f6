/** An identifier of one's own as it is typed, and what the program says about it by field. */
import type { ApiError } from '../../generated/ApiError';
import type { CustomIdentifier } from '../../generated/CustomIdentifier';
import type { Severity } from '../../generated/Severity';
import type { SeverityLevel } from '../../generated/SeverityLevel';
import type { Words } from '../../words';
import { errorWords } from '../../words/shared';

/** Every field as its text. */
export interface Draft {
  name: string;
  description: string;
  regex: string;
  keywords: string;
  maximumMatchDistance: string;
  validator: string;
  ignoreWords: string;
  severity: Record<Severity, string>;
}

/** Fields by the names that the program's errors begin with. */
const FIELDS: readonly (keyof CustomIdentifier)[] = ['name', 'description', 'regex', 'keywords', 'maximumMatchDistance', 'validator', 'ignoreWords', 'severityLevels'];

/** What is wrong, by field. */
export type FieldErrors = Partial<Record<keyof CustomIdentifier, string>>;

export const SEVERITIES: readonly Severity[] = ['Low', 'Medium', 'High'];

/** Macie's distance, where a person says nothing. */
const DISTANCE = '50';

export function draftOf(own: CustomIdentifier | undefined): Draft {
  const from = (severity: Severity) => own?.severityLevels.find((level) => level.severity === severity)?.occurrencesThreshold;
  return {
    name: own?.name ?? '',
    description: own?.description ?? '',
    regex: own?.regex ?? '',
    keywords: own?.keywords.join('\n') ?? '',
    maximumMatchDistance: own ? String(own.maximumMatchDistance) : DISTANCE,
    validator: own?.validator ?? '',
    ignoreWords: own?.ignoreWords.join('\n') ?? '',
    severity: { Low: String(from('Low') ?? ''), Medium: String(from('Medium') ?? ''), High: String(from('High') ?? '') },
  };
}

/** The identifier that a draft makes, or what is wrong with a number in it. The rest is the program's to judge. */
export function identifierOf(draft: Draft, words: Words['identifiers']['editor']): CustomIdentifier | FieldErrors {
  const distance = wholeNumber(draft.maximumMatchDistance);
  const levels = SEVERITIES.map((severity) => ({ severity, text: draft.severity[severity].trim() })).filter(({ text }) => text !== '');
  if (distance === undefined) return { maximumMatchDistance: words.wholeNumber };
  if (levels.some(({ text }) => wholeNumber(text) === undefined)) return { severityLevels: words.wholeNumber };
  const severityLevels: SeverityLevel[] = levels.map(({ severity, text }) => ({ severity, occurrencesThreshold: Number(text) }));
  return {
    name: draft.name.trim(),
    description: draft.description.trim(),
    regex: draft.regex,
    keywords: linesOf(draft.keywords),
    ignoreWords: linesOf(draft.ignoreWords),
    maximumMatchDistance: distance,
    validator: draft.validator || null,
    severityLevels: severityLevels.sort((a, b) => a.occurrencesThreshold - b.occurrencesThreshold),
  };
}

/** Whether it is an identifier, not errors. */
export const isIdentifier = (made: CustomIdentifier | FieldErrors): made is CustomIdentifier => 'severityLevels' in made && Array.isArray(made.severityLevels);

/** What the program says about a field, in that field's place; nothing where an error is about no field. */
export function fieldErrors(error: ApiError, name: string, words: Words['identifiers']['editor']): FieldErrors | undefined {
  const about = error.about ?? '';
  const rest = about.startsWith(`${name}: `) ? about.slice(name.length + 2) : about;
  const field = FIELDS.find((each) => rest.startsWith(`${each}: `));
  if (!field) return undefined;
  const { what, help } = errorWords({ code: error.code, about: null });
  return { [field]: `${words.field(what, rest.slice(field.length + 2))} ${help}` };
}

/** Why one that is kept can't be used, with the name that its field has here: `Pattern: it is too large.` */
export function problemText(problem: string, words: Words['identifiers']): string {
  const field = FIELDS.find((each) => problem.startsWith(`${each}: `));
  return field ? words.editor.field(words.fields[field], problem.slice(field.length + 2)) : problem;
}

function wholeNumber(text: string): number | undefined {
  const digits = text.trim();
  const number = Number(digits);
  return /^\d+$/.test(digits) && Number.isSafeInteger(number) ? number : undefined;
}

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];
