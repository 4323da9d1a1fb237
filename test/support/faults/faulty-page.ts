/**
 * A real page with a feed, on a real service behind a faulty network, with a hand on the worker's clock. Owns all of
 * it and ends it; what must hold is asked with {@link FaultyPage.assertComplete}.
 */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn, type Widget } from '../host-page.js';
import { created } from '../payloads.js';
import { Producer, service, type Topic } from '../service-client.js';
import { until } from '../wait.js';
import { Network } from './proxied-service.js';
import { TIME_MACHINE_SCRIPT, TimeControl } from './time-machine/control.js';

export interface FaultyPageOptions {
  /** How many times faster time runs in the worker; 1 runs the script as it is shipped. */
  readonly factor?: number;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Published before the page is opened. */
  readonly before?: number;
}

export class FaultyPage {
  readonly host: HostPage;
  readonly network: Network;
  readonly topic: Topic;
  readonly time: TimeControl | undefined;
  readonly published: string[] = [];
  readonly #producer: Producer;

  private constructor(parts: {
    host: HostPage;
    network: Network;
    topic: Topic;
    time: TimeControl | undefined;
    producer: Producer;
  }) {
    this.host = parts.host;
    this.network = parts.network;
    this.topic = parts.topic;
    this.time = parts.time;
    this.#producer = parts.producer;
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
    const { factor = 1, attributes = {} } = options;
    const topic = await service.freshTopic();
    const network = await Network.before(service);
    const time = factor === 1 ? undefined : new TimeControl(factor);
    const producer = await Producer.open(topic);
    const widgets: readonly Widget[] = [feedOn(network.topic(topic), attributes)];
    const script = factor === 1 ? {} : { script: TIME_MACHINE_SCRIPT };
    const host = await HostPage.open({ widgets, ...script });
    const page = new FaultyPage({ host, network, topic, time, producer });
    await host.untilConnection('live', 20_000);
    await page.publish(3);
    await page.untilShown();
    return page;
  }

  async publish(count: number): Promise<void> {
    const from = this.published.length;
    const payloads = Array.from({ length: count }, (_, i) => created(from + i));
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
      connections.filter(({ state }) => state === 'open'),
      1,
      'open connections',
    );
  }

  async close(): Promise<void> {
    this.host.close();
    this.#producer.close();
    this.time?.close();
    await this.network.close();
  }
}
