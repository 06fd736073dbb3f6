/** How near a keyword must be to its value, as it is typed. */
import type { DistanceChoice } from '../../generated/DistanceChoice';

/** The number of characters that was typed; nothing where it is none that can be set. */
export function distanceOf(typed: string, { least, most }: DistanceChoice): number | undefined {
  const text = typed.trim();
  const distance = /^[0-9]{1,5}$/.test(text) ? Number(text) : NaN;
  return distance >= least && distance <= most ? distance : undefined;
}
