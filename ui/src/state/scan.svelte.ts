/** The scan of the bucket. It outlives the screens: it goes on while others are shown. */
import type { BucketScan } from '../generated/BucketScan';
import type { RunningScan } from '../generated/RunningScan';
import type { ScanRequest } from '../generated/ScanRequest';
import { WHOLE_BUCKET, type Host } from '../host/host';
import { Attempt } from './attempt.svelte';
import { Rate } from './rate';

type Doing = 'start' | 'pause' | 'cancel';

export class ScanDesk {
  /** How it stands; nothing before an answer has said so. */
  scan = $state.raw<BucketScan | undefined>();
  perSecond = $state<number | undefined>();
  readonly attempt = new Attempt<Doing>();
  readonly #host: Host;
  #rate = new Rate();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Takes in what an answer says of it. */
  take(scan: BucketScan): void {
    this.scan = scan;
  }

  /** Takes its totals in while it runs. */
  progress(running: RunningScan): void {
    this.#rate.add(performance.now(), running.progress.filesDone);
    this.perSecond = this.#rate.perSecond();
    const { scan } = this;
    this.scan = { request: scan?.request ?? WHOLE_BUCKET, last: scan?.last ?? null, latest: scan?.latest ?? null, unfinishedSince: null, error: null, running };
  }

  /** Begins to look into objects of the bucket. */
  start(request: ScanRequest): Promise<void> {
    this.#rate = new Rate();
    this.perSecond = undefined;
    return this.#ask('start', () => this.#host.call('scan_bucket', { request }));
  }

  /** Goes on with the one that was paused or cut off. */
  goOn(): Promise<void> {
    return this.start(this.scan?.request ?? WHOLE_BUCKET);
  }

  /** Holds it still. */
  pause(): Promise<void> {
    return this.#ask('pause', () => this.#host.call('pause_scan'));
  }

  /** Ends it; what was found stays. */
  cancel(): Promise<void> {
    return this.#ask('cancel', () => this.#host.call('cancel_scan'));
  }

  /** Forgets it: another bucket is in use. */
  forget(): void {
    this.scan = undefined;
    this.perSecond = undefined;
    this.attempt.error = undefined;
  }

  async #ask(name: Doing, work: () => Promise<BucketScan>): Promise<void> {
    const scan = await this.attempt.run(name, work);
    if (scan) this.take(scan);
  }
}
