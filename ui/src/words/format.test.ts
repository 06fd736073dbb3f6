import { describe, expect, it } from 'vitest';
import { bytes, counted, day, duration, folderPath, inSentence, list } from './format';

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1400, '1.4 kB'],
    [84_200, '84 kB'],
    [999_499, '999 kB'],
    [999_999, '1 MB'],
    [251_000_000_000, '251 GB'],
  ])('%i is %s', (n, text) => expect(bytes(n)).toBe(text));
});

it('counts one and many', () => {
  expect(counted(1, 'file')).toBe('1 file');
  expect(counted(1200, 'file')).toBe('1,200 files');
});

it('names the day by its distance', () => {
  const now = new Date(2026, 10, 23, 0, 5);
  expect(day(new Date(2026, 10, 23, 0, 1).toISOString(), now)).toBe('Today');
  expect(day(new Date(2026, 10, 22, 23, 59).toISOString(), now)).toBe('Yesterday');
  expect(day(new Date(2026, 10, 12, 9, 0).toISOString(), now)).toBe('12 Nov');
  expect(day(new Date(2025, 10, 12, 9, 0).toISOString(), now)).toBe('12 Nov 2025');
});

it('rounds a span of time to what matters', () => {
  expect([300, 2000, 59_600, 4_800_000].map(duration)).toEqual(['a moment', '2 s', '1 min', '1 h 20 min']);
});

it('joins a list', () => {
  expect(list(['a'])).toBe('a');
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
});

it('lowers a name in a sentence but no abbreviation', () => {
  expect(inSentence('Tax file number (Australia)')).toBe('tax file number (Australia)');
  expect(inSentence('AWS secret access key')).toBe('AWS secret access key');
  expect(inSentence('IBAN')).toBe('IBAN');
});

it('shows a prefix as folders', () => {
  expect(folderPath('prescriptions/2026/11/')).toBe('prescriptions / 2026 / 11 /');
  expect(folderPath('')).toBe('');
});
