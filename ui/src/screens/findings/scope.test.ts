import { expect, it } from 'vitest';
import { conditions, EVERYTHING, requestOf, sizeOf } from './scope';

it('reads sizes as people type them', () => {
  expect([' ', '200', '1.5 kB', '8MB', '2g'].map(sizeOf)).toEqual([null, 200, 1500, 8_000_000, 2_000_000_000]);
  expect(['kB', '8 miles', '1.2.3', '-4'].map(sizeOf)).toEqual([undefined, undefined, undefined, undefined]);
});

it('makes a request of what is typed, and none of a size that is none', () => {
  expect(requestOf(EVERYTHING, false)).toEqual({
    all: false, prefix: '', include: [], exclude: [], extensions: [], minSize: null, maxSize: null, modifiedSince: null, modifiedBefore: null,
  });
  const typed = { ...EVERYTHING, prefix: ' inbox/ ', exclude: 'inbox/old/\n\n**/*.log', extensions: '.txt, csv', maxSize: '8 MB', since: '2026-03-31' };
  expect(requestOf(typed, true)).toMatchObject({ all: true, prefix: 'inbox/', exclude: ['inbox/old/', '**/*.log'], extensions: ['txt', 'csv'], maxSize: 8_000_000 });
  expect(requestOf(typed, true)?.modifiedSince).toBe(new Date('2026-03-31T00:00:00').toISOString());
  expect(conditions(typed)).toBe(5);
  expect(requestOf({ ...EVERYTHING, minSize: 'big' }, false)).toBeUndefined();
  expect(requestOf({ ...EVERYTHING, since: '2026-02-30' }, false)).toBeUndefined();
});
