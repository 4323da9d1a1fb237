/**
 * Hands what is new of a stream to its subscribers and measures what that cost the page. The worker sends the next
 * update only after this one is on screen, so this is where a busy page slows the worker down. Owns the fan-out; an
 * exception of one subscriber stays with it and becomes the stream's last error.
 */
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { WidgetError } from '../protocol/errors.js';
import type { WorkerToPage } from '../protocol/messages.js';
import { fenced } from './fence.js';
import type { PageTime } from './page-time.js';
import { NOTHING_NEW, type Stream, type Subscription, type SubscriberUpdate } from './stream.js';

/** An element of the host's making may never finish rendering; the stream must go on for the others. */
const RENDER_LIMIT_MS = 1000;

export type UpdateMessage = Extract<WorkerToPage, { kind: 'update' }>;

export interface DeliveryTools {
  readonly time: PageTime;
  /** Resolves after the next frame with its main-thread time. */
  readonly nextFrame: () => Promise<number>;
}

/** What the worker says. */
export function deliverUpdate(stream: Stream, message: UpdateMessage): void {
  const { connection, lastMessageAt, clockSkewMs, gaps, errors } = message;
  stream.state = { connection, lastMessageAt, clockSkewMs };
  stream.lastError = errors.at(-1) ?? stream.lastError;
  // With the delivery, not with the paint: what the host page was told of must not come to it again.
  stream.position = message.position ?? stream.position;
  const views = new Map(message.views.map((update) => [update.view, update]));
  tell(stream, ({ view }) => {
    const update = views.get(view);
    return {
      ...stream.state,
      view: update?.data,
      notices: update?.notices ?? [],
      events: update?.events ?? [],
      gaps,
      errors,
    };
  });
}

/** What the page itself knows of, while there is no worker to say so. */
export function deliverState(
  stream: Stream,
  connection: ConnectionStatus,
  error: WidgetError | undefined,
): void {
  stream.state = { ...stream.state, connection };
  stream.lastError = error ?? stream.lastError;
  const errors = error === undefined ? [] : [error];
  tell(stream, () => ({ ...NOTHING_NEW, ...stream.state, errors }));
}

function tell(stream: Stream, updateFor: (subscription: Subscription) => SubscriberUpdate): void {
  for (const subscription of [...stream.subscriptions.values()]) {
    fenced(
      'an update',
      () => subscription.subscriber.onUpdate(updateFor(subscription)),
      (error) => {
        stream.lastError = error;
      },
    );
  }
}

/** Resolves once all is rendered and painted, with the main-thread ms since `startedAt`. Never rejects. */
export async function whenPainted(stream: Stream, startedAt: number, tools: DeliveryTools): Promise<number> {
  const { time, nextFrame } = tools;
  await limited(Promise.allSettled([...stream.subscriptions.values()].map(rendered)), time);
  const scriptMs = time.monotonic() - startedAt;
  return scriptMs + (await nextFrame());
}

/** Async, so that a subscriber that throws is a rejection like any other. */
async function rendered({ subscriber }: Subscription): Promise<void> {
  await subscriber.whenRendered();
}

function limited(work: Promise<unknown>, time: PageTime): Promise<void> {
  return new Promise((resolve) => {
    const timer = time.setTimeout(resolve, RENDER_LIMIT_MS);
    void work.then(() => {
      time.clearTimeout(timer);
      resolve();
    });
  });
}
