/**
 * What the page may ask of the program and what it may hear from it. Everything that needs either takes a `Host`, so that
 * the whole page also runs over the invented one (`fake.ts`) in a browser and in tests.
 */
import type { AllowListEdit } from '../generated/AllowListEdit';
import type { AllowListRow } from '../generated/AllowListRow';
import type { ApiError } from '../generated/ApiError';
import type { AppState } from '../generated/AppState';
import type { Appearance } from '../generated/Appearance';
import type { BucketScan } from '../generated/BucketScan';
import type { ChangeView } from '../generated/ChangeView';
import type { CheckId } from '../generated/CheckId';
import type { CustomIdentifier } from '../generated/CustomIdentifier';
import type { Decided } from '../generated/Decided';
import type { Decision } from '../generated/Decision';
import type { Downloaded } from '../generated/Downloaded';
import type { ExportFormat } from '../generated/ExportFormat';
import type { Exported } from '../generated/Exported';
import type { FileDetail } from '../generated/FileDetail';
import type { FileRow } from '../generated/FileRow';
import type { FilesRequest } from '../generated/FilesRequest';
import type { FindingDetail } from '../generated/FindingDetail';
import type { FindingsPage } from '../generated/FindingsPage';
import type { FindingsRequest } from '../generated/FindingsRequest';
import type { FixOutcome } from '../generated/FixOutcome';
import type { FixPreview } from '../generated/FixPreview';
import type { HeldChoice } from '../generated/HeldChoice';
import type { HeldDecided } from '../generated/HeldDecided';
import type { HeldPage } from '../generated/HeldPage';
import type { IdentifierDetail } from '../generated/IdentifierDetail';
import type { IdentifierId } from '../generated/IdentifierId';
import type { IdentifierInfo } from '../generated/IdentifierInfo';
import type { IdentifierRow } from '../generated/IdentifierRow';
import type { IdentifiersPage } from '../generated/IdentifiersPage';
import type { NewConnection } from '../generated/NewConnection';
import type { NotReadList } from '../generated/NotReadList';
import type { NotSensitive } from '../generated/NotSensitive';
import type { Notice } from '../generated/Notice';
import type { ObjectFixRequest } from '../generated/ObjectFixRequest';
import type { ObjectOutcome } from '../generated/ObjectOutcome';
import type { ObjectPreview } from '../generated/ObjectPreview';
import type { OnConflict } from '../generated/OnConflict';
import type { Overview } from '../generated/Overview';
import type { ProfileChoice } from '../generated/ProfileChoice';
import type { Protection } from '../generated/Protection';
import type { QuarantinedObject } from '../generated/QuarantinedObject';
import type { ReadBack } from '../generated/ReadBack';
import type { Receipt } from '../generated/Receipt';
import type { ReceiptChecked } from '../generated/ReceiptChecked';
import type { ReceiptForm } from '../generated/ReceiptForm';
import type { ReceiptRow } from '../generated/ReceiptRow';
import type { RuleChange } from '../generated/RuleChange';
import type { RulesView } from '../generated/RulesView';
import type { ScanRequest } from '../generated/ScanRequest';
import type { TestRequest } from '../generated/TestRequest';
import type { Tested } from '../generated/Tested';
import type { UploadView } from '../generated/UploadView';
import type { VersionView } from '../generated/VersionView';
import type { WatchView } from '../generated/WatchView';

type Nothing = Record<string, never>;

