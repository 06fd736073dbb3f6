/** A fix of an object as it is being asked for: what is typed, and the request that comes of it. */
import type { ObjectFix } from '../../generated/ObjectFix';
import type { ObjectFixRequest } from '../../generated/ObjectFixRequest';
import { isDay } from './day';

/** The fixes that a finding offers; the others are those of versions and of quarantine. */
export type Offered = Extract<ObjectFix, 'quarantine' | 'redact' | 'makePrivate' | 'encrypt' | 'tag'>;

export interface Typed {
  reason: string;
  /** A day as `2027-01-31`, or nothing. */
  expires: string;
  removeOriginal: boolean;
  kmsKey: string;
  tagName: string;
  tagValue: string;
}

export const untyped = (reason: string): Typed => ({ reason, expires: '', removeOriginal: false, kmsKey: '', tagName: '', tagValue: '' });

export const isOffered = (fix: ObjectFix): fix is Offered => ['quarantine', 'redact', 'makePrivate', 'encrypt', 'tag'].includes(fix);

/** Whether something has to be typed or chosen before its plan can be made. */
export const hasForm = (fix: Offered): boolean => fix !== 'makePrivate';

/** Whether what must be typed is. */
export const isComplete = (fix: Offered, typed: Typed): boolean =>
  fix === 'quarantine' ? typed.reason.trim() !== '' && (typed.expires.trim() === '' || isDay(typed.expires)) : fix === 'tag' ? typed.tagName.trim() !== '' : true;

export function requestOf(fix: Offered, key: string, typed: Typed): ObjectFixRequest {
  switch (fix) {
    case 'quarantine':
      return { fix, key, reason: typed.reason.trim(), expires: typed.expires.trim() === '' ? null : typed.expires.trim(), removeOriginal: typed.removeOriginal };
    case 'redact':
      return { fix, key, removeOriginal: typed.removeOriginal };
    case 'makePrivate':
      return { fix, key };
    case 'encrypt':
      return { fix, key, kmsKey: typed.kmsKey.trim() === '' ? null : typed.kmsKey.trim() };
    case 'tag':
      return { fix, key, tags: { [typed.tagName.trim()]: typed.tagValue.trim() } };
  }
}
