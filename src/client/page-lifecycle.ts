/**
 * What happens to the page, as the worker needs to know it: timers and sockets behave differently in a page that is
 * hidden, frozen, cached for Back, or without network. Owns the listeners, one set per page; decides nothing.
 */
import type { LifecycleEvent } from '../protocol/messages.js';

/** What is listened to: a window. An argument, so that a test can send events without touching the runner's own page. */
export interface LifecycleSource {
  readonly window: EventTarget;
  readonly document: {
    readonly visibilityState: DocumentVisibilityState;
    /** Chromium's: rendered before anybody asked for it. */
    readonly prerendering?: boolean;
  };
  readonly navigator: { readonly onLine: boolean };
}

/** The document's. */
const SEEN_OR_NOT = ['visibilitychange', 'prerenderingchange'];

/** `freeze` and `resume` are Chromium's and the document's, others freeze without a word. */
const EVENTS = [...SEEN_OR_NOT, 'freeze', 'resume', 'pagehide', 'pageshow', 'online', 'offline'];

/** Calls back until the returned function is called. */
export function observeLifecycle(
  { window, document }: LifecycleSource,
  onEvent: (event: LifecycleEvent) => void,
): () => void {
  const abort = new AbortController();
  const own: readonly unknown[] = [window, document];
  for (const name of EVENTS) {
    window.addEventListener(
      name,
      ({ target, type }) => {
        // A grid's own `freeze`, a player's `resume`: what is sent to an element of the host page passes by here too.
        if (!own.includes(target)) return;
        onEvent(SEEN_OR_NOT.includes(type) ? document.visibilityState : (type as LifecycleEvent));
      },
      // On its way down, so that the document's are heard here too.
      { signal: abort.signal, capture: true },
    );
  }
  return () => abort.abort();
}

/** What somebody who begins to listen has missed, where the page is not simply visible and online. */
export function presentLifecycle({ document, navigator }: LifecycleSource): readonly LifecycleEvent[] {
  const events: LifecycleEvent[] = [];
  if (document.visibilityState === 'hidden') events.push('hidden');
  if (!navigator.onLine) events.push('offline');
  return events;
}
