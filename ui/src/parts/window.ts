/** Which rows of a long list are drawn: those that are seen, and a few around them. */
export interface Slice {
  first: number;
  /** Behind the last. */
  end: number;
}

/** The rows to draw of `total`, each `row` pixels high, in a view `height` high that is scrolled down by `top`. */
export function visibleRows(top: number, height: number, row: number, total: number, around = 6): Slice {
  const first = Math.max(0, Math.floor(top / row) - around);
  const end = Math.min(total, Math.ceil((top + height) / row) + around);
  return { first: Math.min(first, end), end };
}

/** How far to scroll so that a row is wholly seen, `above` being covered by the list's head; the same `top` if it is. */
export function scrollFor(index: number, top: number, height: number, row: number, above: number): number {
  const start = index * row;
  if (start < top) return start;
  const room = height - above;
  return start + row > top + room ? start + row - room : top;
}

/** What a key does to the row that is chosen: the next index that may be chosen, or nothing where the key is none of the list's. */
export function moveBy(
  key: string,
  active: number,
  total: number,
  page: number,
  canBeChosen: (index: number) => boolean,
): number | undefined {
  const steps: Record<string, { from: number; step: 1 | -1 }> = {
    ArrowDown: { from: active + 1, step: 1 },
    ArrowUp: { from: active < 0 ? total - 1 : active - 1, step: -1 },
    PageDown: { from: Math.min(total - 1, active + page), step: 1 },
    PageUp: { from: Math.max(0, active - page), step: -1 },
    Home: { from: 0, step: 1 },
    End: { from: total - 1, step: -1 },
  };
  const move = steps[key];
  if (!move) return undefined;
  const seek = (from: number, step: 1 | -1) => {
    for (let i = from; i >= 0 && i < total; i += step) if (canBeChosen(i)) return i;
    return undefined;
  };
  return seek(move.from, move.step) ?? seek(move.from, move.step === 1 ? -1 : 1) ?? active;
}
