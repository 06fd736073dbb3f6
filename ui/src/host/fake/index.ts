/**
 * An invented program behind the page: for a plain browser during development, and for tests. It is no part of what is
 * shipped. It keeps its state in memory and never takes time unless `pace` says so.
 */
import type { ApiError } from '../../generated/ApiError';
import type { AppState } from '../../generated/AppState';
import type { BucketScan } from '../../generated/BucketScan';
import type { ChangeView } from '../../generated/ChangeView';
import type { CheckId } from '../../generated/CheckId';
import type { Connection } from '../../generated/Connection';
import type { FileRow } from '../../generated/FileRow';
import type { FixPreview } from '../../generated/FixPreview';
import type { HeldRow } from '../../generated/HeldRow';
import type { Notice } from '../../generated/Notice';
import type { Overview } from '../../generated/Overview';
import type { Receipt } from '../../generated/Receipt';
import type { RunningScan } from '../../generated/RunningScan';
import type { ScanRequest } from '../../generated/ScanRequest';
import type { SectionKind } from '../../generated/SectionKind';
import type { UploadView } from '../../generated/UploadView';
import type { WatchView } from '../../generated/WatchView';
import { WHOLE_BUCKET, type CommandName, type Commands, type Events, type Host } from '../host';
import { BUCKET, changeOf, gateOf, planOf, protectionOf, settingOf, type Settings } from './bucket';
import { concernedFiles, detailOf, inventFiles, sectionOf } from './files';
import { inventFindings } from './findings';
import { EARLIER, RECEIPT_FACTS, checkOf, rowOf } from './receipts';
import { LookedFor } from './identifiers';
import { InventedObjects } from './objects';
import { heldFiles, watchFolder } from './watch';

/** A person's stories begin in one of these. */
export type Scene = 'welcome' | 'open' | 'conflict' | 'shut' | 'unknown' | 'empty' | 'unfinished' | 'review' | 'concerns' | 'sending' | 'done' | 'broken' | 'watched';

export interface FakeHost extends Host {
  /** The commands that were called, with their arguments. */
  readonly calls: { command: CommandName; args: unknown }[];
  /** The next call of a command fails with this. */
  failNext(command: CommandName, error: ApiError): void;
  /** As if the program said so. */
  tell(notice: Notice): void;
  /** Sends what is on its way, to the end. */
  finish(): void;
  /** Lets the scan of the bucket come to its end. */
  finishScan(): void;
}

const SANDBOX: Connection = {
  name: 'sandbox',
  credentials: { kind: 'sandbox' },
  region: 'ap-southeast-2',
  endpointUrl: 'http://127.0.0.1:9000',
  bucket: BUCKET,
  prefix: 'prescriptions/{yyyy}/{mm}/',
  accountId: '111122223333',
};

const NAMES: Record<string, string> = {
  NAME: 'Name',
  ADDRESS: 'Address',
  DATE_OF_BIRTH: 'Date of birth',
  AUSTRALIA_MEDICARE_NUMBER: 'Medicare number',
  CREDIT_CARD_NUMBER: 'Payment card',
  AUSTRALIA_BANK_ACCOUNT: 'Bank account',
  AUSTRALIA_TAX_FILE_NUMBER: 'Tax file number',
  AWS_CREDENTIALS: 'AWS secret access key',
};

export function createFakeHost(params: URLSearchParams | Record<string, string> = {}): FakeHost {
  const given = new URLSearchParams(params);
  return new Invented((given.get('scene') ?? 'open') as Scene, Number(given.get('files') ?? 210), Number(given.get('pace') ?? 0)).host;
}

