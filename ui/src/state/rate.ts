/** Files a second over the last seconds, from totals that come now and then. */
export class Rate {
  readonly #span: number;
  #samples: { at: number; files: number }[] = [];

  /** `span`: over how many milliseconds. */
  constructor(span = 5000) {
    this.#span = span;
  }

  /** Takes a total in; `at` in milliseconds of any clock that only goes forward. */
  add(at: number, files: number): void {
    const last = this.#samples.at(-1);
    if (last && files < last.files) this.#samples = [];
    this.#samples.push({ at, files });
    this.#samples = this.#samples.filter((sample) => at - sample.at <= this.#span);
  }

  /** Files a second; nothing until there is something to go by. */
  perSecond(): number | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (!first || !last || last.at - first.at < 500) return undefined;
    return ((last.files - first.files) * 1000) / (last.at - first.at);
  }
}
