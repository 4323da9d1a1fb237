/**
 * Where an element goes on that left a stream and comes back. One that only shows rows goes on with the others on the
 * page; one that gets each event (`emit-events`) lacks what they have had, so it reads on from its own place, on a stream
 * of its own. A subscription is one reader, whose place the broker moves for all: there it is said how many it lacks.
 */
import { widgetError, type WidgetError } from '../protocol/errors.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import type { ViewRequest } from '../protocol/views.js';
import type { Stream, Subscription } from './stream.js';

/** Where it was. */
export type OwnPlace = Pick<Stream, 'position' | 'wasOpen'>;

export interface Departure extends OwnPlace {
  /** See {@link Subscription.had}. */
  readonly had: number;
}

/** What comes from now on it has not had, unless it comes back within the grace. */
export function depart(subscription: Subscription): void {
  const { stream, had } = subscription;
  subscription.left ??= { position: stream.position, wasOpen: stream.wasOpen, had };
}

/** `undefined`: it joins the others, if there are any. */
export function ownPlace(
  { start, subscription }: StreamConfig,
  { wantsEvents }: ViewRequest,
  place: OwnPlace | undefined,
): OwnPlace | undefined {
  // `latest` begins at now, each time anew.
  return wantsEvents && subscription === undefined && start.kind !== 'latest' ? place : undefined;
}

/**
 * Keeps count of what an element has been handed; returns what must be said of it.
 *
 * @param events how many it has with this update; `undefined`: the update is not about its view
 */
export function omission(
  subscription: Subscription,
  handed: number,
  events: number | undefined,
): readonly WidgetError[] {
  const { had, request, stream } = subscription;
  const omitted = handed - had - (events ?? 0);
  // A new view begins with the first update that is about it.
  if (events !== undefined || had < Infinity) subscription.had = handed;
  if (omitted <= 0 || !request.wantsEvents || stream.config.subscription === undefined) return [];
  const message = `${omitted} events went to others on this page while this element was away: a subscription brings each once.`;
  return [widgetError('events-omitted', message)];
}
