import { expect, it } from 'vitest';
import { filledPrefix } from './prefix';

it('fills the date in', () => {
  expect(filledPrefix('prescriptions/{yyyy}/{mm}/{dd}/', new Date(2026, 0, 5))).toBe('prescriptions/2026/01/05/');
});

it('is a folder whatever was typed', () => {
  const today = new Date(2026, 10, 23);
  expect(filledPrefix('/scripts', today)).toBe('scripts/');
  expect(filledPrefix('a\\b\\', today)).toBe('a/b/');
  expect(filledPrefix('  ', today)).toBe('');
});
