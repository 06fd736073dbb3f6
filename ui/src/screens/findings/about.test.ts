import { expect, it } from 'vitest';
import type { Location } from '../../generated/Location';
import { placeOf } from './about';

const at = (location: Location | null) =>
  placeOf({ start: 0, end: 1, line: 1200, column: 4, location, masked: '*', evidence: { keyword: null, checksum: false } });

it('names the place of an occurrence as its document would', () => {
  expect(at(null)).toBe('Line 1,200, column 4');
  expect(at({ part: { kind: 'cell', sheet: 'Patients', row: 5, column: 3 } })).toBe('Sheet Patients, cell C5');
  expect(at({ part: { kind: 'cell', sheet: 'Patients', row: 5, column: 28 } })).toBe('Sheet Patients, cell AB5');
  expect(at({ part: { kind: 'cell', row: 5, column: 3, columnName: 'tfn' } })).toBe('Row 5, column tfn');
  expect(at({ part: { kind: 'page', number: 2 } })).toBe('Page 2');
  expect(at({ part: { kind: 'record', index: 0, path: '$.patient.dob' } })).toBe('$.patient.dob');
  expect(at({ member: 'scripts/a.pdf', part: { kind: 'page', number: 2 } })).toBe('scripts/a.pdf page 2');
});
