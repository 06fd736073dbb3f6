import checks from '$words/checks.json';
import concerns from '$words/concerns.json';
import effects from '$words/effects.json';
import errors from '$words/errors.json';
import objectEffects from '$words/object_effects.json';
import reasons from '$words/reasons.json';
import skips from '$words/skips.json';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../generated/ErrorCode';
import { effectWords, errorWords, reasonWords } from './shared';

/** The names of a generated union of texts. */
function union(type: string): string[] {
  const text = readFileSync(join(import.meta.dirname, `../generated/${type}.ts`), 'utf8');
  const body = text.slice(text.indexOf('export type')).replace(/\/\*[^]*?\*\//g, '');
  const tagged = [...body.matchAll(/"kind": "(\w+)"/g)].map((match) => match[1] ?? '');
  return tagged.length > 0 ? tagged : [...body.matchAll(/"([\w-]+)"/g)].map((match) => match[1] ?? '');
}

describe('each has words and no other has', () => {
  it.each([
    ['ErrorCode', errors],
    ['CheckId', checks],
    ['Reason', reasons],
    ['Effect', effects],
    ['ObjectEffect', objectEffects],
    ['SkipReason', skips],
    ['Concern', concerns],
  ])('%s', (type, table) => {
    expect(Object.keys(table).sort()).toEqual(union(type).sort());
  });
});

it.each(union('ErrorCode') as ErrorCode[])('%s says what happened and what to do, in sentences', (code) => {
  const { what, help } = errorWords({ code, about: null });
  expect(what).toMatch(/^[\p{Lu}'"].+[.?]$/u);
  expect(help).toMatch(/^[\p{Lu}'"].+[.?]$/u);
});

it('says what an error is about', () => {
  expect(errorWords({ code: 'noSuchBucket', about: 'the-pain-killer-practice' }).what).toMatch(/ \(the-pain-killer-practice\)\.$/);
});

it('fills the facts into a sentence', () => {
  expect(reasonWords({ kind: 'flagsOff', flags: ['BlockPublicAcls', 'IgnorePublicAcls'] })).toContain('BlockPublicAcls and IgnorePublicAcls');
  expect(reasonWords({ kind: 'mayNotRead', permission: 's3:GetBucketAcl' })).toContain('s3:GetBucketAcl');
  expect(effectWords({ kind: 'granteesRefused', grants: 3 })).toContain('3');
});

it.each([...Object.values(reasons), ...Object.values(effects), ...Object.values(objectEffects)])('has only placeholders that are facts of it: %s', (sentence) => {
  for (const [placeholder] of sentence.matchAll(/\{\w+\}/g)) {
    expect(['{flags}', '{actions}', '{public}', '{foreign}', '{permission}', '{grants}', '{versions}']).toContain(placeholder);
  }
});
