/** The upload in hand, from choosing to the receipt. It outlives the Upload screen: the work goes on while others are shown. */
import type { Decision } from '../generated/Decision';
import type { FileRow } from '../generated/FileRow';
import type { IdentifierId } from '../generated/IdentifierId';
import type { Notice } from '../generated/Notice';
import type { OnConflict } from '../generated/OnConflict';
import type { Progress } from '../generated/Progress';
import type { SectionKind } from '../generated/SectionKind';
import type { UploadView } from '../generated/UploadView';
import type { Host } from '../host/host';
import { Attempt } from './attempt.svelte';
import { Rate } from './rate';

export type Step = 'choose' | 'review' | 'receipt';

type Doing = 'choose' | 'decide' | 'notSensitive' | 'destination' | 'resolve' | 'start' | 'pause' | 'resume' | 'cancel' | 'signedIn' | 'discard' | 'refresh';

/** Totals come ten times a second; the groups of the files are asked for at most this often while they do. */
const REFRESH_EVERY = 3000;

export class UploadDesk {
  view = $state.raw<UploadView | undefined>();
  /** Grows whenever rows that were fetched may be old. */
  revision = $state(0);
  /** Whether a draft's sources and destination are shown rather than its files. */
  choosing = $state(false);
  perSecond = $state<number | undefined>();
  readonly attempt = new Attempt<Doing>();
  readonly #host: Host;
  #rate = new Rate();
  #refreshing: Promise<void> | undefined;
  #again = false;
  #refreshedAt = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  get step(): Step {
    if (!this.view) return 'choose';
    if (this.view.state !== 'draft') return 'receipt';
    return this.choosing ? 'choose' : 'review';
  }

  /** Whether files are on their way at this moment, rather than held, paused or through. */
  get running(): boolean {
    return this.view?.state === 'sending' && this.view.progress.phase !== 'done' && this.view.progress.phase !== 'paused';
  }

  /** Whether nothing more will happen to it. */
  get over(): boolean {
    return this.view?.state === 'done' || this.view?.state === 'cancelled';
  }

  /** How many files a group has. */
  files(kind: SectionKind): number {
    return this.view?.sections.find((section) => section.kind === kind)?.files ?? 0;
  }

  /** Asks for the upload that there is; answers when what is shown is no older than this call. */
  refresh(): Promise<void> {
    if (this.#refreshing) this.#again = true;
    else this.#refreshing = this.#ask();
    return this.#refreshing;
  }

  async #ask(): Promise<void> {
    this.#refreshedAt = performance.now();
    try {
      do {
        this.#again = false;
        const view = await this.#host.call('current_upload');
        if (view && this.#isOurs(view)) this.#take(view);
      } while (this.#again);
    } catch {
      // The next notice asks again; until then what is shown stays.
    } finally {
      this.#refreshing = undefined;
    }
  }

  /** Takes a word from the program in. Answers whether what was dropped has come, or was refused: then it is to be shown. */
  async hear(notice: Notice): Promise<boolean> {
    if (notice.kind === 'progress') {
      this.#progress(notice.upload, notice.progress);
      return false;
    }
    if (notice.kind === 'refused') {
      this.attempt.error = notice.error;
      return true;
    }
    if (notice.kind !== 'uploadChanged') return false;
    const known = this.view?.id;
    await this.refresh();
    return known !== notice.upload && this.view?.id === notice.upload && this.view.state === 'draft';
  }

  #progress(upload: string, progress: Progress): void {
    if (this.view?.id !== upload) return;
    this.#rate.add(performance.now(), progress.filesDone);
    this.perSecond = this.#rate.perSecond();
    this.view = { ...this.view, progress };
    if (performance.now() - this.#refreshedAt > REFRESH_EVERY) void this.refresh();
  }

  /** The program names the last upload where there is none in hand; that one is for its receipt alone. */
  #isOurs(view: UploadView): boolean {
    return view.id === this.view?.id || (view.state !== 'done' && view.state !== 'cancelled');
  }

  #take(view: UploadView): void {
    if (view.id !== this.view?.id) {
      this.#rate = new Rate();
      this.perSecond = undefined;
    }
    this.view = view;
    this.revision += 1;
  }

  /** Lets the person choose, and goes on to the review. */
  async choose(from: 'choose_files' | 'choose_folder' | 'use_samples', template: string): Promise<boolean> {
    const before = this.view?.id;
    const view = await this.attempt.run('choose', async () => {
      const chosen = await this.#host.call(from);
      // What was typed before there was anything to send holds for it.
      const moved = chosen && chosen.id !== before && template !== '' && template !== chosen.template;
      return moved
        ? this.#host.call('set_destination', { upload: chosen.id, template, neutralNames: chosen.neutralNames })
        : chosen;
    });
    if (!view) return false;
    this.#take(view);
    this.choosing = false;
    return true;
  }

  /** Decides on files; answers with the names of those on which that can't be decided, and nothing where it failed. */
  async decide(numbers: number[], decision: Decision | null): Promise<string[] | undefined> {
    let notPossible: string[] = [];
    const done = await this.#change('decide', async (upload) => {
      const decided = await this.#host.call('decide', { upload, numbers, decision });
      notPossible = decided.notPossible;
      return decided.upload;
    });
    return done ? notPossible : undefined;
  }

  /** Says of one detection in a file that it is not sensitive, here and ever after. */
  notSensitive(number: number, detection: number, identifier: IdentifierId): Promise<boolean> {
    return this.#change('notSensitive', (upload) => this.#host.call('not_sensitive', { said: { upload, number, detection, identifier } }));
  }

  setDestination(template: string, neutralNames: boolean): Promise<boolean> {
    return this.#change('destination', (upload) => this.#host.call('set_destination', { upload, template, neutralNames }));
  }

  /** Says what holds for every file under whose key something else lies; the next attempt does it. */
  /** Says what becomes of files in whose place something lies: of these, or of all. */
  resolveConflicts(choice: OnConflict, numbers: number[] | null): Promise<boolean> {
    return this.#change('resolve', (upload) => this.#host.call('resolve_conflicts', { upload, numbers, choice }));
  }

  start(): Promise<boolean> {
    return this.#change('start', (upload) => this.#host.call('start_upload', { upload }));
  }

  pause(): Promise<boolean> {
    return this.#change('pause', (upload) => this.#host.call('pause_upload', { upload }));
  }

  resume(): Promise<boolean> {
    return this.#change('resume', (upload) => this.#host.call('resume_upload', { upload }));
  }

  /** Says that somebody signed in again, so that the upload that waits for it looks again. */
  async signedIn(): Promise<void> {
    await this.attempt.run('signedIn', () => this.#host.call('signed_in'));
  }

  cancel(): Promise<boolean> {
    return this.#change('cancel', (upload) => this.#host.call('cancel_upload', { upload }));
  }

  /** Gives a draft up; nothing of it was sent. */
  async discard(): Promise<boolean> {
    const upload = this.view?.id;
    if (upload === undefined) return false;
    const done = await this.attempt.run('discard', async () => {
      await this.#host.call('discard_upload', { upload });
      return true;
    });
    if (done) this.putAway();
    return done ?? false;
  }

  /** Lays the upload aside, so that another can be begun. */
  putAway(): void {
    this.view = undefined;
    this.choosing = false;
    this.perSecond = undefined;
    this.attempt.error = undefined;
  }

  /** Fetches the numbers of those files of a group for which `which` holds, for a decision on all of them. */
  async numbers(section: SectionKind, which: (row: FileRow) => boolean): Promise<number[]> {
    const upload = this.view?.id;
    const numbers: number[] = [];
    if (upload === undefined) return numbers;
    for (let offset = 0; ; offset += 200) {
      const rows = await this.#host.call('upload_files', { request: { upload, section, offset, limit: 200 } });
      numbers.push(...rows.filter(which).map((row) => row.number));
      if (rows.length < 200) return numbers;
    }
  }

  async #change(name: Doing, work: (upload: string) => Promise<UploadView>): Promise<boolean> {
    const upload = this.view?.id;
    if (upload === undefined) return false;
    const view = await this.attempt.run(name, () => work(upload));
    if (view) this.#take(view);
    // A refusal may have changed what is shown, the gate above all.
    else if (this.attempt.error) await this.refresh();
    return view !== undefined;
  }
}
