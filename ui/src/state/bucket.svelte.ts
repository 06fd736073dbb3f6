/** The bucket's verdicts, as the lid, the gate and the Protection screen all show them. */
import type { ApiError } from '../generated/ApiError';
import type { ChangeView } from '../generated/ChangeView';
import type { FixOutcome } from '../generated/FixOutcome';
import type { FixPreview } from '../generated/FixPreview';
import type { CheckId } from '../generated/CheckId';
import type { Gate } from '../generated/Gate';
import type { Protection } from '../generated/Protection';
import { asApiError, type Host } from '../host/host';

/** Whether the bucket is shut, and when that was read. */
export interface KnownGate {
  gate: Gate;
  at: string;
}

export class BucketState {
  protection = $state.raw<Protection | undefined>();
  /** The newest that was heard of the gate, from whichever answer. */
  known = $state.raw<KnownGate | undefined>();
  changes = $state.raw<ChangeView[]>([]);
  error = $state.raw<ApiError | undefined>();
  reading = $state(false);
  readonly #host: Host;
  #era = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Reads the verdicts from the bucket. */
  async read(): Promise<void> {
    const era = (this.#era += 1);
    this.reading = true;
    try {
      const [protection, changes] = await Promise.all([
        this.#host.call('protection'),
        this.#host.call('changes'),
      ]);
      if (era !== this.#era) return;
      this.#take(protection);
      this.changes = changes;
    } catch (thrown) {
      if (era === this.#era) this.error = asApiError(thrown);
    } finally {
      if (era === this.#era) this.reading = false;
    }
  }

  /** Asks for the list of changes again: an object was changed. */
  async readChanges(): Promise<void> {
    this.changes = await this.#host.call('changes').catch(() => this.changes);
  }

  /** Takes in what another answer says of the gate, unless something newer is known. */
  hearOf(gate: Gate, at: string): void {
    if (!this.known || Date.parse(this.known.at) < Date.parse(at)) this.known = { gate, at };
  }

  #take(protection: Protection): void {
    this.protection = protection;
    this.known = { gate: protection.gate, at: protection.snapshot.readAt };
    this.error = undefined;
  }

  /** Forgets what was read: another bucket is in use. */
  forget(): void {
    this.#era += 1;
    this.protection = undefined;
    this.known = undefined;
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
    this.#take(outcome.protection);
    await this.readChanges();
    return outcome;
  }

  /** The newest change that put a check right and can be taken back. */
  undoableFor(check: CheckId): ChangeView | undefined {
    return this.changes.find(
      (change) => change.undoable && change.undoOf === null && change.undoneBy === null && change.checks.includes(check),
    );
  }
}
