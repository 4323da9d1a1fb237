/**
 * The promise of a subscription, over random schedules: each message that is published reaches the screen of some life
 * of the page, within one life at most once, and is answered in the end. The service is a model of a subscription that
 * delivers again what was not answered: after a loss, out of order, and whenever another consumer had it for a while.
 */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { randomCases } from '../support/random-cases.js';
import type { ConsumerParameters } from '../../src/protocol/stream-config.js';
import { Stream } from '../../src/worker/stream.js';
import { RecordingModel } from './support/recording-model.js';
import { text } from './support/stream-page.js';
import { seededChance, virtualPlatform, VirtualClock, type FakeSocket } from './support/virtual-platform.js';

const WINDOW = 10;

type Act = {
  readonly kind:
    'publish' | 'drop' | 'reload' | 'crash' | 'hang' | 'freeze' | 'cache' | 'elsewhere' | 'forget' | 'wait';
};

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    'publish',
    'publish',
    'wait',
    'wait',
    'drop',
    'reload',
    'crash',
    'hang',
    'freeze',
    'cache',
    'elsewhere',
    'forget',
  ),
});

/** A message of the subscription and what the broker knows of it. */
interface Message {
  readonly id: string;
  readonly publishTime: string;
  readonly isBroken: boolean;
  state: 'waiting' | 'out' | 'elsewhere' | 'answered';
  deliveries: number;
}

class ModelSubscription {
  readonly messages: Message[] = [];
  readonly #clock: VirtualClock;
  #socket: FakeSocket | undefined;
  #unanswered = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  publish(isBroken: boolean): void {
    const id = text(3, this.messages.length);
    const publishTime = new Date(this.#clock.now).toISOString();
    this.messages.push({ id, publishTime, isBroken, state: 'waiting', deliveries: 0 });
    this.pump();
  }

  connect(socket: FakeSocket): void {
    this.#clock.setTimer(() => {
      if (!socket.isHeld) return;
      this.drop();
      this.#socket = socket;
      socket.open();
      this.pump();
    }, 5);
  }

  heard(socket: FakeSocket, sent: string): void {
    if (socket !== this.#socket) return;
    const { type, messageId } = JSON.parse(sent) as { readonly type?: string; readonly messageId?: string };
    if (type === 'isEndOfTopic') {
      this.#clock.setTimer(() => socket.deliver('{"endOfTopic":false}'), 2);
      return;
    }
    this.#unanswered--;
    const message = this.messages.find(({ id }) => id === messageId);
    if (message === undefined) throw new Error(`an answer to nothing: ${sent}`);
    message.state = type === undefined ? 'answered' : 'elsewhere';
    if (message.state === 'elsewhere') this.#clock.setTimer(() => this.#giveBack(message), 1_000);
    this.pump();
  }

  /** The connection goes; what was out comes again. */
  drop(): void {
    this.#socket?.drop();
    this.#socket = undefined;
    this.#unanswered = 0;
    this.#takeBack(() => true);
  }

  /** What somebody holds who does not answer; the service notices a socket that was closed. */
  get held(): readonly string[] {
    if (this.#socket?.isHeld === false) this.drop();
    return this.messages.filter(({ state }) => state === 'out').map(({ id }) => id);
  }

  /** The broker forgets the last answers, as after a crash. */
  forget(): void {
    for (const message of this.messages.slice(-5))
      if (message.state === 'answered') message.state = 'waiting';
    this.pump();
  }

  /** Another consumer takes every second one that waits, and gives it back later: lower ids come after higher ones. */
  lendOut(): void {
    const waiting = this.messages.filter(({ state }, i) => state === 'waiting' && i % 2 === 0);
    for (const message of waiting) {
      message.state = 'elsewhere';
      this.#clock.setTimer(() => this.#giveBack(message), 3_000);
    }
  }

  pump(): void {
    this.#clock.setTimer(() => this.#deliver(), 1);
  }

  #giveBack(message: Message): void {
    if (message.state === 'elsewhere') message.state = 'waiting';
    this.pump();
  }

  #takeBack(isWanted: (message: Message) => boolean): void {
    for (const message of this.messages)
      if (message.state === 'out' && isWanted(message)) message.state = 'waiting';
  }

  #deliver(): void {
    for (const message of this.messages) {
      if (this.#socket?.readyState !== 1 || this.#unanswered >= WINDOW) return;
      if (message.state !== 'waiting') continue;
      message.state = 'out';
      this.#unanswered++;
      this.#socket.deliver(
        JSON.stringify({
          messageId: message.id,
          payload: message.isBroken ? '***' : 'e30=',
          publishTime: message.publishTime,
          redeliveryCount: message.deliveries++,
        }),
      );
    }
  }
}

