/** A text cut where something was found in it. */
import type { SampleRange } from '../../generated/SampleRange';

export interface MarkedPiece {
  text: string;
  /** Which of the ranges it is; nothing for what lies between them. */
  found: number | undefined;
}

/** The pieces of a text by ranges in ascending order; of ranges that overlap the first holds. */
export function markedPieces(text: string, ranges: readonly SampleRange[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let done = 0;
  ranges.forEach(({ start, end }, found) => {
    if (start < done || end <= start) return;
    if (start > done) pieces.push({ text: text.slice(done, start), found: undefined });
    pieces.push({ text: text.slice(start, end), found });
    done = end;
  });
  if (done < text.length) pieces.push({ text: text.slice(done), found: undefined });
  return pieces;
}

/** The pieces of an example by its value, which stands in it once or more; the first is meant. */
export function examplePieces(text: string, value: string): MarkedPiece[] {
  const start = text.indexOf(value);
  return markedPieces(text, start < 0 ? [] : [{ start, end: start + value.length }]);
}
