/** What of the bucket is scanned, as it is typed, and the request that comes of it. */
import type { ScanRequest } from '../../generated/ScanRequest';
import { isDay } from './day';

export interface TypedScope {
  prefix: string;
  /** Patterns, one a line. */
  include: string;
  exclude: string;
  /** Set apart by commas or spaces. */
  extensions: string;
  minSize: string;
  maxSize: string;
  /** Days as `2026-03-31`, or nothing. */
  since: string;
  before: string;
}

export const EVERYTHING: TypedScope = { prefix: '', include: '', exclude: '', extensions: '', minSize: '', maxSize: '', since: '', before: '' };

const UNITS: Record<string, number> = { '': 1, b: 1, k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9 };

/** Bytes as people type them (`200`, `1.5 kB`, `8 MB`); nothing where nothing is typed, `undefined` where it is no size. */
export function sizeOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const [, number = '', unit = ''] = /^([\d.]+)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  const value = Number(number);
  return number === '' || factor === undefined || !Number.isFinite(value) ? undefined : Math.round(value * factor);
}

const words = (text: string, between: RegExp): string[] => text.split(between).map((word) => word.trim()).filter(Boolean);

/** The beginning of a day of this computer, as a moment; nothing where nothing is typed, `undefined` where it is no day. */
function midnight(day: string): string | null | undefined {
  if (day.trim() === '') return null;
  return isDay(day) ? new Date(`${day.trim()}T00:00:00`).toISOString() : undefined;
}

/** The request; `undefined` where a size or a day is none. */
export function requestOf(typed: TypedScope, all: boolean): ScanRequest | undefined {
  const [minSize, maxSize] = [sizeOf(typed.minSize), sizeOf(typed.maxSize)];
  const [modifiedSince, modifiedBefore] = [midnight(typed.since), midnight(typed.before)];
  if (minSize === undefined || maxSize === undefined || modifiedSince === undefined || modifiedBefore === undefined) return undefined;
  return {
    all,
    prefix: typed.prefix.trim(),
    include: words(typed.include, /\n/),
    exclude: words(typed.exclude, /\n/),
    extensions: words(typed.extensions, /[\s,;]+/).map((extension) => extension.replace(/^\./, '')),
    minSize,
    maxSize,
    modifiedSince,
    modifiedBefore,
  };
}

/** How many conditions are set. */
export const conditions = (typed: TypedScope): number => Object.values(typed).filter((text: string) => text.trim() !== '').length;
