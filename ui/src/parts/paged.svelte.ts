/** Rows that are fetched a page at a time, as they come into view. */
import { SvelteMap } from 'svelte/reactivity';

const PAGE = 100;

export class Paged<T> {
  readonly #fetch: (offset: number, limit: number) => Promise<T[]>;
  readonly #pages = new SvelteMap<number, T[]>();
  /** Pages that were asked for since the rows were last called stale. */
  #asked = new Set<number>();
  #era = 0;

  /** `fetch` hands over the rows from `offset` on, at most `limit`; when it fails the page is asked for again later. */
  constructor(fetch: (offset: number, limit: number) => Promise<T[]>) {
    this.#fetch = fetch;
  }

  /** The row, once it is there. */
  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Where a row stands, among those that are there. */
  indexOf(test: (row: T) => boolean): number | undefined {
    for (const [page, rows] of this.#pages) {
      const index = rows.findIndex(test);
      if (index >= 0) return page * PAGE + index;
    }
    return undefined;
  }

  /** Sees to it that the rows from `first` to before `end` come. */
  want(first: number, end: number): void {
    if (end <= first) return;
    for (let page = Math.floor(first / PAGE); page <= Math.floor((end - 1) / PAGE); page += 1) {
      if (!this.#asked.has(page)) void this.#load(page);
    }
  }

  /** What is there may be old: it stays until what replaces it has come. */
  stale(): void {
    this.#era += 1;
    this.#asked = new Set();
  }

  /** Nothing that is there belongs here any more. */
  clear(): void {
    this.stale();
    this.#pages.clear();
  }

  async #load(page: number): Promise<void> {
    const era = this.#era;
    this.#asked.add(page);
    try {
      const rows = await this.#fetch(page * PAGE, PAGE);
      if (era === this.#era) this.#pages.set(page, rows);
    } catch {
      if (era === this.#era) this.#asked.delete(page);
    }
  }
}
