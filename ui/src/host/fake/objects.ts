/** Invented objects: their versions, what is in quarantine, and fixes of them. */
import type { ChangeView } from '../../generated/ChangeView';
import type { FindingDetail } from '../../generated/FindingDetail';
import type { Finding } from '../../generated/Finding';
import type { InQuarantine } from '../../generated/InQuarantine';
import type { ObjectFix } from '../../generated/ObjectFix';
import type { ObjectFixRequest } from '../../generated/ObjectFixRequest';
import type { ObjectOutcome } from '../../generated/ObjectOutcome';
import type { ObjectPlan } from '../../generated/ObjectPlan';
import type { ObjectPreview } from '../../generated/ObjectPreview';
import type { ObjectStep } from '../../generated/ObjectStep';
import type { QuarantinedObject } from '../../generated/QuarantinedObject';
import type { VersionView } from '../../generated/VersionView';
import { BUCKET, changeOf } from './bucket';

const VERSION = '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH';
const CONSENT = 'delete for ever';
const COPIES: readonly ObjectFix[] = ['quarantine', 'restore', 'redact', 'encrypt', 'restoreVersion'];

const seen = (key: string, versionId: string | null = VERSION) => ({ key, versionId, eTag: '"9b2cf535f27731c974343645a3985328"', size: 1100, sha256: null });

/** The objects behind the findings, as far as fixes change them. */
export class InventedObjects {
  #quarantined = new Map<string, QuarantinedObject & { change: number }>();
  #plans = new Map<string, { request: ObjectFixRequest; undo: ChangeView | undefined }>();
  #next = 0;

  /** A finding with what can be done about its object. */
  detail(finding: Finding): FindingDetail {
    const key = finding.resourcesAffected.s3Object?.key;
    const category = finding.classificationDetails?.result.sensitiveData[0]?.category;
    const first: ObjectFix[] = category === 'CREDENTIALS' ? ['quarantine', 'redact'] : ['redact', 'quarantine'];
    return { finding, fixes: key ? [...first, 'makePrivate', 'encrypt', 'tag'] : [], inQuarantine: key ? this.#of(key) : null };
  }

  #of(key: string): InQuarantine | null {
    const there = this.#quarantined.get(key);
    return there ? { change: there.change, at: there.since ?? '', key: there.key } : null;
  }

