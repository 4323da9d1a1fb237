/**
 * A call centre that publishes what happens in it. Owns the pace: past events at once, then each one when its time
 * has come. Refuses to own decisions (simulate) and transport (publisher), so it works against any Pulsar.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { checkedService } from './producer-address.js';
import { Publisher } from './publisher.js';
import { agents, queues } from './roster.js';
import { checkSeedAndSpeed, simulate, type SimulatedEvent } from './simulate.js';
import { topicsOf } from './topics.js';

export type { JsonObject, JsonValue } from './json.js';
export { reasonCodes } from './roster.js';
export { simulate, type SimulatedEvent, type SimulateOptions } from './simulate.js';
export { topicsOf, type Topic } from './topics.js';

/** What a running simulation needs. */
export interface SimulationOptions {
  /** For example `ws://127.0.0.1:8080/ws/v2`. */
  readonly webSocketBase: string;
  readonly tenant: string;
  /** Sent as `x-api-key`; told to nobody else. */
  readonly key?: string | undefined;
  readonly seed: number;
  /** How many times shorter every duration is; above 0, at most 1000. Times in events stay real. */
  readonly speed: number;
  /** Minutes of past events to publish first. Default 45, at most 1440. Their number grows with speed. */
  readonly warmUpMinutes?: number;
  /** Told once for each outage, in one sentence. Default: silence; the simulation recovers by itself. */
  readonly onTrouble?: (sentence: string) => void;
}

/** A name a page can show. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A running simulation. */
export interface Simulation {
  /** The first one always has something to do. */
  readonly agents: readonly Named[];
  readonly queues: readonly Named[];
  /** Ends it: no timer and no socket stays. Events not yet confirmed by the service are given up. */
  stop(): Promise<void>;
}

const DEFAULT_WARM_UP_MINUTES = 45;

/** Publishes each event at its time, the overdue ones at once. Calls `onCaughtUp` before the first one that is not overdue. */
async function pace(
  events: Iterable<SimulatedEvent>,
  publisher: Publisher,
  signal: AbortSignal,
  onCaughtUp: () => void,
): Promise<void> {
  for (const event of events) {
    if (event.at > Date.now()) {
      onCaughtUp();
      try {
        await sleep(Math.max(0, event.at - Date.now()), undefined, { signal });
      } catch (error) {
        if (error instanceof Error && error.name === 'AbortError') return;
        throw error;
      }
    }
    await publisher.room();
    if (signal.aborted) return;
    publisher.publish(topicsOf(event), JSON.stringify(event.payload));
  }
}

/**
 * Starts a simulation. Resolves once the past is published and confirmed and the present runs. Rejects with a
 * TypeError or RangeError for wrong options, and with an Error when the service refuses the key or does not answer within 15 s.
 */
export async function startSimulation(options: SimulationOptions): Promise<Simulation> {
  const { seed, speed, warmUpMinutes = DEFAULT_WARM_UP_MINUTES, onTrouble = () => undefined } = options;
  const service = checkedService(options);
  checkSeedAndSpeed({ seed, speed });
  if (!(warmUpMinutes >= 0 && warmUpMinutes <= 1440)) {
    throw new RangeError('warmUpMinutes must be between 0 and 1440');
  }
  const publisher = new Publisher(service, onTrouble);
  const stopping = new AbortController();
  try {
    await publisher.connect();
    const liveFrom = Date.now();
    const from = liveFrom - Math.round(warmUpMinutes * 60_000);
    const events = simulate({ seed, speed, from, until: Infinity, tenant: service.tenant, liveFrom });
    const { promise: caughtUp, resolve: onCaughtUp } = withResolvers();
    const running = pace(events, publisher, stopping.signal, onCaughtUp);
    await Promise.race([caughtUp.then(() => publisher.confirmed()), running]);
    return {
      agents: agents.map(({ id, name }) => ({ id, name })),
      queues: queues.map(({ id, name }) => ({ id: String(id), name })),
      stop: async () => {
        stopping.abort();
        await publisher.stop();
        await running;
      },
    };
  } catch (error) {
    stopping.abort();
    await publisher.stop();
    throw error;
  }
}

/** `Promise.withResolvers` came with Node 22; this runs on 20. */
function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
