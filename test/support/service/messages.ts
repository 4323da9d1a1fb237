/** Owns the messages that contract tests publish, and the barriers that show an absence. */
import { randomBytes } from 'node:crypto';
import type { MessageIdFields } from './message-id.js';
import { decodeMessageId } from './message-id.js';
import type { ServiceUnderTest } from './service.js';
import { WAIT_MS } from './socket.js';
import type { Subscriber } from './subscriber.js';
import { setTimeout as delay } from 'node:timers/promises';

/** `"from"`, `"from+1"`, ... as payloads. */
export function numbered(count: number, from = 0): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}

/** Publishes numbered messages one by one and settles with their ids. */
export async function publishNumbered(
  service: ServiceUnderTest,
  topic: string,
  count: number,
  from = 0,
): Promise<readonly string[]> {
  const publisher = await service.publisher(topic);
  const ids = await publisher.publish(numbered(count, from));
  await publisher.close();
  return ids;
}

/**
 * Publishes numbered messages in batches of exactly `size` (`count` must be a multiple) and settles with their
 * ids. A full batch is sent at once; the delay is far longer than filling one takes.
 */
export async function publishBatches(
  service: ServiceUnderTest,
  topic: string,
  count: number,
  size: number,
): Promise<readonly string[]> {
  const publisher = await service.publisher(topic, {
    batchingEnabled: true,
    batchingMaxMessages: size,
    batchingMaxPublishDelay: 5000,
  });
  const ids = await publisher.publish(numbered(count));
  await publisher.close();
  return ids;
}

/**
 * A barrier against "nothing more came": a message published now travels to a witness on the same topic, and
 * the service answers the subscriber's own question after that. What was on its way to the subscriber before
 * has come by then.
 */
export async function passBarrier(
  service: ServiceUnderTest,
  topic: string,
  subscriber: Subscriber,
): Promise<void> {
  const witness = await service.reader(topic);
  const publisher = await service.publisher(topic);
  const marker = `barrier ${randomBytes(4).toString('hex')}`;
  await publisher.publish([marker]);
  await witness.waitForText(marker);
  await subscriber.askEndOfTopic();
  await Promise.all([witness.close(), publisher.close()]);
}

/** Fields of the n-th id; throws when there is none. */
export function fieldsAt(ids: readonly string[], index: number): MessageIdFields {
  return decodeMessageId(at(ids, index));
}

/** The n-th element, counted from the end when negative; throws when there is none. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list.at(index);
  if (value === undefined) throw new Error(`There is no element ${index} of ${list.length}.`);
  return value;
}

/** Asks until the answer is yes. Rejects with `what` after WAIT_MS. */
export async function eventually(what: string, isMet: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (!(await isMet())) {
    if (Date.now() > deadline) throw new Error(`Waited ${WAIT_MS} ms in vain for ${what}.`);
    await delay(50);
  }
}
