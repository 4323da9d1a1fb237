/**
 * Who works here: agents, queues and reason codes of the simulated tenant. Owns stable ids, so that a page or a
 * test can name them in advance; refuses to own anything that changes while the simulation runs.
 */

/** The media a queue serves. `chat` includes SMS, as 8x8's `mediaType` does (Field Reference, Media Type Normalization). */
export type Media = 'phone' | 'chat';

/** One agent. */
export interface Agent {
  /** The `ag…` id that names the topic `agent-v1/{id}`. */
  readonly id: string;
  readonly name: string;
  /** The last part of the agent GUID `{tenant}-{id}-{uuid}`. */
  readonly uuid: string;
  /** The agent's own extension, a JSON number on the wire. */
  readonly phone: number;
  /** Ids of the queues the agent serves. */
  readonly queueIds: readonly number[];
}

/** One queue. */
export interface Queue {
  readonly id: number;
  readonly name: string;
  readonly media: Media;
  readonly uuid: string;
  /** The number dialled, or the chat channel. */
  readonly channel: number | string;
  readonly channelName: string;
  /** Mean time between arrivals at speed 1. */
  readonly meanArrivalGapMs: number;
  /** How long the queue keeps an interaction before `InteractionQueueTimeout`. */
  readonly maxWaitMs: number;
  /** The queue that takes over after that; without one the system ends the interaction. */
  readonly overflowsTo: number | undefined;
}

/** The agents, the first one serving calls and chats alike. Ids have 8x8's form: `ag` and 22 characters of URL-safe base64. */
export const agents: readonly Agent[] = [
  {
    id: 'agAglVJkg0TU28dok9y9UQKg',
    name: 'Maya Okafor',
    uuid: 'e46672cd-660c-46f5-b8f0-856eaf18f65c',
    phone: 40375,
    queueIds: [591, 733, 1162],
  },
  {
    id: 'agQ7mXcR2_T0yv5bK1nLdE8w',
    name: 'Tom Lindqvist',
    uuid: '1f0c4d1e-93aa-4a0b-8a37-5d1b2c7e9f10',
    phone: 40376,
    queueIds: [591, 1162],
  },
  {
    id: 'agK3pVtY9aSbWm6uHzRj4XoQ',
    name: 'Priya Raman',
    uuid: '8b2f6a77-0d4e-4c55-9b1d-6e3f8a2c4d20',
    phone: 40377,
    queueIds: [1162, 591],
  },
  {
    id: 'agF8__rEw2LkSdJ5nGqTy1Ug',
    name: 'Kofi Mensah',
    uuid: 'c7d9e1f3-2b4a-4d6c-8e0f-1a3b5c7d9e30',
    phone: 40378,
    queueIds: [733, 591],
  },
  {
    id: 'agZ0hNbC7xMvQe4iPfLs9KtA',
    name: 'Zoë Marchetti',
    uuid: '3a5c7e91-b2d4-4f60-a8c0-e2f4061829b4',
    phone: 40379,
    queueIds: [733, 1162],
  },
  {
    id: 'agT6wUyD1jRgVa3oXbIm8ZcQ',
    name: 'Jorge Ibáñez',
    uuid: '5e7092b4-d6f8-4a1b-8c3d-5e7f90a1b2c5',
    phone: 40380,
    queueIds: [591, 1162],
  },
];

/** The queues: two for calls, one for chats. */
export const queues: readonly Queue[] = [
  {
    id: 591,
    name: 'Customer Service',
    media: 'phone',
    uuid: '0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5',
    channel: 442079460591,
    channelName: 'Main line',
    meanArrivalGapMs: 62_000,
    maxWaitMs: 240_000,
    overflowsTo: undefined,
  },
  {
    id: 1162,
    name: 'Billing',
    media: 'phone',
    uuid: 'b1e3e2f2-b01a-4a03-ba3d-f30859414d97',
    channel: 442079461162,
    channelName: 'Billing line',
    meanArrivalGapMs: 105_000,
    maxWaitMs: 90_000,
    overflowsTo: 591,
  },
  {
    id: 733,
    name: 'Web chat',
    media: 'chat',
    uuid: 'd2f4a6c8-e0b2-4d4f-96a8-bacedf012346',
    channel: 'ch-at.channel1',
    channelName: 'Website',
    meanArrivalGapMs: 80_000,
    maxWaitMs: 180_000,
    overflowsTo: undefined,
  },
];

/** Reasons for a break, in the `listId=itemId` form of `newReasonCodeUser`. The stream never carries the text. */
export const breakReasons: readonly string[] = ['800=1701', '800=1702', '800=1705'];

/** Reasons for working offline. `801=1722` is the pair of 8x8's own sample; `800=1705` and `801=1705` share an item id. */
export const offlineReasons: readonly string[] = ['801=1722', '801=1723', '801=1705'];

/** The text a host would configure for the codes above. */
export const reasonCodes: Readonly<Record<string, string>> = {
  '800=1701': 'Lunch',
  '800=1702': 'Coffee',
  '800=1705': 'Personal',
  '801=1722': 'Meeting',
  '801=1723': 'Training',
  '801=1705': 'Case work',
};

/** The queue with this id. Throws for an unknown id, which would be a mistake in the roster. */
export function queueById(id: number): Queue {
  const queue = queues.find((candidate) => candidate.id === id);
  if (queue === undefined) throw new RangeError(`No queue ${id} in the roster`);
  return queue;
}
