/** The words and phrases of what was typed: one on each line, blank lines passed over. */
export const wordsOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
