/** How the window looks: as the desktop wishes, or as the person does. */
import type { Appearance } from '../generated/Appearance';

/** Marks the page, so that the tokens of the wanted look hold; without a mark the desktop decides. */
export function applyAppearance(appearance: Appearance, root: HTMLElement = document.documentElement): void {
  if (appearance === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = appearance;
}
