import type { CheckGroup } from '../../generated/CheckGroup';
import type { CheckId } from '../../generated/CheckId';
import { counted, list } from '../format';

export const protection = {
  title: 'Protection',
  read: (when: string) => `read ${when}`,
  again: 'Check again',
  checking: 'Checking…',
  fixAll: (n: number) => `Fix all ${n}…`,
  fixAllTitle: (n: number) => `Fixes ${counted(n, 'check')} at once`,
  fixAllAction: (n: number) => `Fix ${counted(n, 'check')}`,
  fixAllHint: 'Only what costs nothing and can be undone exactly.',
  groups: {
    access: 'Who can get in',
    encryption: 'How data travels and lies',
    recovery: 'What can be brought back',
  } satisfies Record<CheckGroup, string>,
  /** A check's name, in a list of names. */
  checks: {
    'block-public-access': 'Block Public Access',
    'account-block-public-access': 'Block Public Access of the account',
    'public-policy': 'Public policy',
    'acl-grants': 'Grants to others',
    'object-ownership': 'Access control lists',
    'tls-only': 'TLS only',
    'default-encryption': 'Default encryption',
    versioning: 'Versioning',
  } satisfies Record<CheckId, string>,
  /** The verb on the button that opens a check's fix. */
  verbs: {
    'block-public-access': 'Turn on…',
    'account-block-public-access': 'Fix…',
    'public-policy': 'Fix…',
    'acl-grants': 'Remove grants…',
    'object-ownership': 'Turn off ACLs…',
    'tls-only': 'Require TLS…',
    'default-encryption': 'Turn on…',
    versioning: 'Turn on…',
  } satisfies Record<CheckId, string>,
  /** What a check that passes comes to, in a few words beside its title. */
  facts: {
    'block-public-access': 'all four switches',
    'account-block-public-access': 'all four switches',
    'public-policy': 'no statement allows everyone in',
    'acl-grants': 'only its owner is on the list',
    'object-ownership': 'policies alone decide',
    'tls-only': 'requests without TLS are refused',
    'default-encryption': 'every new object',
    versioning: 'what is overwritten or deleted can be brought back',
  } satisfies Record<CheckId, string>,
  /** The same, where another setting stands in. */
  standsIn: { coveredByAccount: 'by the account’s own', coveredByBucket: 'by the bucket’s own' },
  ask: 'What to ask for',
  guide: 'What to do',
  fixedOn: (when: string) => `fixed ${when}`,
  undo: 'Undo',
  fixed: (checks: string) => `${checks}: done, read back, and on the record.`,
  undone: (checks: string) => `${checks}: put back as it was.`,
  partly: (applied: number) => `${counted(applied, 'step')} done, then it stopped. Undo takes back what was done.`,
  undoTitle: (checks: string) => `Put ${checks} back as it was?`,
  undoAction: 'Put it back',
  undoKeep: 'Keep it as it is',
  reopens: (checks: string, holdsUploads: boolean) =>
    `What comes open again: ${checks}.${holdsUploads ? ' Uploads are held until it is shut again.' : ''}`,
  request: {
    label: 'Send this to whoever manages the AWS account',
    lead: (bucket: string) => `Hello, for the bucket ${bucket} I use Pillbox, which keeps our prescriptions from being uploaded to a bucket that is not shut.`,
    who: (arn: string) => `It signs in as ${arn}.`,
    read: (permissions: readonly string[]) => `Please allow it to read the bucket’s settings: ${list(permissions)}.`,
    readFailed: 'Reading the setting failed, though not for want of a permission.',
    account: 'Please turn on all four settings of Block Public Access for the account (aws s3control put-public-access-block), unless another bucket of the account has to be public.',
    fix: (check: string) => `Please put right: ${check}.`,
    thanks: 'Thank you.',
  },
  history: {
    title: 'What was changed',
    empty: 'Nothing has been changed yet. Each change is listed here, with a way back.',
    change: (checks: string) => `${checks}: put right`,
    undo: (checks: string, of: number) => `${checks}: change ${of} taken back`,
    by: (actor: string) => `by ${actor}`,
    number: (n: number) => `Change ${n}`,
    undone: (by: number) => `taken back by change ${by}`,
    partly: 'not wholly applied',
    undoOne: (n: number) => `Undo change ${n}`,
    columns: { when: 'When', what: 'What', who: 'Who', back: 'Way back' },
  },
};
