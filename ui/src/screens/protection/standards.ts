/** The controls that a check answers, as short as they can be said. */

/** Controls of one standard together, its name once: `FSBP S3.2, S3.3`, and `HIPAA 164.312(a)(1)` apart from it. */
export function byStandard(controls: readonly string[]): { standard: string; controls: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const control of controls) {
    const [standard = '', ...number] = control.split(' ');
    groups.set(standard, [...(groups.get(standard) ?? []), number.join(' ')]);
  }
  return [...groups].map(([standard, numbers]) => ({ standard, controls: numbers }));
}
