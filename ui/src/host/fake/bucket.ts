/** An invented bucket: its settings, its verdicts, its changes. */
import type { BucketSnapshot } from '../../generated/BucketSnapshot';
import type { ChangeView } from '../../generated/ChangeView';
import type { CheckId } from '../../generated/CheckId';
import type { CheckReport } from '../../generated/CheckReport';
import type { FixPlan } from '../../generated/FixPlan';
import type { Gate } from '../../generated/Gate';
import type { Protection } from '../../generated/Protection';
import type { SettingChange } from '../../generated/SettingChange';

export const BUCKET = 'the-pain-killer-practice';
const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const EVERYBODY = 'http://acs.amazonaws.com/groups/global/AllUsers';
const ON = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
const TLS_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'RequireTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

/** Which of the bucket's settings are as they should be. */
export interface Settings {
  block: boolean;
  grants: boolean;
  ownership: boolean;
  tls: boolean;
}

export const gateOf = (settings: Settings, unknown: boolean): Gate => {
  if (unknown) return { state: 'unknown', permissions: ['s3:GetBucketPublicAccessBlock', 's3:GetAccountPublicAccessBlock'] };
  if (settings.block) return { state: 'shut' };
  return { state: 'notShut', flags: ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'], public: !settings.grants };
};

export function protectionOf(settings: Settings, unknown: boolean, readAt: string): Protection {
  const checks = reports(settings, unknown);
  return {
    gate: gateOf(settings, unknown),
    checks,
    snapshot: snapshot(settings, readAt),
    fixAll: checks.filter((check) => check.verdict === 'fail' && check.fixable).map((check) => check.check),
    callerArn: 'arn:aws:iam::111122223333:user/pillbox',
  };
}

function reports(settings: Settings, unknown: boolean): CheckReport[] {
  const good = { verdict: 'pass', reason: { kind: 'asItShouldBe' }, fixable: false } as const;
  const unread = (permission: string) => ({ verdict: 'unknown', reason: { kind: 'mayNotRead', permission }, fixable: false }) as const;
  return [
    {
      check: 'block-public-access',
      group: 'access',
      standards: ['FSBP S3.8', 'CIS 3.1.4'],
      ...(unknown
        ? unread('s3:GetBucketPublicAccessBlock')
        : settings.block
          ? good
          : {
              verdict: 'fail',
              reason: { kind: 'flagsOff', flags: ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'] },
              fixable: true,
            }),
    },
    { check: 'account-block-public-access', group: 'access', standards: ['FSBP S3.1', 'CIS 3.1.4'], ...unread('s3:GetAccountPublicAccessBlock') },
    { check: 'public-policy', group: 'access', standards: ['FSBP S3.2'], ...good },
    {
      check: 'acl-grants',
      group: 'access',
      standards: ['FSBP S3.2'],
      ...(settings.grants ? good : { verdict: 'fail', reason: { kind: 'grants', public: 1, foreign: 0 }, fixable: true }),
    },
    {
      check: 'object-ownership',
      group: 'access',
      standards: ['FSBP S3.12'],
      ...(settings.ownership ? good : { verdict: 'fail', reason: { kind: 'aclsInUse' }, fixable: true }),
    },
    {
      check: 'tls-only',
      group: 'encryption',
      standards: ['FSBP S3.5', 'CIS 3.1.1'],
      ...(settings.tls ? good : { verdict: 'fail', reason: { kind: 'tlsNotRequired' }, fixable: true }),
    },
    { check: 'default-encryption', group: 'encryption', standards: ['HIPAA 164.312(a)(2)(iv)'], ...good },
    { check: 'versioning', group: 'recovery', standards: ['FSBP S3.14'], verdict: 'fail', reason: { kind: 'notVersioned' }, fixable: false },
  ];
}

function snapshot(settings: Settings, readAt: string): BucketSnapshot {
  return {
    bucket: BUCKET,
    region: 'ap-southeast-2',
    partition: 'aws',
    accountId: '111122223333',
    readAt,
    accountBlock: { unread: { code: 'accessDenied', permission: 's3:GetAccountPublicAccessBlock' } },
    bucketBlock: { known: settings.block ? ON : null },
    policy: { known: settings.tls ? TLS_POLICY : null },
    policyIsPublic: { known: false },
    ownerId: { known: OWNER },
    acl: { known: [] },
    ownership: { known: settings.ownership ? 'BucketOwnerEnforced' : 'ObjectWriter' },
    encryption: { known: { encryptionType: 'AES256', kmsKey: null, bucketKey: false } },
    versioning: { known: 'unversioned' },
  };
}

const KEYS: Partial<Record<CheckId, keyof Settings>> = {
  'block-public-access': 'block',
  'acl-grants': 'grants',
  'object-ownership': 'ownership',
  'tls-only': 'tls',
};

/** The setting behind a check. */
export const settingOf = (check: CheckId): keyof Settings | undefined => KEYS[check];

/** A plan for some checks, or for taking them back. */
export function planOf(checks: CheckId[], undo: boolean): FixPlan {
  const changes = checks.flatMap((check) => change(check) ?? []).map((made) => (undo ? { ...made, before: made.after, after: made.before } : made));
  return {
    bucket: BUCKET,
    checks,
    changes,
    effects: undo ? [] : checks.includes('block-public-access') ? [{ kind: 'publicReadersRefused' }] : checks.includes('object-ownership') ? [{ kind: 'uploadsWithAclRefused' }] : [],
    reversibility: 'exact',
    permissions: checks.includes('block-public-access') ? ['s3:PutBucketPublicAccessBlock'] : ['s3:PutBucketPolicy'],
  };
}

function change(check: CheckId): SettingChange | undefined {
  const owner = { grantee: { canonicalUser: OWNER }, permission: 'FULL_CONTROL' } as const;
  const everybody = { grantee: { group: EVERYBODY }, permission: 'READ' } as const;
  switch (check) {
    case 'block-public-access':
      return { check, before: { setting: 'bucketPublicAccessBlock', value: null }, after: { setting: 'bucketPublicAccessBlock', value: ON } };
    case 'acl-grants':
      return { check, before: { setting: 'bucketAcl', value: [owner, everybody] }, after: { setting: 'bucketAcl', value: [owner] } };
    case 'object-ownership':
      return { check, before: { setting: 'ownershipControls', value: 'ObjectWriter' }, after: { setting: 'ownershipControls', value: 'BucketOwnerEnforced' } };
    case 'tls-only':
      return { check, before: { setting: 'bucketPolicy', value: null }, after: { setting: 'bucketPolicy', value: TLS_POLICY } };
    default:
      return undefined;
  }
}

export const changeOf = (id: number, checks: CheckId[], at: string, undoOf: number | null): ChangeView => ({
  id,
  at,
  actor: 'R. Adams',
  bucket: BUCKET,
  checks,
  object: null,
  undoOf,
  undoneBy: null,
  undoable: undoOf === null,
  complete: true,
});