  /** The ids of those whose object is in quarantine. */
  putAside(findings: readonly Finding[]): string[] {
    return findings.filter(({ resourcesAffected }) => this.#quarantined.has(resourcesAffected.s3Object?.key ?? '')).map(({ id }) => id);
  }

  list(): QuarantinedObject[] {
    return [...this.#quarantined.values()];
  }

  versions(key: string): VersionView[] {
    const stored = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const own: VersionView[] = [
      { versionId: VERSION, isLatest: !this.#quarantined.has(key), isDeleteMarker: false, modified: stored(2), size: 1100, putBy: { kind: 'upload', at: stored(2) } },
      { versionId: 'Yd1u0Zk8vN5aVQ2cKj7m', isLatest: false, isDeleteMarker: false, modified: stored(9), size: 1080, putBy: null },
    ];
    const there = this.#quarantined.get(key);
    if (!there) return own;
    return [{ versionId: 'marker-1', isLatest: true, isDeleteMarker: true, modified: there.since, size: 0, putBy: { kind: 'change', change: there.change, actor: 'R. Adams' } }, ...own];
  }

  plan(request: ObjectFixRequest): ObjectPreview {
    return this.#keep(request, undefined);
  }

  planUndo(change: ChangeView): ObjectPreview {
    const { fix, key } = change.object!;
    const request: ObjectFixRequest = fix === 'quarantine' ? { fix: 'restore', key: this.#quarantined.get(key)?.key ?? key } : { fix: 'makePrivate', key };
    return this.#keep(request, change);
  }

  #keep(request: ObjectFixRequest, undo: ChangeView | undefined): ObjectPreview {
    const planId = `object-plan-${(this.#next += 1)}`;
    this.#plans.set(planId, { request, undo });
    return { planId, plan: { ...this.#planOf(request), ...(undo ? { fix: undo.object!.fix, key: undo.object!.key, consent: null } : {}) }, undoOf: undo?.id ?? null };
  }

  #planOf(request: ObjectFixRequest): ObjectPlan {
    const removes = request.fix === 'deleteVersion' || ('removeOriginal' in request && request.removeOriginal);
    return {
      fix: request.fix,
      bucket: BUCKET,
      key: request.key,
      steps: this.#steps(request),
      effects: [...(request.fix === 'quarantine' ? [{ kind: 'readersFindNothing' as const }] : []), ...(removes ? [{ kind: 'goneForEver' as const }] : [])],
      reversibility: request.fix === 'deleteVersion' ? 'never' : removes ? 'nearest' : 'exact',
      consent: removes ? CONSENT : null,
      permissions: COPIES.includes(request.fix) ? ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'] : ['s3:PutObjectAcl'],
    };
  }

  #steps(request: ObjectFixRequest): ObjectStep[] {
    const object = seen(request.key);
    const copy = (to: string): ObjectStep => ({ step: 'copy', from: object, to, replaces: null, marks: { do: 'keep' }, encryptionBefore: null, encryption: null });
    switch (request.fix) {
      case 'quarantine':
        return [copy(`pillbox-quarantine/0123456789abcdef/${request.key}`), { step: 'hide', object }, ...(request.removeOriginal ? [{ step: 'remove' as const, object, isDeleteMarker: false }] : [])];
      case 'restore':
        return [copy(request.key.split('/').slice(2).join('/')), { step: 'hide', object }];
      case 'restoreVersion':
        return [copy(request.key)];
      case 'deleteVersion':
        return [{ step: 'remove', object: seen(request.key, request.versionId), isDeleteMarker: false }];
      case 'redact':
        return [copy(`pillbox-quarantine/0123456789abcdef/${request.key}`), { step: 'rewrite', object, size: 1094, sha256: '00' }];
      case 'makePrivate':
        return [{ step: 'setAcl', object, ownerId: '79a5', before: [{ grantee: { canonicalUser: '79a5' }, permission: 'FULL_CONTROL' }, { grantee: { group: 'http://acs.amazonaws.com/groups/global/AllUsers' }, permission: 'READ' }], after: [{ grantee: { canonicalUser: '79a5' }, permission: 'FULL_CONTROL' }] }];
      case 'encrypt':
        return [copy(request.key)];
      case 'tag':
        return [{ step: 'setTags', object, before: {}, after: request.tags }];
    }
  }

  /** Applies a plan; answers with the outcome and the changes as they are then. */
  apply(planId: string, consent: string | null, changes: readonly ChangeView[]): { outcome: ObjectOutcome; changes: ChangeView[] } {
    const { request, undo } = this.#plans.get(planId)!;
    const plan = this.#planOf(request);
    if (!undo && plan.consent !== null && consent !== plan.consent) throw { code: 'consentNeeded', retry: 'afterAction', about: plan.consent };
    this.#plans.delete(planId);
    const id = changes.length + 1;
    const now = new Date().toISOString();
    if (undo) this.#quarantined.delete(undo.object!.key);
    else if (request.fix === 'quarantine') {
      const key = `pillbox-quarantine/0123456789abcdef/${request.key}`;
      this.#quarantined.set(request.key, { key, ownKey: request.key, versionId: 'copy-1', size: 1100, since: now, reason: request.reason, expires: request.expires, isDue: false, change: id });
    } else if (request.fix === 'restore') this.#quarantined.delete(request.key.split('/').slice(2).join('/'));
    const object = undo ? undo.object : { fix: request.fix, key: request.key };
    const made: ChangeView = { ...changeOf(id, [], now, undo?.id ?? null), object, undoable: !undo && plan.reversibility !== 'never' };
    const after = [made, ...changes].map((change) => (change.id === undo?.id ? { ...change, undoneBy: id, undoable: false } : change));
    return { outcome: { change: id, applied: plan.steps.length, error: null }, changes: after };
  }
}
