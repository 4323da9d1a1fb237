/**
 * Which topics carry an event. Owns 8x8's layout (its streaming connection guide: `event-v1/all`,
 * `event-v1/{eventType}`, `agent-v1/{agentId}`); refuses to own transport.
 */

/** A topic of the tenant, as the last two segments of its address. */
export interface Topic {
  readonly namespace: 'event-v1' | 'agent-v1';
  readonly name: string;
}

/** The topics of one event: everything, its type, and each agent it is for. */
export function topicsOf(event: {
  readonly type: string;
  readonly agentIds: readonly string[];
}): readonly Topic[] {
  return [
    { namespace: 'event-v1', name: 'all' },
    { namespace: 'event-v1', name: event.type },
    ...event.agentIds.map((name) => ({ namespace: 'agent-v1' as const, name })),
  ];
}
