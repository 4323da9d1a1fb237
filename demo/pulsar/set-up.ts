/** Owns what a fresh broker needs before the demo can publish: the tenant, its two namespaces and their retention. */
import { DEMO_RETENTION } from './admin.js';
import type { PulsarAdmin } from './admin.js';

/** Namespaces of the 8x8 Event Streaming service: topics by agent, and topics by event type. */
export const EVENT_NAMESPACES = ['agent-v1', 'event-v1'] as const;

/** Creates tenant, namespaces and retention. Safe to repeat. */
export async function setUpTenant(admin: PulsarAdmin, tenant: string): Promise<void> {
  await admin.createTenant(tenant);
  for (const name of EVENT_NAMESPACES) {
    await admin.createNamespace(`${tenant}/${name}`);
    await admin.setRetention(`${tenant}/${name}`, DEMO_RETENTION);
  }
}
