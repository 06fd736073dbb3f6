import { expect, it } from 'vitest';
import type { IdentifierRow } from '../../generated/IdentifierRow';
import { words } from '../../words';
import { markedPieces } from './marked';
import { countriesIn, NO_FILTER, shownOf } from './rows';
import { bandsOf } from './severity';

const row = (id: string, more: Partial<IdentifierRow> = {}): IdentifierRow => ({
  id,
  name: id,
  category: 'PERSONAL_INFORMATION',
  country: 'Any',
  own: false,
  on: true,
  disposition: 'ask',
  keywords: [],
  problem: null,
  ...more,
});

const ROWS = [
  row('NAME', { name: 'Name', keywords: ['patient', 'next of kin'] }),
  row('CANADA_DRIVERS_LICENSE', { name: 'Driver’s licence, Québec', country: 'Canada (QC)' }),
  row('PHONE_NUMBER', { name: 'Phone number', country: 'Canada; US', on: false }),
  row('Chart', { category: 'CUSTOM_IDENTIFIER', country: null, own: true }),
  row('Locker', { category: 'CUSTOM_IDENTIFIER', country: null, own: true, problem: 'regex: it is too large' }),
];

const ids = (filter: Partial<typeof NO_FILTER>) => shownOf(ROWS, { ...NO_FILTER, ...filter }, words.identifiers).map((each) => each.id);

it('puts what can’t be used first, then the practice’s own', () => {
  expect(ids({})).toEqual(['Locker', 'Chart', 'NAME', 'CANADA_DRIVERS_LICENSE', 'PHONE_NUMBER']);
});

it('finds words in names, technical names, categories, countries and keywords, whatever their accents', () => {
  expect(ids({ text: 'kin' })).toEqual(['NAME']);
  expect(ids({ text: 'drivers quebec' })).toEqual(['CANADA_DRIVERS_LICENSE']);
  expect(ids({ text: 'own' })).toEqual(['Locker', 'Chart']);
  expect(ids({ text: '  ' })).toHaveLength(5);
});

it('knows the countries of each, and those that are of several', () => {
  expect(countriesIn(ROWS)).toEqual(['Canada', 'US']);
  expect(ids({ country: 'Canada' })).toEqual(['CANADA_DRIVERS_LICENSE', 'PHONE_NUMBER']);
  expect(ids({ country: 'Any' })).toEqual(['NAME']);
  expect(ids({ show: 'off' })).toEqual(['PHONE_NUMBER']);
});

it('cuts a text at what was found, counting as the page counts', () => {
  const text = '😀 TFN 123';
  const start = text.indexOf('123');
  expect(markedPieces(text, [{ start, end: start + 3 }])).toEqual([
    { text: '😀 TFN ', found: undefined },
    { text: '123', found: 0 },
  ]);
  const overlapping = markedPieces('abcd', [{ start: 0, end: 3 }, { start: 2, end: 4 }]);
  expect(overlapping.map((piece) => piece.text).join('')).toBe('abcd');
  expect(overlapping.filter((piece) => piece.found !== undefined)).toHaveLength(1);
});

it('says each severity once', () => {
  const from = (occurrences: number, severity: 'Low' | 'High') => ({ occurrences, severity });
  expect(bandsOf([from(1, 'High'), from(2, 'High'), from(100, 'High')])).toEqual([from(1, 'High')]);
  expect(bandsOf([from(1, 'Low'), from(2, 'Low'), from(100, 'High')])).toEqual([from(1, 'Low'), from(100, 'High')]);
});
