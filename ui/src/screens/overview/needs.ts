/** What needs a person: its words, its mark and where its one best action leads. */
import type { Need } from '../../generated/Need';
import type { Mark } from '../../parts/StateMark.svelte';
import type { Aim, Screen } from '../../state/session.svelte';
import type { Words } from '../../words';
import { inSentence, list } from '../../words/format';

export interface NeedView {
  mark: Exclude<Mark, 'none'>;
  title: string;
  text: string;
  action: string;
  screen: Screen;
  aim: Aim;
}

export function needView(need: Need, words: Words['overview']['need'], nameOf: (identifier: string) => string): NeedView {
  switch (need.kind) {
    case 'bucketOpen':
      return bucketOpen(need.gate, words);
    case 'checks':
      return {
        mark: need.failed > 0 ? 'look' : 'unknown',
        title: words.checks.title(need.failed, need.unknown),
        text: words.checks.text,
        action: words.checks.action,
        screen: 'protection',
        aim: {},
      };
    case 'decisions':
      return {
        mark: 'look',
        title: words.decisions.title(need.files),
        text: need.identifiers.length > 0 ? words.decisions.text(list(need.identifiers.map((id) => inSentence(nameOf(id))))) : words.decisions.whole,
        action: words.decisions.action,
        screen: 'upload',
        aim: {},
      };
    case 'unfinished':
      return {
        mark: 'look',
        title: words.unfinished.title,
        text: words.unfinished.text(need.files),
        action: words.unfinished.action,
        screen: 'upload',
        aim: {},
      };
    case 'held':
      return { mark: 'look', title: words.held.title(need.files), text: words.held.text, action: words.held.action, screen: 'upload', aim: { held: true } };
    case 'notScanned':
      return { mark: 'unknown', ...words.notScanned, screen: 'findings', aim: { scan: true } };
    case 'findings':
      return {
        mark: 'wrong',
        title: words.findings.title(need.high),
        text: words.findings.text,
        action: words.findings.action,
        screen: 'findings',
        aim: {},
      };
  }
}

function bucketOpen(gate: (Need & { kind: 'bucketOpen' })['gate'], words: Words['overview']['need']): NeedView {
  const fix: Aim = { check: 'block-public-access' };
  switch (gate.state) {
    case 'unknown':
      return { mark: 'unknown', ...words.bucketUnknown, screen: 'protection', aim: fix };
    case 'notSupported':
      return { mark: 'unknown', ...words.bucketNotSupported, screen: 'protection', aim: {} };
    case 'notShut':
      return { mark: 'wrong', ...(gate.public ? words.bucketPublic : words.bucketOpen), screen: 'protection', aim: fix };
    case 'shut':
      return { mark: 'look', ...words.bucketOpen, screen: 'protection', aim: {} };
  }
}
