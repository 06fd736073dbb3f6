/** What a plan changes, as lines to read: one setting a line, a policy as the difference of its text. */
import type { AclGrant } from '../generated/AclGrant';
import type { PublicAccessBlock } from '../generated/PublicAccessBlock';
import type { SettingChange } from '../generated/SettingChange';
import type { SettingState } from '../generated/SettingState';

/** A setting from what to what, or a line that goes, comes or stays. */
export type DiffLine =
  | { kind: 'setting'; name: string; before: string; after: string }
  | { kind: 'removed' | 'added' | 'kept'; text: string };

/** The words that a difference needs beyond S3's own names. */
export interface DiffWords {
  on: string;
  off: string;
  notSet: string;
  everybody: string;
  signedIn: string;
  noPolicy: string;
  grant: (who: string, permission: string) => string;
}

const FLAGS: readonly (readonly [keyof PublicAccessBlock, string])[] = [
  ['blockPublicAcls', 'BlockPublicAcls'],
  ['ignorePublicAcls', 'IgnorePublicAcls'],
  ['blockPublicPolicy', 'BlockPublicPolicy'],
  ['restrictPublicBuckets', 'RestrictPublicBuckets'],
];

/** The lines of one change. */
export function diffLines(change: SettingChange, words: DiffWords): DiffLine[] {
  const { before, after } = change;
  if (before.setting === 'bucketPublicAccessBlock' && after.setting === before.setting) {
    return FLAGS.map(([flag, name]) => ({
      kind: 'setting',
      name,
      before: before.value?.[flag] ? words.on : words.off,
      after: after.value?.[flag] ? words.on : words.off,
    }));
  }
  if (before.setting === 'ownershipControls' && after.setting === before.setting) {
    const of = (state: SettingState & { setting: 'ownershipControls' }) => state.value ?? words.notSet;
    return [{ kind: 'setting', name: 'ObjectOwnership', before: of(before), after: of(after) }];
  }
  if (before.setting === 'bucketAcl' && after.setting === before.setting) {
    return textDiff(before.value.map((grant) => grantText(grant, words)), after.value.map((grant) => grantText(grant, words)));
  }
  if (before.setting === 'bucketPolicy' && after.setting === before.setting) {
    return textDiff(policyLines(before.value, words), policyLines(after.value, words));
  }
  return [];
}

function grantText({ grantee, permission }: AclGrant, words: DiffWords): string {
  return words.grant(granteeText(grantee, words), permission);
}

function granteeText(grantee: AclGrant['grantee'], words: DiffWords): string {
  if ('canonicalUser' in grantee) return shortened(grantee.canonicalUser);
  if ('email' in grantee) return grantee.email;
  if (grantee.group.endsWith('/AllUsers')) return words.everybody;
  if (grantee.group.endsWith('/AuthenticatedUsers')) return words.signedIn;
  return grantee.group;
}

/** A canonical user id has 64 digits, of which the first are enough to tell two apart. */
const shortened = (id: string) => (id.length > 16 ? `${id.slice(0, 12)}…` : id);

function policyLines(text: string | null, words: DiffWords): string[] {
  if (text === null) return [words.noPolicy];
  try {
    return JSON.stringify(JSON.parse(text), null, 2).split('\n');
  } catch {
    return text.split('\n');
  }
}

/** The shortest way from one list of lines to another: what goes, what comes, and what stays around them. */
export function textDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  const common = commonTails(before, after);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      lines.push({ kind: 'kept', text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || common(i + 1, j) >= common(i, j + 1))) {
      lines.push({ kind: 'removed', text: old });
      i += 1;
    } else if (fresh !== undefined) {
      lines.push({ kind: 'added', text: fresh });
      j += 1;
    }
  }
  return lines;
}

/** How many lines the rests of both lists have in common, from any two positions on. */
function commonTails(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}
