/**
 * What happens to the page, as the worker needs to know it: timers and sockets behave differently in a page that is
 * hidden, frozen, cached for Back, or without network. Owns the listeners, one set per page; decides nothing.
 */
import type { LifecycleEvent } from '../protocol/messages.js';

/** What is listened to; arguments, so that a test can send events without touching the runner's own page. */
export interface LifecycleSource {
  readonly window: EventTarget;
  readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState };
  readonly navigator: { readonly onLine: boolean };
}

export const pageLifecycleSource = (): LifecycleSource => ({ window, document, navigator });

/** Calls back until the returned function is called. */
export function observeLifecycle(
  source: LifecycleSource,
  onEvent: (event: LifecycleEvent, isPersisted: boolean) => void,
): () => void {
  const { window, document } = source;
  const onVisibility = (): void => {
    onEvent(document.visibilityState === 'hidden' ? 'hidden' : 'visible', false);
  };
  const forward = (event: Event): void => {
    onEvent(event.type as LifecycleEvent, 'persisted' in event && event.persisted === true);
  };
  const abort = new AbortController();
  const { signal } = abort;
  document.addEventListener('visibilitychange', onVisibility, { signal });
  // Chromium only; others freeze without a word.
  document.addEventListener('freeze', forward, { signal });
  document.addEventListener('resume', forward, { signal });
  for (const type of ['pagehide', 'pageshow', 'online', 'offline'] satisfies readonly LifecycleEvent[]) {
    window.addEventListener(type, forward, { signal });
  }
  return () => abort.abort();
}

/** What somebody who begins to listen has missed, where the page is not simply visible and online. */
export function presentLifecycle(source: LifecycleSource): readonly LifecycleEvent[] {
  const events: LifecycleEvent[] = [];
  if (source.document.visibilityState === 'hidden') events.push('hidden');
  if (!source.navigator.onLine) events.push('offline');
  return events;
}
