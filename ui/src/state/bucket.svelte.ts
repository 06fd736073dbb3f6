/** The bucket's verdicts, as the lid, the gate and the Protection screen all show them. */
import type { ApiError } from '../generated/ApiError';
import type { ChangeView } from '../generated/ChangeView';
import type { FixOutcome } from '../generated/FixOutcome';
import type { FixPreview } from '../generated/FixPreview';
import type { CheckId } from '../generated/CheckId';
import type { Protection } from '../generated/Protection';
import { asApiError, type Host } from '../host/host';

/** The program says that the bucket was read also to who asked for it, within so many milliseconds. */
const ECHO = 2000;

export class BucketState {
  protection = $state.raw<Protection | undefined>();
  changes = $state.raw<ChangeView[]>([]);
  error = $state.raw<ApiError | undefined>();
  reading = $state(false);
  readonly #host: Host;
  #era = 0;
  #knownAt = -Infinity;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Reads the verdicts: anew from the bucket, or as they were read last. */
  async read(fresh: boolean): Promise<void> {
    const era = (this.#era += 1);
    this.reading = true;
    try {
      const [protection, changes] = await Promise.all([
        this.#host.call('protection', { fresh }),
        this.#host.call('changes'),
      ]);
      if (era !== this.#era) return;
      this.protection = protection;
      this.changes = changes;
      this.error = undefined;
      this.#knownAt = performance.now();
    } catch (thrown) {
      if (era === this.#era) this.error = asApiError(thrown);
    } finally {
      if (era === this.#era) this.reading = false;
    }
  }

  /** Takes a word in that the bucket was read again: it may be the echo of a reading that was asked for here. */
  async hear(): Promise<void> {
    if (this.reading || performance.now() - this.#knownAt < ECHO) return;
    await this.read(false);
  }

  /** Forgets what was read: another bucket is in use. */
  forget(): void {
    this.#era += 1;
    this.protection = undefined;
    this.changes = [];
    this.error = undefined;
    this.reading = false;
  }

  planFix(checks: CheckId[]): Promise<FixPreview> {
    return this.#host.call('plan_fix', { checks });
  }

  planUndo(change: number): Promise<FixPreview> {
    return this.#host.call('plan_undo', { change });
  }

  /** Applies a plan and takes over the verdicts after it. */
  async apply(planId: string): Promise<FixOutcome> {
    const outcome = await this.#host.call('apply_plan', { planId });
    this.#era += 1;
    this.reading = false;
    this.#knownAt = performance.now();
    this.protection = outcome.protection;
    this.error = undefined;
    this.changes = await this.#host.call('changes').catch(() => this.changes);
    return outcome;
  }

  /** The newest change that put a check right and can be taken back. */
  undoableFor(check: CheckId): ChangeView | undefined {
    return this.changes.find(
      (change) => change.undoable && change.undoOf === null && change.undoneBy === null && change.checks.includes(check),
    );
  }
}
