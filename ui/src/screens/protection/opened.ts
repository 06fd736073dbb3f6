/** What is open on the Protection screen: a fix, all of them, an undoing, or what to ask for. */
import type { CheckId } from '../../generated/CheckId';
import type { FixPreview } from '../../generated/FixPreview';

export interface Opened {
  what: { fix?: CheckId; all?: true; undo?: number; ask?: CheckId };
  /** The plan that was made for it. */
  preview?: FixPreview;
}
