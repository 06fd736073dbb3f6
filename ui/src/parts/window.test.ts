import { expect, it } from 'vitest';
import { moveBy, scrollFor, visibleRows } from './window';

it('draws what is seen and a few around it', () => {
  expect(visibleRows(0, 360, 36, 10_000)).toEqual({ first: 0, end: 16 });
  expect(visibleRows(3600, 360, 36, 10_000)).toEqual({ first: 94, end: 116 });
  expect(visibleRows(0, 360, 36, 3)).toEqual({ first: 0, end: 3 });
});

it('draws nothing beyond a list that became shorter', () => {
  expect(visibleRows(36_000, 360, 36, 5)).toEqual({ first: 5, end: 5 });
});

it('scrolls only as far as a row needs', () => {
  expect(scrollFor(2, 0, 400, 36, 36)).toBe(0);
  expect(scrollFor(20, 0, 400, 36, 36)).toBe(20 * 36 + 36 - 364);
  expect(scrollFor(3, 400, 400, 36, 36)).toBe(108);
});

it('passes headings over', () => {
  const heading = new Set([0, 4]);
  const may = (i: number) => !heading.has(i);
  expect(moveBy('ArrowDown', -1, 8, 3, may)).toBe(1);
  expect(moveBy('ArrowDown', 3, 8, 3, may)).toBe(5);
  expect(moveBy('ArrowUp', 5, 8, 3, may)).toBe(3);
  expect(moveBy('ArrowUp', 1, 8, 3, may)).toBe(1);
  expect(moveBy('Home', 6, 8, 3, may)).toBe(1);
  expect(moveBy('End', 1, 8, 3, may)).toBe(7);
  expect(moveBy('PageDown', 1, 8, 3, may)).toBe(5);
  expect(moveBy('a', 1, 8, 3, may)).toBeUndefined();
});
