/** Invented receipts. */
import type { FileRow } from '../../generated/FileRow';
import type { FileState } from '../../generated/FileState';
import type { ProtectionReading } from '../../generated/ProtectionReading';
import type { Receipt } from '../../generated/Receipt';
import type { ReceiptChecked } from '../../generated/ReceiptChecked';
import type { ReceiptRow } from '../../generated/ReceiptRow';
import { BUCKET } from './bucket';

const SHA256 = '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9';
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const shut = (readAt: string): ProtectionReading => ({
  readAt,
  bucketBlock: { known: { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true } },
  accountBlock: { known: null },
  gate: { state: 'shut' },
});

/** What a receipt says beside its figures. */
export const RECEIPT_FACTS: Pick<Receipt, 'millis' | 'runs' | 'detections' | 'decisions' | 'sha256' | 'madeAt'> = {
  millis: 3200,
  runs: [
    {
      begunAt: minutesAgo(1),
      endedAt: minutesAgo(0),
      actor: 'reception',
      caller: 'arn:aws:iam::111122223333:user/reception',
      version: '0.1.0',
      look: SHA256,
      before: shut(minutesAgo(1)),
      after: shut(minutesAgo(0)),
    },
  ],
  detections: [
    { identifier: 'NAME', category: 'PERSONAL_INFORMATION', disposition: 'expected', files: 210, occurrences: 420 },
    { identifier: 'CREDIT_CARD_NUMBER', category: 'FINANCIAL_INFORMATION', disposition: 'ask', files: 1, occurrences: 2 },
  ],
  decisions: [
    { decision: { kind: 'leaveOut' }, files: 2 },
    { decision: { kind: 'send', reason: 'asked for by the insurer' }, files: 1 },
  ],
  sha256: SHA256,
  madeAt: minutesAgo(0),
};

export const rowOf = (receipt: Receipt): ReceiptRow => ({
  upload: receipt.upload.id,
  bucket: BUCKET,
  state: receipt.upload.state,
  begunAt: receipt.createdAt,
  endedAt: receipt.finishedAt,
  files: receipt.stored + receipt.alreadyThere + receipt.leftOut + receipt.notSent,
  safe: receipt.readBack + receipt.alreadyThere,
  sha256: receipt.sha256,
  madeAt: receipt.madeAt,
});

/** Uploads of other days, newest first. */
export const EARLIER: readonly ReceiptRow[] = Array.from({ length: 12 }, (_, i) => ({
  upload: `upload-of-day-${i + 1}`,
  bucket: BUCKET,
  state: i === 3 ? 'cancelled' : 'done',
  begunAt: minutesAgo((i + 1) * 1440),
  endedAt: minutesAgo((i + 1) * 1440 - 1),
  files: 40 + i,
  safe: i === 3 ? 12 : 40 + i,
  sha256: SHA256,
  madeAt: minutesAgo((i + 1) * 1440 - 1),
}));

/** What comparing finds: all is there but the files in some states. */
export function checkOf(upload: string, files: readonly FileRow[], gone: readonly FileState[]): ReceiptChecked {
  const lost = files.filter((row) => gone.includes(row.state));
  const objects = files.filter((row) => row.state === 'verified' || row.state === 'alreadyThere').length + lost.length;
  return {
    check: {
      upload,
      record: 'agrees',
      madeAt: minutesAgo(0),
      sha256: SHA256,
      objects,
      agree: objects - lost.length,
      missing: lost.length,
      replaced: 0,
      hidden: 0,
      different: 0,
      unknown: 0,
      error: null,
    },
    problems: lost.map(({ number, key }) => ({ number, key, answer: 'missing', code: null })),
  };
}
