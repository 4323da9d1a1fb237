/** What an operator does to a topic's history, through the admin API: the same on the stand-in and a real broker. */
import type { Topic } from './service-client.js';
import { until } from './wait.js';

const admin = (topic: Topic, method: string, rest: string, body?: unknown): Promise<string> =>
  topic.service.admin(method, `persistent/${topic.path}${rest}`, body);

/** Rolls the ledger. */
export async function unload(topic: Topic): Promise<void> {
  await admin(topic, 'PUT', '/unload');
}

/** Rolls the ledger and lets the closed ones go, which takes effect a moment after the broker has answered. */
export async function trim(topic: Topic): Promise<void> {
  await unload(topic);
  await admin(topic, 'POST', '/retention', { retentionTimeInMinutes: 0, retentionSizeInMB: 0 });
}

export async function untilTrimmed(topic: Topic): Promise<void> {
  await until('the closed ledgers to be trimmed', async () => {
    await admin(topic, 'POST', '/trim');
    const { ledgers } = JSON.parse(await admin(topic, 'GET', '/internalStats')) as { ledgers: unknown[] };
    return ledgers.length === 1;
  });
}

/** Under whoever is connected to it. */
export async function recreate(topic: Topic): Promise<void> {
  await admin(topic, 'DELETE', '?force=true');
  await admin(topic, 'PUT', '');
}
