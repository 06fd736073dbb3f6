/** Whether an upload may be started. */
import type { UploadView } from '../../generated/UploadView';
import type { Words } from '../../words';

/** Why it may not; nothing when it may. The program decides the same again when it is told to start. */
export function whyNot(view: UploadView, because: Words['upload']['footer']['because']): string | undefined {
  const files = (kind: string) => view.sections.find((section) => section.kind === kind)?.files ?? 0;
  if (view.scanning) return because.scanning;
  if (view.gate.state !== 'shut') return because.gate;
  if (files('needsDecision') > 0) return because.decisions;
  if (files('ready') === 0) return because.nothing;
  return undefined;
}
