/** From how many occurrences on a severity holds, each severity said once. */
import type { SeverityFrom } from '../../generated/SeverityFrom';

/** The bands with those left out that change nothing: high from the first, from two and from a hundred is high. */
export const bandsOf = (severity: readonly SeverityFrom[]): SeverityFrom[] =>
  severity.filter((band, i) => i === 0 || band.severity !== severity[i - 1]?.severity);
