/** One stream with everything around it under a test's hand: the page, the socket, the clock and what was saved. */
import type { HostAnswer } from '../../../src/protocol/connection-status.js';
import type { Credential } from '../../../src/protocol/credential.js';
import type { WorkerToPage } from '../../../src/protocol/messages.js';
import type { ConsumerParameters, StartRule, StreamConfig } from '../../../src/protocol/stream-config.js';
import { formatMessageId } from '../../../src/worker/message-id.js';
import type { PositionStore } from '../../../src/worker/position-store.js';
import { Stream } from '../../../src/worker/stream.js';
import { memoryPositions, type SavedPositions } from './memory-positions.js';
import { RecordingModel } from './recording-model.js';
import { settle, virtualPlatform, type FakeSocket, type VirtualPlatform } from './virtual-platform.js';

export const CANARY = 'eght_canary';

type Update = Extract<WorkerToPage, { kind: 'update' }>;

/** The text of a message id. */
export const text = (ledger: number, entry: number): string =>
  formatMessageId({ ledger, entry, partition: -1, batchIndex: -1 });

export interface Page {
  readonly stream: Stream;
  readonly platform: VirtualPlatform;
  readonly model: RecordingModel;
  readonly posted: WorkerToPage[];
  readonly saved: SavedPositions;
  socket(): FakeSocket;
  /** @param publishedAt ms; default: now */
  deliver(ledger: number, entry: number, payload?: string, publishedAt?: number): void;
  updates(): readonly Update[];
  gaps(): readonly string[];
}

export interface Opening {
  readonly start?: StartRule;
  readonly saved?: SavedPositions;
  readonly handover?: string;
  /** An earlier worker of the page has read it. */
  readonly wasOpen?: boolean;
  readonly store?: () => Promise<PositionStore>;
  /** Of a subscription `s`; without them the stream is a reader. */
  readonly parameters?: ConsumerParameters;
  readonly credential?: Credential;
  readonly share?: 'off';
  readonly probeHost?: () => Promise<HostAnswer>;
  readonly chance?: () => number;
}

export async function opened({
  start = { kind: 'resume' },
  saved = { last: undefined, index: [] },
  handover,
  wasOpen = false,
  store,
  parameters,
  credential = { apiKey: CANARY },
  share,
  probeHost = () => Promise.resolve('unknown'),
  chance = () => 0.5,
}: Opening = {}): Promise<Page> {
  const posted: WorkerToPage[] = [];
  const platform = virtualPlatform({
    store: store ?? (() => Promise.resolve(memoryPositions(saved))),
    probeHost,
    chance,
  });
  const config: StreamConfig = {
    endpoint: 'wss://relay.example/ws/v2',
    tenant: 'acme',
    namespace: 'agent-v1',
    topic: 'a1',
    start,
    subscription: parameters && { name: 's', parameters },
    ...(share && { share }),
  };
  const model = new RecordingModel();
  const stream = new Stream(7, config, credential, platform, (message) => posted.push(message), model);
  void stream.open(parameters ? undefined : platform.openStore(), { handover, wasOpen });
  await settle();
  const socket = (): FakeSocket => {
    const newest = platform.sockets.at(-1);
    if (newest === undefined) throw new Error('nothing was dialed');
    return newest;
  };
  const updates = (): readonly Update[] => posted.filter((message) => message.kind === 'update');
  return {
    stream,
    platform,
    model,
    posted,
    saved,
    socket,
    updates,
    gaps: () => updates().flatMap(({ gaps }) => gaps.map(({ kind }) => kind)),
    deliver: (ledger, entry, payload = 'e30=', publishedAt = platform.now()) => {
      const publishTime = new Date(publishedAt).toISOString();
      socket().deliver(
        JSON.stringify({ messageId: text(ledger, entry), payload, properties: {}, publishTime }),
      );
    },
  };
}

/** Lets time pass while the page draws each update in 2 ms. */
export async function draw(page: Page, ms: number): Promise<void> {
  const until = page.platform.clock.now + ms;
  for (let seen = 0; page.platform.clock.now < until;) {
    await page.platform.clock.advance(Math.min(10, until - page.platform.clock.now));
    const { length } = page.updates();
    if (length > seen) page.stream.consumed(2);
    seen = length;
  }
}

/**
 * Until the dial after this one, for as long as a back-off may last: a dial that is refused is refused at once.
 *
 * @param last the socket before anything was done to it
 */
export async function untilDialed(page: Page, last: FakeSocket): Promise<void> {
  const until = page.platform.clock.now + 31_000;
  while (page.socket() === last && page.platform.clock.now < until) await draw(page, 10);
}
