import type { Disposition } from '../../generated/Disposition';
import type { Severity } from '../../generated/Severity';
import type { Verdict } from '../../generated/Verdict';
import { counted, list } from '../format';

export const common = {
  product: 'Pillbox',
  skip: 'Skip to the content',
  starting: 'Pillbox is starting…',
  cancel: 'Cancel',
  hide: 'Hide',
  tryAgain: 'Try again',
  copy: 'Copy',
  copied: 'Copied.',
  backToList: 'Back to the list',
  loading: 'Reading…',
  optional: 'optional',
  files: (n: number) => counted(n, 'file'),
  severity: { High: 'High', Medium: 'Medium', Low: 'Low' } satisfies Record<Severity, string>,
  verdict: {
    pass: 'As it should be',
    fail: 'Not as it should be',
    unknown: 'Could not be found out',
    notApplicable: 'Does not apply',
  } satisfies Record<Verdict, string>,
  disposition: { expected: 'Expected', ask: 'Asks', refuse: 'Refused' } satisfies Record<Disposition, string>,
};

export const diff = {
  on: 'on',
  off: 'off',
  notSet: 'not set',
  everybody: 'everyone',
  signedIn: 'anyone with an AWS account',
  noPolicy: 'No policy',
  grant: (who: string, permission: string) => `${who}: ${permission}`,
  becomes: 'becomes',
  stays: (value: string) => `stays ${value}`,
  text: 'The text before and after',
  removed: 'Goes: ',
  added: 'Comes: ',
};

export const fix = {
  whatChanges: 'What changes',
  whatMayStop: 'What may stop working',
  nothingStops: 'Nothing that Pillbox knows of.',
  reversibility: {
    exact: 'Can be undone.',
    nearest: 'Can be undone nearly: what was before comes back as far as S3 lets it.',
    never: 'Can’t be undone.',
  },
  needs: (permissions: readonly string[]) => `Needs ${list(permissions)}.`,
  applying: 'Changing the bucket and reading it back…',
};

export const rail = {
  label: 'Screens',
  screens: {
    overview: 'Overview',
    upload: 'Upload',
    protection: 'Protection',
    findings: 'Findings',
    rules: 'Rules',
    identifiers: 'Identifiers',
    settings: 'Settings',
  },
  count: {
    protection: (n: number) => counted(n, 'check needs a look', 'checks need a look'),
    findings: (n: number) => counted(n, 'open finding'),
    upload: (n: number) => counted(n, 'file is held', 'files are held'),
  },
  lid: {
    label: 'The bucket',
    onThisComputer: 'On this computer',
    shut: (time: string) => `Shut, checked ${time}`,
    public: 'Open to the public',
    notShut: 'Not shut',
    unknown: 'Not known if shut',
    notSupported: 'Can’t be shut',
    failed: 'Could not be checked',
    reading: 'Being checked…',
    shutIt: 'Shut it…',
    see: 'See why…',
  },
};

export const resume = {
  title: (files: number) => `An upload of ${counted(files, 'file')} was not finished.`,
  running: (files: number) => `An upload of ${counted(files, 'file')} was not finished. It goes on now.`,
  draft: (files: number) => `${counted(files, 'file')} ${files === 1 ? 'was' : 'were'} chosen and not sent yet.`,
  text: (safe: number, files: number, when: string) =>
    `Begun ${when}. ${safe === 0 ? 'None of them is' : `${safe} of ${files} are`} known to be safe in the bucket. Nothing is lost.`,
  continue: 'Continue',
  show: 'Show it',
  discard: 'Discard',
  discardHint: 'Discarding forgets the rest of the list. What is in the bucket stays there, and so do the files on this computer.',
};
