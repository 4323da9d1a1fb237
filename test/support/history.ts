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

/** Settles with the number of the one ledger that is left. */
export function untilTrimmed(topic: Topic): Promise<number> {
  return until('the closed ledgers to be trimmed', async () => {
    await admin(topic, 'POST', '/trim');
    const text = await admin(topic, 'GET', '/internalStats');
    const { ledgers } = JSON.parse(text) as { ledgers: readonly { readonly ledgerId: number }[] };
    return ledgers.length === 1 && ledgers[0]?.ledgerId;
  });
}

/** What is published from now on is kept again, over further rolls too. */
export async function keep(topic: Topic): Promise<void> {
  await admin(topic, 'POST', '/retention', { retentionTimeInMinutes: 1440, retentionSizeInMB: 512 });
}

/** Under whoever is connected to it. */
export async function recreate(topic: Topic): Promise<void> {
  await admin(topic, 'DELETE', '?force=true');
  await admin(topic, 'PUT', '');
}
