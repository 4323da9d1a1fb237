/**
 * A real page with a feed, on a real service behind a faulty network, with a hand on the worker's clock. Owns all of
 * it and ends it; what must hold is asked with {@link FaultyPage.assertComplete}.
 */
import { assert } from '@open-wc/testing';
import type { Gap } from '../../../src/protocol/connection-status.js';
import { HostPage, feedOn, tileOn, type Widget } from '../host-page.js';
import { created } from '../payloads.js';
import { Producer, service, type Service, type Topic } from '../service-client.js';
import { until } from '../wait.js';
import { Network } from './proxied-service.js';
import { TIME_MACHINE_SCRIPT, TimeControl } from './time-machine/control.js';

export interface FaultyPageOptions {
  /** How many times faster time runs in the worker; 1 runs the script as it is shipped. */
  readonly factor?: number;
  readonly attributes?: Readonly<Record<string, string>>;
  /** A service that the test restarts; the shared one where that is a real broker. */
  readonly service?: Service;
  /** Counts what the page holds and hears what its workers say. */
  readonly isWatched?: boolean;
  /** A tile beside the feed. */
  readonly hasTile?: boolean;
  /** The `Content-Security-Policy` of the page. */
  readonly csp?: string;
}

export class FaultyPage {
  readonly host: HostPage;
  readonly network: Network;
  readonly topic: Topic;
  readonly time: TimeControl | undefined;
  readonly published: string[] = [];
  readonly #factor: number;
  #producer: Producer;

  private constructor(parts: {
    host: HostPage;
    network: Network;
    topic: Topic;
    time: TimeControl | undefined;
    producer: Producer;
    factor: number;
  }) {
    this.host = parts.host;
    this.network = parts.network;
    this.topic = parts.topic;
    this.time = parts.time;
    this.#producer = parts.producer;
    this.#factor = parts.factor;
  }

  /** Runs `body` on a page that is live, and ends it whatever happens. */
  static async with(options: FaultyPageOptions, body: (page: FaultyPage) => Promise<void>): Promise<void> {
    const page = await FaultyPage.open(options);
    try {
      await body(page);
    } finally {
      await page.close();
    }
  }

  /** Live, after three events. */
  static async open(options: FaultyPageOptions = {}): Promise<FaultyPage> {
    const { factor = 1, attributes = {}, isWatched = false, hasTile = false } = options;
    const behind = options.service ?? service;
    const topic = await behind.freshTopic();
    const network = await Network.before(behind);
    const time = factor === 1 ? undefined : new TimeControl(factor);
    const producer = await Producer.open(topic);
    const proxied = network.topic(topic);
    const tile = tileOn(proxied, '591');
    const tiles = hasTile ? [{ ...tile, attributes: { ...tile.attributes, ...attributes } }] : [];
    const widgets: readonly Widget[] = [feedOn(proxied, attributes), ...tiles];
    const script = factor === 1 ? {} : { script: TIME_MACHINE_SCRIPT };
    const csp = options.csp === undefined ? {} : { csp: options.csp };
    const host = await HostPage.open({ widgets, isWatched, ...script, ...csp });
    const page = new FaultyPage({ host, network, topic, time, producer, factor });
    await host.untilConnection('live', 20_000);
    await page.publish(3);
    await page.untilShown();
    return page;
  }

  /** Settles when the open session is one that lasted: three in a row that did not are called unstable. */
  untilLasting(): Promise<unknown> {
    const lastingMs = 10_000 / this.#factor + 200;
    return until(
      'the session to last',
      async () => {
        const { connections } = await this.network.state();
        const open = connections.find(({ state, isWebSocket }) => state === 'open' && isWebSocket);
        return open !== undefined && Date.now() - open.openedAt > lastingMs;
      },
      lastingMs + 10_000,
    );
  }

  /** After the service or the topic went away under the producer. */
  async reopenProducer(): Promise<void> {
    this.#producer.close();
    this.#producer = await until(
      'a producer',
      () => Producer.open(this.topic).catch(() => undefined),
      30_000,
    );
  }

  /** The page has no network while `body` runs; afterwards it has, and is told so. */
  async whileAway(body: () => Promise<void>): Promise<void> {
    await this.network.cutOff();
    await body();
    await this.network.fault({ fault: 'clear' });
    this.host.window.dispatchEvent(new Event('online'));
  }

  /** The gaps that the feed has said. */
  get gapKinds(): readonly string[] {
    return this.host.record.widgetEvents
      .filter(({ name }) => name === 'x8-gap')
      .map(({ detail }) => (detail['gap'] as Gap).kind);
  }

  publish(count: number): Promise<void> {
    const from = this.published.length;
    return this.publishAs(Array.from({ length: count }, (_, i) => created(from + i)));
  }

  async publishAs(payloads: readonly unknown[]): Promise<void> {
    this.published.push(...(await this.#producer.publish(payloads)));
  }

  /** Settles when the last event that was published is on the page. */
  untilShown(timeoutMs = 20_000): Promise<unknown> {
    return until(
      'the last event published',
      () => this.host.record.events.at(-1)?.messageId === this.published.at(-1),
      timeoutMs,
    );
  }

  /** Settles when another socket has taken the place of the first, and says how long after that one's last byte. */
  async untilReplaced(): Promise<{ readonly firstState: string; readonly waitedMs: number }> {
    const [first, second] = await until('a second dial', async () => {
      const { connections } = await this.network.state();
      return connections.length === 2 && connections;
    });
    assert.isDefined(first);
    assert.isDefined(second);
    const { state: firstState, lastByteToClientAt = 0 } = first;
    return { firstState, waitedMs: second.openedAt - lastByteToClientAt };
  }

  /** Everything published came once and in order, without a gap, an exception or a second socket. */
  async assertComplete(): Promise<void> {
    await this.publish(1);
    await this.untilShown();
    const ids = this.host.record.events
      .filter(({ phase }) => phase !== 'replayed')
      .map(({ messageId }) => messageId);
    assert.deepEqual(ids, this.published);
    const gaps = this.host.record.widgetEvents.filter(({ name }) => name === 'x8-gap');
    assert.deepEqual(gaps, []);
    assert.deepEqual(this.host.record.exceptions, []);
    const { connections } = await this.network.state();
    assert.lengthOf(
      connections.filter(({ state, isWebSocket }) => state === 'open' && isWebSocket),
      1,
      'open sockets',
    );
  }

  async close(): Promise<void> {
    this.host.close();
    this.#producer.close();
    this.time?.close();
    await this.network.close();
  }
}