class Invented {
  readonly calls: FakeHost['calls'] = [];
  readonly host: FakeHost;
  #failures = new Map<CommandName, ApiError>();
  #listeners = new Set<(notice: Notice) => void>();
  #settings: Settings;
  #unknown: boolean;
  #app: AppState;
  #changes: ChangeView[] = [];
  #plans = new Map<string, { preview: FixPreview; checks: CheckId[]; undo: number | null }>();
  #files: FileRow[] = [];
  #upload: UploadView | undefined;
  #ready: number;
  #pace: number;
  #findings = inventFindings(0, new Date().toISOString());
  #lookedFor = new LookedFor();
  #held: HeldRow[] = [];
  #watched: WatchView[] = [];
  #objects = new InventedObjects();
  #scan: BucketScan = { request: WHOLE_BUCKET, running: null, unfinishedSince: null, last: null, latest: null, error: null };

  constructor(scene: Scene, ready: number, pace: number) {
    const shut = ['shut', 'done', 'sending', 'conflict', 'concerns'].includes(scene);
    this.#settings = { block: shut, grants: shut, ownership: shut, tls: true };
    this.#unknown = scene === 'unknown';
    this.#ready = ready;
    this.#pace = pace;
    if (scene !== 'empty') this.#findings = inventFindings(scene === 'shut' ? 10_000 : 7, new Date().toISOString());
    const connection = scene === 'welcome' ? null : SANDBOX;
    this.#app = {
      version: '0.1.0',
      connection,
      connections: connection ? [SANDBOX, { ...SANDBOX, name: 'practice', credentials: { kind: 'profile', profile: 'practice' }, endpointUrl: null, bucket: 'campbell-road-practice' }] : [],
      appearance: 'system',
      readBack: 'whole',
      dataDir: '/home/reception/.local/share/pillbox',
      unfinishedUpload:
        scene === 'unfinished' ? { id: 'upload-0', state: 'sending', createdAt: new Date(Date.now() - 3_600_000).toISOString(), files: 210, safe: 84 } : null,
      badges: { protection: 0, findings: 0, upload: 0 },
    };
    if (scene === 'shut' || scene === 'done') this.#changes = [changeOf(1, ['block-public-access', 'acl-grants', 'object-ownership'], new Date(Date.now() - 7_200_000).toISOString(), null)];
    if (scene === 'shut') this.#scan = { ...this.#scan, last: { at: new Date(Date.now() - 3_600_000).toISOString(), objects: 412, skipped: 0 } };
    if (['review', 'unknown', 'sending', 'done', 'conflict'].includes(scene)) this.#begin();
    if (scene === 'concerns') {
      this.#begin();
      this.#files = concernedFiles();
    }
    if (['sending', 'done', 'conflict'].includes(scene)) {
      this.#files = this.#files.map((row) => (row.state === 'needsDecision' ? { ...row, state: 'leftOut', decision: { kind: 'leaveOut' } } : row));
      this.#start();
    }
    if (scene === 'sending') this.#send(84);
    if (scene === 'done') this.#finish();
    if (scene === 'conflict') {
      this.#finish();
      this.#hold('held');
    }
    if (scene === 'watched') {
      this.#held = heldFiles();
      this.#watched = [watchFolder(1)];
    }
    if (scene === 'broken') this.#failures.set('app_state', { code: 'databaseDamaged', retry: 'never', about: null });
    this.host = this.#asHost();
  }

  #asHost(): FakeHost {
    return {
      calls: this.calls,
      call: async <C extends CommandName>(command: C, ...args: unknown[]) => {
        this.calls.push({ command, args: args[0] });
        const failure = this.#failures.get(command);
        if (failure) {
          this.#failures.delete(command);
          throw failure;
        }
        if (this.#pace > 0) await new Promise((done) => setTimeout(done, this.#pace));
        return this.#answer(command, (args[0] ?? {}) as never) as Commands[C]['answer'];
      },
      on: async <E extends keyof Events>(event: E, heard: (what: Events[E]) => void) => {
        if (event !== 'notice') return () => undefined;
        const listener = heard as (notice: Notice) => void;
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      failNext: (command, error) => this.#failures.set(command, error),
      tell: (notice) => this.#tell(notice),
      finish: () => this.#finish(),
      finishScan: () => this.#finishScan(),
    };
  }

  #tell(notice: Notice) {
    for (const listener of this.#listeners) listener(notice);
  }

  #answer(command: CommandName, args: Record<string, never>): unknown {
    const handlers: { [C in CommandName]: (args: Commands[C]['args']) => Commands[C]['answer'] } = {
      app_state: () => this.#state(),
      identifiers: () => Object.entries(NAMES).map(([id, name]) => ({ id, name, category: 'PERSONAL_INFORMATION' })),
      list_profiles: () => [{ name: 'practice', region: 'ap-southeast-2' }, { name: 'default', region: null }],
      try_sandbox: () => this.#connect(SANDBOX),
      save_connection: ({ connection: made }) =>
        this.#connect({ ...SANDBOX, name: made.bucket, bucket: made.bucket, credentials: made.profile ? { kind: 'profile', profile: made.profile } : { kind: 'keychain', accessKeyId: made.accessKeyId ?? '' } }),
      select_connection: ({ name }) => this.#connect(this.#app.connections.find((each) => each.name === name) ?? SANDBOX),
      remove_connection: ({ name }) => {
        const connections = this.#app.connections.filter((each) => each.name !== name);
        this.#app = { ...this.#app, connections, connection: this.#app.connection?.name === name ? (connections[0] ?? null) : this.#app.connection };
        return this.#state();
      },
      set_appearance: ({ appearance }) => ((this.#app = { ...this.#app, appearance }), this.#state()),
      signed_in: () => null,
      set_read_back: ({ readBack }) => ((this.#app = { ...this.#app, readBack }), this.#state()),
      overview: () => this.#overview(),
      protection: () => protectionOf(this.#settings, this.#unknown, new Date().toISOString()),
      plan_fix: ({ checks }) => this.#plan(checks.length > 0 ? checks : protectionOf(this.#settings, this.#unknown, '').fixAll, null),
      plan_undo: ({ change }) => this.#plan(this.#changes.find((each) => each.id === change)?.checks ?? [], change),
      apply_plan: ({ planId }) => this.#apply(planId),
      changes: () => this.#changes,
      choose_files: () => this.#begin(),
      choose_folder: () => this.#begin(),
      use_samples: () => this.#begin(),
      current_upload: () => this.#view(),
      upload_files: ({ request }) => this.#rows(request.section).slice(request.offset, request.offset + request.limit),
      upload_file: ({ number }) => detailOf(this.#files.find((row) => row.number === number)!),
      decide: ({ numbers, decision }) => {
        const refused = this.#files.filter((row) => numbers.includes(row.number) && decision?.kind === 'redact' && !row.redactable).map((row) => row.number);
        if (refused.length === numbers.length && refused.length > 0) throw { code: 'invalidInput', retry: 'never', about: 'decision' } satisfies ApiError;
        const notPossible = this.#files.filter((row) => refused.includes(row.number)).map((row) => row.name);
        const after = { leaveOut: 'leftOut', redact: 'ready', send: 'ready' } as const;
        this.#files = this.#files.map((row) => (numbers.includes(row.number) && !refused.includes(row.number) ? { ...row, decision, state: decision ? after[decision.kind] : hasOdd(row) ? 'needsDecision' : 'ready' } : row));
        return { upload: this.#view()!, notPossible };
      },
      set_destination: ({ template, neutralNames }) => {
        this.#upload = { ...this.#upload!, template, neutralNames, prefix: template.replace('{yyyy}', '2026').replace('{mm}', '11') };
        return this.#view()!;
      },
      resolve_conflicts: ({ numbers, choice }) => {
        const meant = (row: FileRow) => row.state === 'conflict' && (numbers?.includes(row.number) ?? true);
        this.#files = this.#files.map((row) => (meant(row) ? { ...row, state: choice === 'skip' ? 'leftOut' : 'ready', code: null } : row));
        return this.#view()!;
      },
      start_upload: () => {
        if (!this.#settings.block) throw { code: 'bucketNotShut', retry: 'afterAction', about: BUCKET } satisfies ApiError;
        this.#start();
        if (this.#pace > 0) this.#run();
        return this.#view()!;
      },
      pause_upload: () => this.#pause()!,
      resume_upload: () => this.#hold('sending')!,
      cancel_upload: () => this.#hold('cancelled')!,
      discard_upload: () => ((this.#upload = undefined), (this.#app = { ...this.#app, unfinishedUpload: null }), null),
      receipt: () => this.#receipt(),
      receipts: () => [...(this.#upload && this.#upload.state !== 'draft' ? [rowOf(this.#receipt())] : []), ...EARLIER],
      receipt_save: () => true,
      receipt_check: ({ upload }) => checkOf(upload, this.#files, ['conflict', 'storedNotReadBack']),
      receipt_check_stop: () => null,
      scan_bucket: ({ request }) => this.#beginScan(request),
      pause_scan: () => (this.#scan = { ...this.#scan, running: null, unfinishedSince: new Date().toISOString() }),
      cancel_scan: () => (this.#scan = { ...this.#scan, running: null, unfinishedSince: null }),
      scan_not_read: () => ({ reasons: [{ reason: 'INVALID_OBJECT_STATE', objects: 1 }], objects: [{ key: 'inbox/old/archived.txt', reason: 'INVALID_OBJECT_STATE' }] }),
      findings: ({ request }) => {
        const all = this.#findings.filter(
          (finding) =>
            (!request.severity || finding.severity.description === request.severity) &&
            (!request.findingType || finding.type === request.findingType) &&
            (!request.prefix || (finding.resourcesAffected.s3Object?.key ?? '').startsWith(request.prefix)),
        );
        return { total: all.length, types: [...new Set(this.#findings.map((finding) => finding.type))], findings: all.slice(request.offset, request.offset + request.limit), inQuarantine: this.#objects.putAside(all), scan: this.#scan };
      },
      finding: ({ id }) => this.#objects.detail(this.#findings.find((finding) => finding.id === id)!),
      plan_object_fix: ({ request }) => this.#objects.plan(request),
      plan_object_undo: ({ change }) => this.#objects.planUndo(this.#changes.find((each) => each.id === change)!),
      apply_object_plan: ({ planId, consent }) => {
        const { outcome, changes } = this.#objects.apply(planId, consent, this.#changes);
        this.#changes = changes;
        return outcome;
      },
      object_versions: ({ key }) => this.#objects.versions(key),
      download_object: ({ versionId }) => ({ versionId, size: 1100, sha256: '00' }),
      quarantined: () => this.#objects.list(),
      watch_folders: () => this.#watched,
      watch_add: ({ prefix }) => (this.#watched = [...this.#watched, { ...watchFolder(this.#watched.length + 1), prefix, last: null }]),
      watch_switch: ({ number, on }) => (this.#watched = this.#watched.map((each) => (each.number === number ? { ...each, on } : each))),
      watch_remove: ({ number }) => (this.#watched = this.#watched.filter((each) => each.number !== number)),
      held: ({ offset, limit }) => ({ total: this.#held.length, files: this.#held.slice(offset, offset + limit) }),
      held_decide: ({ files, decision }) => {
        const meant = this.#held.filter((row) => files.some((file) => file.upload === row.upload && file.number === row.file.number));
        const refused = meant.filter((row) => (decision.kind === 'redact' && !row.file.redactable) || (decision.kind === 'send' && row.file.refused));
        if (refused.length === meant.length) throw { code: 'invalidInput', retry: 'never', about: 'decision' } satisfies ApiError;
        this.#held = this.#held.filter((row) => !meant.includes(row) || refused.includes(row));
        return { held: { total: this.#held.length, files: this.#held }, notPossible: refused.map((row) => row.file.name) };
      },
      identifiers_list: () => this.#lookedFor.page(),
      identifier_detail: ({ id }) => this.#lookedFor.detail(id),
      identifier_distance: ({ id, distance }) => this.#lookedFor.setDistance(id, distance),
      identifier_switch: ({ id, on }) => this.#lookedFor.switch(id, on),
      custom_save: ({ identifier, replaces }) => this.#lookedFor.save(identifier, replaces),
      custom_delete: ({ name }) => this.#lookedFor.remove(name),
      custom_import: () => this.#lookedFor.importFile(),
      custom_export: ({ names, format }) => this.#lookedFor.exportFile(names, format),
      custom_test: ({ request }) => this.#lookedFor.test(request),
      allow_lists: () => this.#lookedFor.lists(),
      allow_list_save: ({ edit }) => this.#lookedFor.saveList(edit),
      allow_list_import: ({ name }) => this.#lookedFor.saveList({ name, description: null, add: { kind: 'words', words: ['Campbell House', 'Wodonga Medical Centre'] } }),
      allow_list_delete: ({ name }) => this.#lookedFor.removeList(name),
      allow_list_switch: ({ name, on }) => this.#lookedFor.switchList(name, on),
      not_sensitive: ({ said }) => {
        this.#lookedFor.notSensitive();
        this.#files = this.#files.map((row) => {
          if (row.number !== said.number) return row;
          const counts = row.counts.filter((count) => count.identifier !== said.identifier);
          return { ...row, counts, state: hasOdd({ ...row, counts }) ? row.state : 'ready' };
        });
        return this.#view()!;
      },
      rules: () => this.#lookedFor.rules(),
      rules_set: ({ change }) => this.#lookedFor.changeRule(change),
    };
    return (handlers[command] as (args: Record<string, never>) => unknown)(args);
  }

  #state(): AppState {
    const checks = protectionOf(this.#settings, this.#unknown, '').checks.filter((check) => check.verdict === 'fail' || check.verdict === 'unknown');
    return { ...this.#app, badges: { protection: checks.length, findings: this.#findings.length, upload: this.#held.length } };
  }

  #connect(connection: Connection): AppState {
    const others = this.#app.connections.filter((each) => each.name !== connection.name);
    this.#app = { ...this.#app, connection, connections: [...others, connection] };
    return this.#state();
  }

  #begin(): UploadView {
    this.#files = inventFiles(this.#ready);
    this.#upload = {
      id: 'upload-1',
      state: 'draft',
      scanning: false,
      bucket: BUCKET,
      template: SANDBOX.prefix,
      prefix: 'prescriptions/2026/11/',
      chosen: ['Scripts export'],
      keys: this.#files.slice(0, 5).map((row) => row.key),
      neutralNames: false,
      namesInKeys: 1,
      readBack: this.#app.readBack,
      gate: gateOf(this.#settings, this.#unknown),
      sections: [],
      progress: { phase: 'done', filesDone: this.#files.length, filesTotal: this.#files.length, bytesDone: 0, bytesTotal: 0, filesFailed: 0, millisLeft: 2000 },
      error: null,
    };
    return this.#view()!;
  }

  #rows(kind: SectionKind): FileRow[] {
    return this.#files.filter((row) => sectionOf(row) === kind);
  }

  #view(): UploadView | null {
    if (!this.#upload) return null;
    const kinds: SectionKind[] = ['needsDecision', 'unreadable', 'ready', 'leftOut', 'sending', 'problem', 'verified', 'alreadyThere'];
    const sections = kinds.map((kind) => {
      const rows = this.#rows(kind);
      return { kind, files: rows.length, bytes: rows.reduce((sum, row) => sum + row.size, 0) };
    });
    this.#upload = { ...this.#upload, sections, gate: gateOf(this.#settings, this.#unknown) };
    return this.#upload;
  }

  #start() {
    const sent = this.#rows('ready');
    const bytesTotal = sent.reduce((sum, row) => sum + row.size, 0);
    this.#upload = { ...this.#upload!, state: 'sending', progress: { phase: 'sending', filesDone: 0, filesTotal: sent.length, bytesDone: 0, bytesTotal, filesFailed: 0, millisLeft: null } };
  }

  #send(n: number) {
    const now = this.#rows('ready').slice(0, n).map((row) => row.number);
    this.#files = this.#files.map((row) => (now.includes(row.number) ? { ...row, state: 'verified' } : row));
    const { progress } = this.#upload!;
    const done = progress.filesDone + now.length;
    this.#upload = { ...this.#upload!, progress: { ...progress, filesDone: done, bytesDone: done * 1200, millisLeft: (progress.filesTotal - done) * 30 } };
  }

  #run() {
    const step = () => {
      if (this.#upload?.state !== 'sending') return;
      this.#send(7);
      this.#tell({ kind: 'progress', upload: this.#upload.id, progress: this.#upload.progress });
      if (this.#rows('ready').length === 0) this.#finish();
      else setTimeout(step, this.#pace * 2);
    };
    setTimeout(step, this.#pace);
  }

  #finish() {
    this.#files = this.#files.map((row, i) => {
      if (row.state !== 'ready' && row.state !== 'verified') return row;
      if (i === 20) return { ...row, state: 'conflict', code: 'objectExists', replaceable: true };
      if (i === 21) return { ...row, state: 'storedNotReadBack', code: 'storedNotReadBack' };
      return { ...row, state: i % 50 === 49 ? 'alreadyThere' : 'verified' };
    });
    this.#upload = { ...this.#upload!, state: 'done', progress: { ...this.#upload!.progress, phase: 'done' } };
    this.#tell({ kind: 'uploadChanged', upload: this.#upload.id });
  }

  #beginScan(request: ScanRequest): BucketScan {
    this.#scan = { ...this.#scan, request, error: null, unfinishedSince: null, running: runningScan(0) };
    if (this.#pace > 0) this.#runScan();
    return this.#scan;
  }

  #runScan() {
    const step = () => {
      const { running } = this.#scan;
      if (!running) return;
      this.#scan = { ...this.#scan, running: runningScan(running.progress.filesDone + 9) };
      this.#tell({ kind: 'scanProgress', running: this.#scan.running! });
      if (running.progress.filesDone > 400) this.#finishScan();
      else setTimeout(step, this.#pace);
    };
    setTimeout(step, this.#pace);
  }

  #finishScan() {
    const at = new Date().toISOString();
    this.#scan = { ...this.#scan, running: null, last: { at, objects: 412, skipped: 1 }, latest: { at, counts: runningScan(412).counts, whole: true } };
    if (this.#findings.length === 0) this.#findings = inventFindings(1, new Date().toISOString());
    this.#tell({ kind: 'scanChanged' });
  }

  #pause(): UploadView | null {
    if (this.#upload) this.#upload = { ...this.#upload, progress: { ...this.#upload.progress, phase: 'done' } };
    return this.#view();
  }

  #hold(state: UploadView['state']): UploadView | null {
    if (!this.#upload) return null;
    const phase = { held: 'paused', sending: 'sending', cancelled: 'done' }[state as 'held'] as 'paused';
    this.#upload = { ...this.#upload, state, progress: { ...this.#upload.progress, phase } };
    if (state === 'sending' && this.#pace > 0) this.#run();
    return this.#view();
  }

  #plan(checks: CheckId[], undo: number | null): FixPreview {
    const planId = `plan-${this.#plans.size + 1}`;
    const preview = { planId, plan: planOf(checks, undo !== null), undoOf: undo };
    this.#plans.set(planId, { preview, checks, undo });
    return preview;
  }

  #apply(planId: string): Commands['apply_plan']['answer'] {
    const planned = this.#plans.get(planId)!;
    for (const check of planned.checks) {
      const setting = settingOf(check);
      if (setting) this.#settings = { ...this.#settings, [setting]: planned.undo === null };
    }
    const id = this.#changes.length + 1;
    this.#changes = [changeOf(id, planned.checks, new Date().toISOString(), planned.undo), ...this.#changes].map((change) => (change.id === planned.undo ? { ...change, undoneBy: id, undoable: false } : change));
    return { change: id, applied: planned.preview.plan.changes.length, error: null, protection: protectionOf(this.#settings, this.#unknown, new Date().toISOString()) };
  }

  #receipt(): Receipt {
    const upload = this.#view()!;
    const files = (kind: SectionKind) => this.#rows(kind).length;
    return {
      upload,
      createdAt: new Date(Date.now() - 60_000).toISOString(),
      finishedAt: upload.state === 'done' ? new Date().toISOString() : null,
      stored: files('verified') + this.#files.filter((row) => row.state === 'storedNotReadBack').length,
      readBack: upload.readBack === 'whole' ? files('verified') : 0,
      checksumCompared: upload.readBack === 'checksum' ? files('verified') : 0,
      alreadyThere: files('alreadyThere'),
      leftOut: files('leftOut'),
      notSent: files('problem') + files('unreadable') + files('needsDecision'),
      concerns: (['noPrescription', 'twoPatients', 'otherPatient'] as const)
        .map((concern) => ({ concern, files: this.#rows('verified').filter((row) => row.concerns.includes(concern)).length }))
        .filter((total) => total.files > 0),
      bytes: this.#rows('verified').reduce((sum, row) => sum + row.size, 0),
      ...RECEIPT_FACTS,
    };
  }

  #overview(): Overview {
    const gate = gateOf(this.#settings, this.#unknown);
    const stored = this.#app.connection && this.#findings.length > 0;
    return {
      bucket: this.#app.connection?.bucket ?? BUCKET,
      safe: stored ? 412 : 0,
      withUnexpected: stored ? 3 : 0,
      notVerified: 0,
      gate,
      checkedAt: new Date().toISOString(),
      needs: [
        ...(gate.state === 'shut' ? [] : [{ kind: 'bucketOpen' as const, gate }]),
        ...(this.#rows('needsDecision').length > 0 ? [{ kind: 'decisions' as const, upload: 'upload-1', files: 3, identifiers: ['CREDIT_CARD_NUMBER', 'AUSTRALIA_BANK_ACCOUNT', 'AUSTRALIA_TAX_FILE_NUMBER'] }] : []),
        ...(this.#held.length > 0 ? [{ kind: 'held' as const, files: this.#held.length }] : []),
        ...(this.#scan.last || this.#scan.running ? [] : [{ kind: 'notScanned' as const }]),
        { kind: 'checks', failed: this.#settings.block ? 1 : 4, unknown: 1 },
      ],
      kinds: stored
        ? [
            { identifier: 'NAME', files: 412, expected: true },
            { identifier: 'AUSTRALIA_MEDICARE_NUMBER', files: 362, expected: true },
            { identifier: 'DATE_OF_BIRTH', files: 334, expected: true },
            { identifier: 'ADDRESS', files: 300, expected: true },
            { identifier: 'CREDIT_CARD_NUMBER', files: 2, expected: false },
          ]
        : [],
      findings: (['High', 'Medium', 'Low'] as const).map((severity) => ({ severity, count: this.#findings.filter((finding) => finding.severity.description === severity).length })),
      lately: stored
        ? [
            { kind: 'upload', at: new Date(Date.now() - 600_000).toISOString(), upload: 'upload-1', safe: 198, other: 2 },
            { kind: 'change', at: new Date(Date.now() - 900_000).toISOString(), change: 1, actor: 'R. Adams', checks: ['block-public-access'], undo: false, undoable: true },
            { kind: 'upload', at: new Date(Date.now() - 90_000_000).toISOString(), upload: 'upload-0', safe: 214, other: 0 },
          ]
        : [],
      scan: this.#scan,
    };
  }
}

/** A scan that has come so far. */
export const runningScan = (objects: number): RunningScan => ({
  progress: { phase: 'scanning', filesDone: objects, filesTotal: 412, bytesDone: objects * 1100, bytesTotal: 453_200, filesFailed: objects > 0 ? 1 : 0, millisLeft: objects > 0 ? (412 - objects) * 20 : null },
  counts: { read: Math.floor(objects / 4), unchanged: objects - Math.floor(objects / 4) - (objects > 0 ? 1 : 0), leftOut: 0, inQuarantine: objects > 300 ? 2 : 0, notRead: objects > 0 ? 1 : 0, bytes: objects * 1100, detections: objects },
});

const hasOdd = (row: FileRow): boolean =>
  row.counts.some((count) => count.disposition !== 'expected') || row.asking.length > 0;
