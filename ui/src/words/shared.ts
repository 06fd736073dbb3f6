/** The words that the window and the command line share, one table a file: a code or an id leads to what people read. */
import checks from '$words/checks.json';
import concerns from '$words/concerns.json';
import effects from '$words/effects.json';
import errors from '$words/errors.json';
import objectEffects from '$words/object_effects.json';
import reasons from '$words/reasons.json';
import receipt from '$words/receipt.json';
import skips from '$words/skips.json';
import type { ApiError } from '../generated/ApiError';
import type { CheckId } from '../generated/CheckId';
import type { CheckReport } from '../generated/CheckReport';
import type { Concern } from '../generated/Concern';
import type { Decision } from '../generated/Decision';
import type { Effect } from '../generated/Effect';
import type { ErrorCode } from '../generated/ErrorCode';
import type { FileState } from '../generated/FileState';
import type { Gate } from '../generated/Gate';
import type { ObjectAnswer } from '../generated/ObjectAnswer';
import type { ObjectEffect } from '../generated/ObjectEffect';
import type { Reason } from '../generated/Reason';
import type { RecordAnswer } from '../generated/RecordAnswer';
import type { SkipReason } from '../generated/SkipReason';
import type { Verdict } from '../generated/Verdict';
import { list } from './format';

/** What happened, and what to do. */
export interface Told {
  what: string;
  help: string;
}

const ERRORS: Record<ErrorCode, Told> = errors;
const SKIPS: Record<SkipReason, Told> = skips;
const CONCERNS: Record<Concern, Told> = concerns;
const REASONS: Record<Reason['kind'], string> = reasons;
const EFFECTS: Record<Effect['kind'], string> = effects;
const OBJECT_EFFECTS: Record<ObjectEffect['kind'], string> = objectEffects;
const CHECKS: Record<CheckId, Record<Verdict, string> & { risk: string; fix: string; guide: string }> = checks;

const RECEIPT: {
  states: Record<FileState, string>;
  gates: Record<Gate['state'] | 'public', string>;
  decisions: Record<Decision['kind'], string>;
  objects: Record<ObjectAnswer, string>;
  records: Record<RecordAnswer, string>;
} = receipt;

/** A template with its `{names}` replaced by facts. */
function filled(template: string, facts: object): string {
  const values = new Map(Object.entries(facts));
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value: unknown = values.get(name);
    if (Array.isArray(value)) return list(value.map(String));
    return value === undefined || value === null ? whole : String(value);
  });
}

/** What is odd about a whole file, and what to do. */
export const concernWords = (concern: Concern): Told => CONCERNS[concern];

/** An error, with what it is about where it says so. */
export function errorWords({ code, about }: Pick<ApiError, 'code' | 'about'>): Told {
  const { what, help } = ERRORS[code];
  return { what: about ? `${what.replace(/\.$/, '')} (${about}).` : what, help };
}

export const skipWords = (reason: SkipReason): Told => SKIPS[reason];

export const reasonWords = (reason: Reason): string => filled(REASONS[reason.kind], reason);

export const effectWords = (effect: Effect): string => filled(EFFECTS[effect.kind], effect);

/** What a person should know before an object is changed. */
export const objectEffectWords = (effect: ObjectEffect): string => filled(OBJECT_EFFECTS[effect.kind], effect);

/** A check's verdict in a few words. */
export const checkTitle = ({ check, verdict }: Pick<CheckReport, 'check' | 'verdict'>): string => CHECKS[check][verdict];

/** What can go wrong where it fails. */
export const checkRisk = (check: CheckId): string => CHECKS[check].risk;

/** What its fix does, as a phrase that begins with a verb. */
export const fixAction = (check: CheckId): string => CHECKS[check].fix;

/** What to do where no click fixes it. */
export const checkGuide = (check: CheckId): string => CHECKS[check].guide;

/** What became of a file. */
export const stateWords: Readonly<Record<FileState, string>> = RECEIPT.states;

/** What the gate made of the bucket's protection at a moment that is over. */
export function gateWords(gate: Gate): string {
  const [kind, facts] =
    gate.state === 'notShut'
      ? [gate.public ? ('public' as const) : gate.state, gate.flags]
      : [gate.state, gate.state === 'unknown' ? gate.permissions : []];
  return RECEIPT.gates[kind].replace('{facts}', facts.join(', ')).replace(' ()', '');
}

/** What was decided on files. */
export const decisionWords = (decision: Decision): string => filled(RECEIPT.decisions[decision.kind], decision);

/** What looking for an object came to. */
export const objectWords = (answer: ObjectAnswer): string => RECEIPT.objects[answer];

/** Whether a receipt is the one on the record. */
export const recordWords = (answer: RecordAnswer): string => RECEIPT.records[answer];
