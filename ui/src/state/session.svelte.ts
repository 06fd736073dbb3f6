/** What the whole window shares: the program behind it, what it said first, which screen is shown, what is read out. */
import { getContext, setContext, untrack } from 'svelte';
import type { AppState } from '../generated/AppState';
import type { CheckId } from '../generated/CheckId';
import type { Notice } from '../generated/Notice';
import type { Host } from '../host/host';
import { BucketState } from './bucket.svelte';
import { ScanDesk } from './scan.svelte';
import { UploadDesk } from './upload.svelte';

export type Screen = 'overview' | 'upload' | 'protection' | 'findings' | 'rules' | 'identifiers' | 'settings';

/** What to open on the screen that is gone to. */
export interface Aim {
  /** A check whose fix is to be shown. */
  check?: CheckId;
  /** A change whose undoing is to be shown. */
  undo?: number;
  /** An upload whose receipt is to be shown. */
  receipt?: string;
  /** Whether what is held is to be shown. */
  held?: true;
  /** Whether the scan of the bucket is to be begun. */
  scan?: true;
}

export class Session {
  readonly host: Host;
  readonly bucket: BucketState;
  readonly upload: UploadDesk;
  readonly scan: ScanDesk;
  app = $state.raw() as AppState;
  screen = $state<Screen>('overview');
  aim = $state.raw<Aim>({});
  /** Grows whenever figures that were fetched may be old. */
  revision = $state(0);
  /** Grows with each going to a screen, the same one included. */
  visits = $state(0);
  /** Whether files are being dragged over the window. */
  dragging = $state(false);
  /** What a screen reader says next. */
  spoken = $state('');
  #names = $state.raw(new Map<string, string>());

  constructor(host: Host, app: AppState) {
    this.host = host;
    this.app = app;
    this.bucket = new BucketState(host);
    this.upload = new UploadDesk(host);
    this.scan = new ScanDesk(host);
  }

  /** Listens to the program and asks for what every screen needs. */
  async begin(): Promise<void> {
    await Promise.all([
      this.host.on('notice', (notice) => void this.#hear(notice)),
      this.host.on('drag', (over) => (this.dragging = over)),
    ]);
    await this.readNames();
    if (this.app.connection) await this.#readAll();
  }

  /** Asks for the names of all identifiers: the practice's own may be others. */
  async readNames(): Promise<void> {
    const known = await this.host.call('identifiers').catch(() => undefined);
    if (known) this.#names = new Map(known.map((identifier) => [identifier.id, identifier.name]));
  }

  /** An identifier's name for people. */
  nameOf(identifier: string): string {
    return this.#names.get(identifier) ?? readable(identifier);
  }

  go(screen: Screen, aim: Aim = {}): void {
    this.aim = aim;
    this.screen = screen;
    this.visits += 1;
  }

  /** Reads something out, once. */
  say(text: string): void {
    // The same words twice are read out twice only if they differ.
    this.spoken = untrack(() => this.spoken) === text ? `${text}\u00a0` : text;
  }

  /** Takes over what the program says of itself. */
  async adopt(app: AppState): Promise<void> {
    const moved = app.connection?.name !== this.app.connection?.name || app.connection?.bucket !== this.app.connection?.bucket;
    this.app = { ...app, unfinishedUpload: this.#left(app) };
    if (!moved) return;
    this.app = { ...app, unfinishedUpload: null };
    this.bucket.forget();
    this.upload.putAway();
    this.scan.forget();
    this.revision += 1;
    if (app.connection) await this.#readAll();
  }

  /** Asks for the numbers on the rail again. */
  async refresh(): Promise<void> {
    this.revision += 1;
    await this.#count();
  }

  async #count(): Promise<void> {
    const app = await this.host.call('app_state').catch(() => undefined);
    if (app) this.app = { ...app, unfinishedUpload: this.#left(app) };
  }

  /** What an earlier run left is asked about once; what this run has begun is not left by anybody. */
  #left(app: AppState): AppState['unfinishedUpload'] {
    return this.app.unfinishedUpload?.id === app.unfinishedUpload?.id ? (app.unfinishedUpload ?? null) : null;
  }

  async #readAll(): Promise<void> {
    await Promise.all([this.bucket.read(), this.upload.refresh()]);
    // What the first reading found is among the numbers.
    await this.#count();
  }

  async #hear(notice: Notice): Promise<void> {
    if (notice.kind === 'protectionChanged') {
      await this.bucket.read();
      await this.refresh();
      return;
    }
    if (notice.kind === 'scanProgress') {
      this.scan.progress(notice.running);
      return;
    }
    if (notice.kind === 'scanChanged' || notice.kind === 'watchChanged') {
      await this.refresh();
      return;
    }
    const before = this.upload.view?.state;
    const dropped = await this.upload.hear(notice);
    if (dropped && this.screen !== 'upload') this.go('upload');
    // An upload that came to an end has changed every figure.
    if (before !== this.upload.view?.state) await this.refresh();
  }
}

/** An id made readable, for one that has no name: `NZ_NHI` as `Nz nhi`. */
function readable(identifier: string): string {
  const text = identifier.replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const KEY = Symbol('session');

/** Hands the session to every component below. */
export const provideSession = (session: Session): Session => setContext(KEY, session);

/** The session of the window. */
export const useSession = (): Session => getContext<Session>(KEY);
