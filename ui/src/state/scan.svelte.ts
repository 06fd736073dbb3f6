/** The scan of the whole bucket. It outlives the screens: it goes on while others are shown. */
import type { BucketScan } from '../generated/BucketScan';
import type { Progress } from '../generated/Progress';
import type { Host } from '../host/host';
import { Attempt } from './attempt.svelte';

export class ScanDesk {
  /** How it stands; nothing before an answer has said so. */
  scan = $state.raw<BucketScan | undefined>();
  readonly attempt = new Attempt<'start' | 'cancel'>();
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Takes in what an answer says of it. */
  take(scan: BucketScan): void {
    this.scan = scan;
  }

  /** Takes its totals in while it runs. */
  progress(running: Progress): void {
    this.scan = { last: this.scan?.last ?? null, error: null, running };
  }

  /** Begins to look into every object of the bucket. */
  start(): Promise<void> {
    return this.#ask('start', 'scan_bucket');
  }

  /** Ends it; what was found stays. */
  cancel(): Promise<void> {
    return this.#ask('cancel', 'cancel_scan');
  }

  /** Forgets it: another bucket is in use. */
  forget(): void {
    this.scan = undefined;
    this.attempt.error = undefined;
  }

  async #ask(name: 'start' | 'cancel', command: 'scan_bucket' | 'cancel_scan'): Promise<void> {
    const scan = await this.attempt.run(name, () => this.#host.call(command));
    if (scan) this.take(scan);
  }
}
