/**
 * Hands what is new of a stream to its subscribers and measures what that cost the page. The worker sends the next
 * update only after this one is on screen, so this is where a busy page slows the worker down. Owns the fan-out; an
 * exception of one subscriber stays with it and becomes the stream's last error.
 */
import type { WorkerToPage } from '../protocol/messages.js';
import { omission } from './departure.js';
import { fenced } from './fence.js';
import type { PageTime } from './page-time.js';
import type { Stream, StreamState } from './stream.js';

/** An element of the host's making may never finish rendering; the stream must go on for the others. */
const RENDER_LIMIT_MS = 1000;

export type UpdateMessage = Extract<WorkerToPage, { kind: 'update' }>;

export interface DeliveryTools {
  readonly time: PageTime;
  /** Resolves after the next frame with its main-thread time. */
  readonly nextFrame: () => Promise<number>;
}

/**
 * The stream's new state, and what is new beside it; `views` are told to those who show them, the rest to all.
 *
 * @param handed what {@link Stream.handed} is with this
 */
export function deliver(
  stream: Stream,
  state: StreamState,
  { views, gaps, errors }: Pick<UpdateMessage, 'views' | 'gaps' | 'errors'>,
  handed = stream.handed,
): void {
  stream.state = state;
  stream.lastError = errors.at(-1) ?? stream.lastError;
  const updates = new Map(views.map((update) => [update.view, update]));
  for (const subscription of [...stream.subscriptions.values()]) {
    const { data, notices = [], events = [] } = updates.get(subscription.view) ?? {};
    const omitted = omission(subscription, handed, data && events.length);
    const news = { view: data, notices, events, gaps, errors: [...errors, ...omitted] };
    fenced(
      'an update',
      () => subscription.subscriber.onUpdate({ ...state, ...news }),
      (error) => {
        stream.lastError = error;
      },
    );
  }
}

/** Resolves once all is rendered and painted, with the main-thread ms since `startedAt`. Never rejects. */
export async function whenPainted(
  stream: Stream,
  startedAt: number,
  { time, nextFrame }: DeliveryTools,
): Promise<number> {
  await new Promise<void>((resolve) => {
    const callOff = time.after(RENDER_LIMIT_MS, resolve);
    const renderings = [...stream.subscriptions.values()].map(async ({ subscriber }) => {
      try {
        await subscriber.whenRendered();
      } catch {
        // One that fails must not hold up the others.
      }
    });
    // `allSettled` is missing from the Promise that older polyfills put in the place of the browser's.
    void Promise.all(renderings).then(() => {
      callOff();
      resolve();
    });
  });
  const scriptMs = time.monotonic() - startedAt;
  // A host page may have replaced what frames are measured with: the stream must go on.
  return scriptMs + (await nextFrame().catch(() => 0));
}
