/**
 * When an event happened. 8x8 sends three clocks: `msgInfo.timestamp` (ms), `interactionEventTS` (whole seconds), and
 * the envelope's publish time. `eventTS` is none of them: it repeats the time at which the interaction entered its
 * queue on every event (8x8 field reference, "Choosing a timestamp").
 */
import { fieldsOf, readNumber, type Fields } from './fields.js';

/** 1 January 2000: before Contact Center existed, so an earlier time is a wrong unit or a missing value read as 0. */
const EARLIEST_TIME = 946_684_800_000;

/** Clocks of two services differ by seconds; a time more than a day ahead is a wrong unit. */
const LATEST_AFTER_PUBLISH_MS = 86_400_000;

const SECOND_MS = 1_000;

/** ms since the epoch; the publish time when the payload names no plausible time. */
export function eventTime(fields: Fields, publishTime: number): number {
  return (
    plausible(readNumber(fieldsOf(fields['msgInfo'])['timestamp']), publishTime) ??
    readSeconds(fields['interactionEventTS'], publishTime) ??
    safePublishTime(publishTime)
  );
}

/** A field in seconds since the epoch, as ms. */
export function readSeconds(value: unknown, publishTime: number): number | undefined {
  const seconds = readNumber(value);
  return seconds === undefined ? undefined : plausible(seconds * SECOND_MS, publishTime);
}

function plausible(time: number | undefined, publishTime: number): number | undefined {
  if (time === undefined || time < EARLIEST_TIME) return undefined;
  return time <= safePublishTime(publishTime) + LATEST_AFTER_PUBLISH_MS ? time : undefined;
}

function safePublishTime(publishTime: number): number {
  return Number.isFinite(publishTime) ? publishTime : 0;
}
