/** Which program is behind the page: Tauri's, and in a plain browser during development an invented one. */
import type { Host } from './host';

export * from './host';

/** The program behind this page. */
export async function openHost(): Promise<Host> {
  // The condition is a constant when the page is built, so that nothing of the invented host is in what is shipped.
  if (import.meta.env.DEV && !('__TAURI_INTERNALS__' in window)) {
    const { createFakeHost } = await import('./fake/index');
    return createFakeHost(new URLSearchParams(location.search));
  }
  const { tauriHost } = await import('./tauri');
  return tauriHost;
}
