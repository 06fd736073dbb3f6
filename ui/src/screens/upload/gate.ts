/** What the gate says above an upload that it holds. */
import type { Gate } from '../../generated/Gate';
import type { Words } from '../../words';
import { list } from '../../words/format';

export interface GateWords {
  title: string;
  text: string;
}

/** Nothing when the bucket is shut. */
export function gateWords(gate: Gate, words: Words['gate']): GateWords | undefined {
  switch (gate.state) {
    case 'shut':
      return undefined;
    case 'notShut': {
      const said = gate.public ? words.public : words.notShut;
      return { title: said.title, text: said.text(gate.flags.length < 4 ? words.partly(list(gate.flags)) : '') };
    }
    case 'unknown':
      return { title: words.unknown.title, text: gate.permissions.length > 0 ? words.unknown.text : words.unknown.failed };
    case 'notSupported':
      return words.notSupported;
  }
}
