import { expect, it } from 'vitest';
import { byStandard } from './standards';

it('says each standard once', () => {
  expect(byStandard(['FSBP S3.2', 'FSBP S3.3', 'HIPAA 164.308(a)(3)(i)', 'CIS 3.1.4'])).toEqual([
    { standard: 'FSBP', controls: ['S3.2', 'S3.3'] },
    { standard: 'HIPAA', controls: ['164.308(a)(3)(i)'] },
    { standard: 'CIS', controls: ['3.1.4'] },
  ]);
  expect(byStandard([])).toEqual([]);
});
