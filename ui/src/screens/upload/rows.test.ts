import { expect, it } from 'vitest';
import type { Section } from '../../generated/Section';
import { OUTCOME_ORDER, REVIEW_ORDER, layout, spotAt, wanted } from './rows';

const sections: Section[] = [
  { kind: 'ready', files: 210, bytes: 1 },
  { kind: 'needsDecision', files: 3, bytes: 1 },
  { kind: 'unreadable', files: 1, bytes: 1 },
  { kind: 'leftOut', files: 0, bytes: 0 },
];
const rows = layout(sections, REVIEW_ORDER);

it('puts what needs a decision first and leaves empty groups out', () => {
  expect(rows.groups.map((group) => [group.kind, group.start])).toEqual([
    ['needsDecision', 0],
    ['unreadable', 4],
    ['ready', 6],
  ]);
  expect(rows.total).toBe(217);
});

it('knows headings from files', () => {
  expect(spotAt(rows, 0)).toMatchObject({ heading: true, group: { kind: 'needsDecision' } });
  expect(spotAt(rows, 3)).toMatchObject({ heading: false, offset: 2 });
  expect(spotAt(rows, 5)).toMatchObject({ heading: false, group: { kind: 'unreadable' }, offset: 0 });
  expect(spotAt(rows, 216)).toMatchObject({ heading: false, group: { kind: 'ready' }, offset: 209 });
  expect(spotAt(rows, 217)).toBeUndefined();
});

it('asks for the files in view, group by group', () => {
  expect(wanted(rows, 2, 20)).toEqual([
    { kind: 'needsDecision', from: 1, to: 3 },
    { kind: 'unreadable', from: 0, to: 1 },
    { kind: 'ready', from: 0, to: 13 },
  ]);
});

it('has every group in both orders', () => {
  expect([...REVIEW_ORDER].sort()).toEqual([...OUTCOME_ORDER].sort());
});
