/** Times after which nothing more is waited for. All in ms, by event time. */
import type { Media } from '../protocol/stream-event.js';
import type { PhaseName } from '../protocol/views.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long an interaction that left its queue waits for the event that says where it went. */
export const LEAVING_MS = 10_000;

/** Nobody waits on a phone for two hours; a chat may be picked up the next day, an email within two weeks. */
const WAIT_LIMITS: Readonly<Record<Media, number>> = {
  phone: 2 * HOUR_MS,
  video: 2 * HOUR_MS,
  chat: DAY_MS,
  sms: DAY_MS,
  email: 14 * DAY_MS,
};

/** Longer than any shift: a conversation whose end was lost. */
const TALK_LIMIT_MS = 12 * HOUR_MS;

export function waitLimitMs(media: Media | undefined): number {
  return WAIT_LIMITS[media ?? 'phone'];
}

/** How long an open interaction may be silent before its end must have been lost. */
export function staleAfterMs(media: Media | undefined, phase: PhaseName | undefined): number {
  const wait = waitLimitMs(media);
  return phase === 'wait' || phase === 'ring' ? wait : Math.max(wait, TALK_LIMIT_MS);
}
