/** The one sentence of truth. */
import type { Overview } from '../../generated/Overview';
import type { Words } from '../../words';
import { moment } from '../../words/format';

export interface Truth {
  said: string;
  /** What needs somebody, in red where something is wrong at this moment. */
  needs: string;
  wrong: boolean;
  under: string;
}

/** Says of the bucket no more than is known: nothing in a bucket that is not shut is called safe. */
export function truth(overview: Overview, words: Words['overview'], now: Date): Truth {
  const shut = overview.gate?.state === 'shut';
  const said =
    shut || overview.safe === 0 ? words.safe(overview.safe, overview.bucket) : words.stored(overview.safe, overview.bucket, overview.gate?.state === 'notShut');
  const needs = overview.needs.length === 0 ? words.nothingNeeds : words.needs(overview.needs.length);
  return { said, needs, wrong: overview.needs.length > 0, under: underneath(overview, words, now) };
}

function underneath(overview: Overview, words: Words['overview'], now: Date): string {
  return [shutness(overview, words, now), scanned(overview, words, now)].filter(Boolean).join(' ');
}

function scanned({ scan }: Overview, words: Words['overview'], now: Date): string {
  if (scan.running) return words.scanning;
  return scan.last ? words.scanned(moment(scan.last.at, now)) : '';
}

function shutness({ gate, checkedAt, safe }: Overview, words: Words['overview'], now: Date): string {
  if (!gate || !checkedAt) return words.checked.never;
  const when = moment(checkedAt, now);
  if (gate.state === 'shut') return safe > 0 ? words.checked.shut(when) : words.checked.shutEmpty(when);
  return gate.state === 'notShut' ? words.checked.open(when) : words.checked.unknown(when);
}
