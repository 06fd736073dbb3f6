import { count, counted } from '../format';

export const overview = {
  title: 'Overview',
  /** The sentence of truth: what is safe … */
  safe: (safe: number, bucket: string) =>
    safe === 0
      ? `Nothing has been uploaded to ${bucket} yet.`
      : `${counted(safe, 'prescription')} ${safe === 1 ? 'is' : 'are'} safe in ${bucket}.`,
  /** … unless the place itself is not: then nothing in it is called safe. */
  stored: (stored: number, bucket: string, known: boolean) =>
    `${counted(stored, 'prescription')} ${stored === 1 ? 'lies' : 'lie'} in ${bucket}, which is not ${known ? '' : 'known to be '}shut.`,
  needs: (n: number) => (n === 1 ? '1 thing needs you.' : `${count(n)} things need you.`),
  nothingNeeds: 'Nothing needs you.',
  checked: {
    shut: (time: string) => `Shut when last checked, ${time}. Every one of them was confirmed to be what was sent.`,
    shutEmpty: (time: string) => `Shut when last checked, ${time}.`,
    open: (time: string) => `Not shut when last checked, ${time}.`,
    unknown: (time: string) => `Could not be checked fully, ${time}.`,
    never: 'Not checked yet.',
  },
  scanned: (when: string) => `What lies in it was looked into ${when}.`,
  scanning: 'What lies in it is being looked into.',
  needsLabel: 'What needs you',
  need: {
    bucketPublic: {
      title: 'The bucket is open to the public',
      text: 'Anyone on the internet may be able to read what is in it. No upload goes until it is shut.',
      action: 'Shut it…',
    },
    bucketOpen: {
      title: 'The bucket is not shut',
      text: 'Nothing stops an object or a policy from being made public. No upload goes until Block Public Access is on.',
      action: 'Shut it…',
    },
    bucketUnknown: {
      title: 'It is not known whether the bucket is shut',
      text: 'This key may not read the setting. Unknown counts as not safe, so no upload goes.',
      action: 'What to ask for',
    },
    bucketNotSupported: {
      title: 'This store can’t be shut',
      text: 'It has no Block Public Access. No upload goes from this window.',
      action: 'Show',
    },
    checks: {
      title: (failed: number, unknown: number) =>
        [
          failed > 0 ? counted(failed, 'check of the bucket fails', 'checks of the bucket fail') : '',
          unknown > 0 ? `${counted(unknown, 'check')} could not be made` : '',
        ]
          .filter(Boolean)
          .join(', '),
      text: 'See what each of them means, and put right what is not.',
      action: 'Show',
    },
    decisions: {
      title: (files: number) => `${counted(files, 'file')} ${files === 1 ? 'waits' : 'wait'} for a decision before ${files === 1 ? 'it' : 'they'} can be sent`,
      text: (kinds: string) => `What was found in them: ${kinds}.`,
      whole: 'They are not what they should be as a whole: not a prescription, or not of one patient.',
      action: 'Decide',
    },
    unfinished: {
      title: 'An upload is not finished',
      text: (files: number) => `${counted(files, 'file')} ${files === 1 ? 'is' : 'are'} left.`,
      action: 'Go on',
    },
    held: {
      title: (files: number) => `${counted(files, 'file')} from watch folders ${files === 1 ? 'is' : 'are'} held`,
      text: 'They wait for a decision, or could not be read or sent.',
      action: 'See them',
    },
    notScanned: {
      title: 'What lies in the bucket has not been looked into yet',
      text: 'What was put there without Pillbox may hold what does not belong there.',
      action: 'Scan the bucket',
    },
    findings: {
      title: (high: number) => counted(high, 'finding of high severity is open', 'findings of high severity are open'),
      text: 'Something lies where it should not, or the bucket lets too much in.',
      action: 'Show',
    },
  },
  inBucket: {
    title: 'What is in the bucket',
    asExpected: 'As a prescription should be',
    unexpected: 'With something unexpected',
    notVerified: 'Not read back',
    empty: 'Nothing yet. Upload some files and they are counted here.',
  },
  kinds: {
    title: 'Kinds of data, by files',
    empty: 'What was found in the files is counted here, never kept.',
    unexpected: 'unexpected',
    more: (n: number) => `and ${counted(n, 'more kind')}`,
  },
  findings: {
    title: 'Findings by severity',
    open: (n: number) => `${count(n)} open`,
    none: 'None is open.',
    show: 'Open Findings',
  },
  lately: {
    title: 'Lately',
    empty: 'What you do with Pillbox is listed here, with a receipt or a way back.',
    upload: (safe: number, other: number) =>
      [
        safe > 0 || other === 0 ? `${counted(safe, 'file')} sent, stored and confirmed` : '',
        other > 0 ? `${counted(other, 'file')} not` : '',
      ]
        .filter(Boolean)
        .join(', '),
    change: (checks: string, actor: string) => `${checks} changed by ${actor}`,
    undo: (checks: string, actor: string) => `${checks} put back by ${actor}`,
    receipt: 'Receipt',
    undoAction: 'Undo',
    show: 'Show',
  },
  start: 'Upload prescriptions…',
};
