/** One fix of an object, from its plan to what came of it, and back. */
import type { ObjectFix } from '../generated/ObjectFix';
import type { ObjectFixRequest } from '../generated/ObjectFixRequest';
import type { ObjectPreview } from '../generated/ObjectPreview';
import type { Host } from '../host/host';
import { Attempt } from './attempt.svelte';

/** What was done with an object. */
export interface ObjectDone {
  fix: ObjectFix;
  change: number;
  /** Whether it took an earlier change back. */
  undone: boolean;
  /** Whether it can be taken back. */
  undoable: boolean;
  /** How many steps were done, where not all were. */
  partly: number | undefined;
}

export class ObjectFixing {
  preview = $state.raw<ObjectPreview | undefined>();
  done = $state.raw<ObjectDone | undefined>();
  readonly attempt = new Attempt<'plan' | 'apply'>();
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Asks what a fix would change. */
  plan(request: ObjectFixRequest): Promise<boolean> {
    return this.#plan(() => this.#host.call('plan_object_fix', { request }));
  }

  /** Asks what taking a change back would change. */
  planUndo(change: number): Promise<boolean> {
    return this.#plan(() => this.#host.call('plan_object_undo', { change }));
  }

  async #plan(ask: () => Promise<ObjectPreview>): Promise<boolean> {
    this.preview = undefined;
    this.preview = await this.attempt.run('plan', ask);
    if (this.preview) this.done = undefined;
    return this.preview !== undefined;
  }

  /** Applies the plan that is shown; `consent` are the words that were typed where it asks for some. */
  async apply(consent: string | null): Promise<boolean> {
    const { preview } = this;
    if (!preview) return false;
    const outcome = await this.attempt.run('apply', () => this.#host.call('apply_object_plan', { planId: preview.planId, consent }));
    // A plan is good once; only words that were typed wrong leave it as it is.
    if (!outcome && this.attempt.error?.code === 'consentNeeded') return false;
    this.preview = undefined;
    if (!outcome) return false;
    const { plan, undoOf } = preview;
    if (outcome.applied > 0) {
      this.done = {
        fix: plan.fix,
        change: outcome.change,
        undone: undoOf !== null,
        undoable: undoOf === null && plan.reversibility !== 'never',
        partly: outcome.error ? outcome.applied : undefined,
      };
    }
    if (outcome.error) this.attempt.error = outcome.error;
    return outcome.applied > 0;
  }

  /** Puts the plan away; nothing is done. */
  close(): void {
    this.preview = undefined;
    this.attempt.error = undefined;
  }
}