/** One life of the page: what it had on screen, and whether it still draws. */
class Life {
  readonly stream: Stream;
  readonly shown: string[] = [];
  isFrozen = false;
  #drawn = 0;
  /** What an update brought that is not drawn yet. */
  #updated: number | undefined;
  readonly #model = new RecordingModel();
  readonly #clock: VirtualClock;

  constructor(
    clock: VirtualClock,
    chance: () => number,
    broker: ModelSubscription,
    parameters: ConsumerParameters,
  ) {
    this.#clock = clock;
    const platform = virtualPlatform({
      clock,
      chance,
      connected: (socket) => broker.connect(socket),
      heard: (socket, sent) => broker.heard(socket, sent),
    });
    const config = {
      endpoint: 'wss://relay.example/ws/v2',
      tenant: 'acme',
      namespace: 'agent-v1',
      topic: 'a1',
      start: { kind: 'resume' },
      subscription: { name: 's', parameters },
    } as const;
    this.stream = new Stream(1, config, {}, platform, () => this.#draw(), this.#model);
    void this.stream.open(undefined, { handover: undefined, wasOpen: false });
  }

  thaw(): void {
    this.isFrozen = false;
    this.#consume();
  }

  /** What the worker has taken in counts only once it is on screen. */
  #draw(): void {
    this.#updated = this.#model.records.length;
    this.#clock.setTimer(() => this.#consume(), 30);
  }

  #consume(): void {
    if (this.isFrozen || this.#updated === undefined) return;
    for (const record of this.#model.records.slice(this.#drawn, this.#updated))
      if (record.kind === 'event') this.shown.push(record.entry.messageId);
    this.#drawn = this.#updated;
    this.#updated = undefined;
    this.stream.consumed(2);
  }
}

interface Outcome {
  readonly lives: readonly Life[];
  readonly broker: ModelSubscription;
  /** By a page that was frozen or cached. */
  readonly held: readonly string[];
}

async function run(acts: readonly Act[], seed: number, parameters: ConsumerParameters): Promise<Outcome> {
  const clock = new VirtualClock(Date.UTC(2026, 10, 20, 9));
  const chance = seededChance(seed);
  const broker = new ModelSubscription(clock);
  let life = new Life(clock, chance, broker, parameters);
  const lives = [life];
  const held: string[] = [];
  for (const { kind } of acts) {
    await clock.advance(chance() * 60);
    switch (kind) {
      case 'publish':
        for (let i = 0; i < 25; i++) broker.publish(chance() < 0.1);
        break;
      case 'wait':
        await clock.advance(5_000);
        break;
      case 'drop':
        broker.drop();
        break;
      case 'forget':
        broker.forget();
        break;
      case 'elsewhere':
        broker.lendOut();
        break;
      case 'hang':
        life.isFrozen = true;
        await clock.advance(2_000);
        life.thaw();
        break;
      case 'freeze':
      case 'cache':
        life.stream.lifecycle(kind === 'freeze' ? 'freeze' : 'pagehide');
        life.isFrozen = true;
        held.push(...broker.held);
        await clock.advance(chance() < 0.5 ? 200 : 40_000);
        held.push(...broker.held);
        life.thaw();
        life.stream.lifecycle(kind === 'freeze' ? 'resume' : 'pageshow');
        break;
      case 'reload':
      case 'crash':
        if (kind === 'crash') life.isFrozen = true;
        life.stream.close();
        life.isFrozen = true;
        broker.drop();
        life = new Life(clock, chance, broker, parameters);
        lives.push(life);
        break;
      default:
        kind satisfies never;
    }
  }
  await clock.advance(120_000);
  life.stream.close();
  return { lives, broker, held };
}

function faultsOf({ lives, broker, held }: Outcome): readonly string[] {
  const faults = held.map((id) => `${id} is held by a page that is away`);
  const shown = new Set(lives.flatMap((life) => life.shown));
  for (const { id, isBroken, state } of broker.messages) {
    if (!isBroken && !shown.has(id)) faults.push(`${id} was never on screen`);
    if (state !== 'answered') faults.push(`${id} is ${state}`);
  }
  for (const life of lives)
    if (new Set(life.shown).size !== life.shown.length) faults.push('twice in one life of the page');
  return faults;
}

suite('A stream with a subscription, whatever happens', function () {
  this.timeout(120_000);

  test('shows each message, at most once in a life of the page, and answers it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 1, maxLength: 25 }),
        fc.integer(),
        fc.constantFrom('Exclusive', 'Shared'),
        async (acts, chance, subscriptionType) => {
          const outcome = await run(acts, chance, {
            subscriptionType,
            subscriptionInitialPosition: 'Latest',
          });
          assert.deepEqual(faultsOf(outcome), []);
        },
      ),
      randomCases('never-lose-subscription', { numRuns: 400 }),
    );
  });
});
