/** One thing at a time that may fail: what is going on, and what went wrong with the last. */
import type { ApiError } from '../generated/ApiError';
import { asApiError } from '../host/host';

export class Attempt<Name extends string = string> {
  /** What is being done. */
  doing = $state<Name | undefined>();
  /** Why the last one failed. */
  error = $state.raw<ApiError | undefined>();

  /**
   * Does it, unless something else is being done; what went wrong is kept in `error`. A person's own stopping is no error.
   * Answers with nothing when it was not done or failed.
   */
  async run<T>(name: Name, work: () => Promise<T>): Promise<T | undefined> {
    if (this.doing !== undefined) return undefined;
    this.doing = name;
    this.error = undefined;
    try {
      return await work();
    } catch (thrown) {
      const error = asApiError(thrown);
      if (error.code !== 'cancelled') this.error = error;
      return undefined;
    } finally {
      this.doing = undefined;
    }
  }
}