/** Each command with its arguments and its answer. */
export interface Commands {
  app_state: { args: Nothing; answer: AppState };
  identifiers: { args: Nothing; answer: IdentifierInfo[] };
  list_profiles: { args: Nothing; answer: ProfileChoice[] };
  try_sandbox: { args: Nothing; answer: AppState };
  save_connection: { args: { connection: NewConnection }; answer: AppState };
  select_connection: { args: { name: string }; answer: AppState };
  remove_connection: { args: { name: string }; answer: AppState };
  set_appearance: { args: { appearance: Appearance }; answer: AppState };
  set_read_back: { args: { readBack: ReadBack }; answer: AppState };
  overview: { args: Nothing; answer: Overview };
  protection: { args: Nothing; answer: Protection };
  plan_fix: { args: { checks: CheckId[] }; answer: FixPreview };
  plan_undo: { args: { change: number }; answer: FixPreview };
  apply_plan: { args: { planId: string }; answer: FixOutcome };
  changes: { args: Nothing; answer: ChangeView[] };
  choose_files: { args: Nothing; answer: UploadView | null };
  choose_folder: { args: Nothing; answer: UploadView | null };
  use_samples: { args: Nothing; answer: UploadView };
  current_upload: { args: Nothing; answer: UploadView | null };
  upload_files: { args: { request: FilesRequest }; answer: FileRow[] };
  upload_file: { args: { upload: string; number: number }; answer: FileDetail };
  decide: { args: { upload: string; numbers: number[]; decision: Decision | null }; answer: Decided };
  set_destination: { args: { upload: string; template: string; neutralNames: boolean }; answer: UploadView };
  resolve_conflicts: { args: { upload: string; numbers: number[] | null; choice: OnConflict }; answer: UploadView };
  start_upload: { args: { upload: string }; answer: UploadView };
  pause_upload: { args: { upload: string }; answer: UploadView };
  resume_upload: { args: { upload: string }; answer: UploadView };
  signed_in: { args: Nothing; answer: null };
  cancel_upload: { args: { upload: string }; answer: UploadView };
  discard_upload: { args: { upload: string }; answer: UploadView | null };
  receipt: { args: { upload: string }; answer: Receipt };
  receipts: { args: Nothing; answer: ReceiptRow[] };
  receipt_save: { args: { upload: string; form: ReceiptForm; names: boolean }; answer: boolean };
  receipt_check: { args: { upload: string }; answer: ReceiptChecked };
  receipt_check_stop: { args: { upload: string }; answer: null };
  scan_bucket: { args: { request: ScanRequest }; answer: BucketScan };
  pause_scan: { args: Nothing; answer: BucketScan };
  scan_not_read: { args: Nothing; answer: NotReadList };
  cancel_scan: { args: Nothing; answer: BucketScan };
  findings: { args: { request: FindingsRequest }; answer: FindingsPage };
  finding: { args: { id: string }; answer: FindingDetail };
  plan_object_fix: { args: { request: ObjectFixRequest }; answer: ObjectPreview };
  plan_object_undo: { args: { change: number }; answer: ObjectPreview };
  apply_object_plan: { args: { planId: string; consent: string | null }; answer: ObjectOutcome };
  object_versions: { args: { key: string }; answer: VersionView[] };
  download_object: { args: { key: string; versionId: string | null }; answer: Downloaded | null };
  quarantined: { args: Nothing; answer: QuarantinedObject[] };
  identifiers_list: { args: Nothing; answer: IdentifiersPage };
  identifier_detail: { args: { id: IdentifierId }; answer: IdentifierDetail };
  identifier_distance: { args: { id: IdentifierId; distance: number | null }; answer: IdentifierDetail };
  identifier_switch: { args: { id: IdentifierId; on: boolean }; answer: IdentifierRow };
  custom_save: { args: { identifier: CustomIdentifier; replaces: string | null }; answer: IdentifierRow };
  custom_delete: { args: { name: string }; answer: IdentifierRow[] };
  custom_import: { args: Nothing; answer: IdentifierRow[] | null };
  custom_export: { args: { names: string[]; format: ExportFormat }; answer: Exported | null };
  custom_test: { args: { request: TestRequest }; answer: Tested };
  allow_lists: { args: Nothing; answer: AllowListRow[] };
  allow_list_save: { args: { edit: AllowListEdit }; answer: AllowListRow[] };
  allow_list_import: { args: { name: string }; answer: AllowListRow[] | null };
  allow_list_delete: { args: { name: string }; answer: AllowListRow[] };
  allow_list_switch: { args: { name: string; on: boolean }; answer: AllowListRow[] };
  not_sensitive: { args: { said: NotSensitive }; answer: UploadView };
  rules: { args: Nothing; answer: RulesView };
  rules_set: { args: { change: RuleChange }; answer: RulesView };
  watch_folders: { args: Nothing; answer: WatchView[] };
  watch_add: { args: { prefix: string }; answer: WatchView[] | null };
  watch_switch: { args: { number: number; on: boolean }; answer: WatchView[] };
  watch_remove: { args: { number: number }; answer: WatchView[] };
  held: { args: { offset: number; limit: number }; answer: HeldPage };
  held_decide: { args: { files: HeldChoice[]; decision: Decision }; answer: HeldDecided };
}

/** Every object that is new or changed since it was read. */
export const WHOLE_BUCKET: ScanRequest = {
  all: false,
  prefix: '',
  include: [],
  exclude: [],
  extensions: [],
  minSize: null,
  maxSize: null,
  modifiedSince: null,
  modifiedBefore: null,
};

/** The name of a command. */
export type CommandName = keyof Commands;

/** What a command is called with; nothing where it takes nothing. */
export type Arguments<C extends CommandName> = Commands[C]['args'] extends Nothing ? [] : [Commands[C]['args']];

/** Each event with what it carries. */
export interface Events {
  /** A word that something is new. */
  notice: Notice;
  /** Whether files are being dragged over the window. */
  drag: boolean;
}

/** Ends listening. */
export type Unlisten = () => void;

/** The program behind the page. */
export interface Host {
  /** Asks for something. Rejects with an {@link ApiError} and with nothing else. */
  call<C extends CommandName>(command: C, ...args: Arguments<C>): Promise<Commands[C]['answer']>;
  /** Calls `heard` for each event until the answer is called. */
  on<E extends keyof Events>(event: E, heard: (what: Events[E]) => void): Promise<Unlisten>;
}

/** What a rejection says, whatever was thrown: anything that is not an error of the program is a defect of it. */
export function asApiError(thrown: unknown): ApiError {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string') {
    return thrown as ApiError;
  }
  return { code: 'internal', retry: 'never', about: null };
}
