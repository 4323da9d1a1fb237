/** What may happen to the network and the service while the soak publishes: one fault at a time, back to health after it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../demo/server/simulation/random.js';
import type { Ending, Greeting } from '../support/faults/proxy/command.js';
import type { Soak } from './soak.js';

export interface Fault {
  readonly name: string;
  /** How often, relative to the others. */
  readonly weight: number;
  /** Needs the stand-in's own door. */
  readonly isStandInOnly?: boolean;
  readonly strike: (soak: Soak, random: Random) => Promise<void>;
}

const ENDINGS: readonly Ending[] = ['fin', 'reset', 'half-open'];
/** Bytes that are no frame end the connection, everything else is an error. */
const SPOILINGS = ['bad-base64', 'not-json', 'broken-json', 'no-message-id', 'raw-bytes'] as const;
const CLOSE_CODES = [1000, 1001, 1006, 1011, 1012, 1013, 4401] as const;
const REFUSALS = [401, 403, 429, 500, 503] as const;

export const NETWORK_FAULTS: readonly Fault[] = [
  ...ENDINGS.map((ending): Fault => ({
    name: `every socket: ${ending}`,
    weight: ending === 'half-open' ? 1 : 3,
    strike: ({ proxy }) => proxy.perform({ fault: 'end', ending, connection: undefined }),
  })),
  {
    name: 'a socket is cut after some frames',
    weight: 4,
    strike: async ({ proxy }, random) => {
      const after = { unit: random.chance(0.7) ? 'frames' : 'bytes', count: random.whole(1, 300) } as const;
      const ending = random.pick(ENDINGS);
      await proxy.perform({ fault: 'cut', ending, after, isTorn: random.chance(0.5) });
      await sleep(random.between(1_000, 5_000));
    },
  },
  ...SPOILINGS.map((how): Fault => ({
    name: `messages are spoilt: ${how}`,
    weight: 1,
    strike: async (soak, random) => {
      await soak.proxy.perform({ fault: 'corrupt', how, count: random.whole(1, 5) });
      await sleep(random.between(500, 4_000));
    },
  })),
  {
    name: 'messages come again',
    weight: 3,
    strike: ({ proxy }, random) =>
      proxy.perform({ fault: 'replay', when: 'now', count: random.whole(1, 300) }),
  },
  {
    name: 'messages come again after a reset',
    weight: 2,
    strike: (soak, random) => {
      const count = random.whole(1, 100);
      // A page tells what comes again from another topic's only while its worker remembers it.
      return soak.whileAllHaveJustHad(count, async () => {
        await soak.proxy.perform({ fault: 'replay', when: 'at-dial', count });
        await soak.proxy.perform({ fault: 'end', ending: 'reset', connection: undefined });
        await sleep(random.between(1_000, 4_000));
      });
    },
  },
  {
    name: 'a slow network',
    weight: 2,
    strike: async ({ proxy }, random) => {
      const bytesPerSecond = random.pick([2_000, 20_000, 200_000]);
      await proxy.perform({ fault: 'slow', delayMs: random.between(0, 2_000), bytesPerSecond });
      await sleep(random.between(2_000, 10_000));
    },
  },
  ...(['refuse', 'unreachable', 'hang'] as const).map((kind: Greeting['kind']): Fault => ({
    name: `dials: ${kind}`,
    weight: kind === 'hang' ? 1 : 2,
    strike: async ({ proxy }, random) => {
      await proxy.perform({ fault: 'greet', greeting: { kind }, count: Infinity });
      await proxy.perform({ fault: 'end', ending: 'reset', connection: undefined });
      await sleep(random.between(500, 12_000));
    },
  })),
  {
    name: 'the service closes with a code',
    weight: 3,
    isStandInOnly: true,
    strike: (soak, random) => {
      const code = random.pick(CLOSE_CODES);
      return soak.door({ fault: 'drop', kind: 'reader', ...(code === 1006 ? {} : { code }) });
    },
  },
  {
    name: 'the service refuses',
    weight: 2,
    isStandInOnly: true,
    strike: async (soak, random) => {
      await soak.door({
        fault: 'refuse',
        kind: 'reader',
        status: random.pick(REFUSALS),
        forMs: random.whole(500, 8_000),
      });
      await soak.door({ fault: 'drop', kind: 'reader' });
      await sleep(random.between(500, 8_000));
    },
  },
  {
    name: 'the service says nothing',
    weight: 1,
    isStandInOnly: true,
    strike: async (soak, random) => {
      const forMs = random.whole(1_000, 20_000);
      await soak.door({ fault: 'stall', kind: 'reader', forMs });
      await sleep(forMs);
    },
  },
  {
    name: 'the service is killed and started',
    weight: 1,
    strike: (soak) => soak.whileNothingIsPublished(() => soak.service.restart()),
  },
  {
    name: 'the topic is unloaded',
    weight: 2,
    strike: (soak) => soak.whileNothingIsPublished(() => soak.service.admin.unload(soak.topic)),
  },
  {
    name: 'history is trimmed while all are away',
    weight: 1,
    strike: (soak) => soak.whileAllAreAway(() => soak.trim()),
  },
  {
    name: 'the topic is deleted and made anew while all are away',
    weight: 1,
    strike: (soak) => soak.whileAllAreAway(() => soak.recreate()),
  },
];
