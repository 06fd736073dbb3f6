/** Invented findings. */
import type { Finding } from '../../generated/Finding';
import type { Severity } from '../../generated/Severity';
import { BUCKET } from './bucket';

const KINDS: { type: string; identifier: string; category: 'CREDENTIALS' | 'FINANCIAL_INFORMATION' | 'PERSONAL_INFORMATION'; severity: Severity }[] = [
  { type: 'SensitiveData:S3Object/Credentials', identifier: 'AWS_CREDENTIALS', category: 'CREDENTIALS', severity: 'High' },
  { type: 'SensitiveData:S3Object/Financial', identifier: 'CREDIT_CARD_NUMBER', category: 'FINANCIAL_INFORMATION', severity: 'High' },
  { type: 'SensitiveData:S3Object/Financial', identifier: 'AUSTRALIA_BANK_ACCOUNT', category: 'FINANCIAL_INFORMATION', severity: 'Medium' },
  { type: 'SensitiveData:S3Object/Personal', identifier: 'AUSTRALIA_TAX_FILE_NUMBER', category: 'PERSONAL_INFORMATION', severity: 'Low' },
];

export function inventFindings(n: number, now: string): Finding[] {
  return Array.from({ length: n }, (_, i) => (i === 1 ? policyFinding(now) : dataFinding(i, now)));
}

function frame(i: number, now: string, severity: Severity) {
  return {
    schemaVersion: '1.0',
    id: `5f2c91d7a0${String(i).padStart(6, '0')}`,
    accountId: '111122223333',
    partition: 'aws',
    region: 'ap-southeast-2',
    severity: { description: severity, score: { Low: 1, Medium: 2, High: 3 }[severity] },
    createdAt: now,
    updatedAt: now,
    count: 1,
    archived: false,
    sample: false,
    title: '',
    description: '',
  };
}

const s3Bucket = { arn: `arn:aws:s3:::${BUCKET}`, name: BUCKET, publicAccess: { effectivePermission: 'PUBLIC' } };

function policyFinding(now: string): Finding {
  return {
    ...frame(1, now, 'High'),
    category: 'POLICY',
    type: 'Policy:IAMUser/S3BlockPublicAccessDisabled',
    resourcesAffected: { s3Bucket, s3Object: null },
    classificationDetails: null,
    policyDetails: { check: 'block-public-access' },
    pillbox: { state: 'new', occurrences: [] },
  };
}

function dataFinding(i: number, now: string): Finding {
  const kind = KINDS[i % KINDS.length]!;
  const key = `prescriptions/2026/${i % 2 ? '11' : '10'}/okafor-2026${String(1000 + i)}.txt`;
  return {
    ...frame(i, now, kind.severity),
    category: 'CLASSIFICATION',
    type: kind.type,
    resourcesAffected: {
      s3Bucket,
      s3Object: { bucketArn: s3Bucket.arn, key, path: `${BUCKET}/${key}`, extension: 'txt', eTag: '9b2cf535f27731c974343645a3985328', size: 1100 },
    },
    classificationDetails: {
      jobId: 'upload-1',
      result: {
        status: { code: 'COMPLETE' },
        mimeType: 'text/plain',
        sizeClassified: 1100,
        additionalOccurrences: false,
        sensitiveData: [
          {
            category: kind.category,
            totalCount: 2,
            detections: [{ type: kind.identifier, count: 2, occurrences: { lineRanges: [{ start: 7, end: 7, startColumn: 1 }] } }],
          },
        ],
      },
    },
    policyDetails: null,
    pillbox: {
      state: 'new',
      occurrences: [7, 12].map((line) => ({
        start: line * 40,
        end: line * 40 + 19,
        line,
        column: 1,
        masked: '**** **** **** 4417',
        evidence: { keyword: 'card', checksum: true },
      })),
    },
  };
}
