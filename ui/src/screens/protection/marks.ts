/** How a verdict is marked. */
import type { CheckReport } from '../../generated/CheckReport';
import type { Mark } from '../../parts/StateMark.svelte';

/** What lets somebody in at this moment or could at the next is wrong; the rest of what fails is worth a look. */
const WRONG = new Set(['block-public-access', 'public-policy', 'acl-grants']);

export function verdictMark({ check, verdict }: Pick<CheckReport, 'check' | 'verdict'>): Mark {
  switch (verdict) {
    case 'pass':
      return 'right';
    case 'fail':
      return WRONG.has(check) ? 'wrong' : 'look';
    case 'unknown':
      return 'unknown';
    case 'notApplicable':
      return 'none';
  }
}
