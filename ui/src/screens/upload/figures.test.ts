import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import type { Receipt } from '../../generated/Receipt';
import type { UploadView } from '../../generated/UploadView';
import Figures from './Figures.svelte';

const upload = (readBack: UploadView['readBack']) => ({ readBack }) as UploadView;
const RECEIPT = { stored: 5, readBack: 5, checksumCompared: 0, alreadyThere: 0, leftOut: 0, notSent: 0, bytes: 100 };

function said(receipt: Partial<Receipt>) {
  render(Figures, { receipt: { ...RECEIPT, ...receipt } as Receipt });
  return screen.getByTestId('figures');
}

it('calls read back what was read back', () => {
  const figures = said({ upload: upload('whole') });
  expect(figures).toHaveTextContent('Read back and scanned again 5');
  expect(figures).not.toHaveTextContent('Confirmed by checksum');
});

it('calls confirmed by checksum what was not read back', () => {
  const figures = said({ upload: upload('checksum'), readBack: 0, checksumCompared: 5 });
  expect(figures).toHaveTextContent('Confirmed by checksum 5');
  expect(figures).not.toHaveTextContent('Read back');
});

it('says both where the store told no checksum of some', () => {
  const figures = said({ upload: upload('checksum'), readBack: 2, checksumCompared: 3 });
  expect(figures).toHaveTextContent('Confirmed by checksum 3');
  expect(figures).toHaveTextContent('Read back and scanned again 2');
});
