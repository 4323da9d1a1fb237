/**
 * A real page under a schedule: its visits, what it keeps between them, and the network and the service before it. Owns
 * all of it and ends it; which act does what is `run-real-schedule.ts`.
 */
import type { StartRule } from '../../../../src/protocol/stream-config.js';
import { positionKey } from '../../../../src/protocol/stream-config.js';
import { openPositionStore } from '../../../../src/worker/position-store.js';
import { HostPage, feedOn } from '../../host-page.js';
import { Service } from '../../service-client.js';
import { until } from '../../wait.js';
import { Network, type ProxiedTopic } from '../proxied-service.js';
import { TIME_MACHINE_SCRIPT, TimeControl } from '../time-machine/control.js';
import { KnownTopic } from './known-topic.js';
import { RealVisit } from './real-visit.js';

/** Firefox alone may hold a dial back for most of a minute. */
const LIVE_MS = 90_000;
const BARRIER_EVERY_MS = 1_000;

export class SchedulePage {
  readonly host: HostPage;
  readonly known: KnownTopic;
  readonly network: Network;
  readonly service: Service;
  readonly time: TimeControl;
  readonly visits: RealVisit[] = [];
  readonly #topic: ProxiedTopic;
  readonly #rule: StartRule;
  #hasEndedWorker = false;
  readonly #spoilt = { named: new Set<number>(), nameless: new Set<number>() };

  private constructor(parts: {
    host: HostPage;
    known: KnownTopic;
    network: Network;
    service: Service;
    time: TimeControl;
    topic: ProxiedTopic;
    rule: StartRule;
  }) {
    this.host = parts.host;
    this.known = parts.known;
    this.network = parts.network;
    this.service = parts.service;
    this.time = parts.time;
    this.#topic = parts.topic;
    this.#rule = parts.rule;
    this.#visit(undefined);
  }

  /**
   * Live, after three events: a stream that is lost before its first message has nothing to prove with.
   *
   * @param factor how many times faster time runs in the worker
   */
  static async open(rule: StartRule, factor: number): Promise<SchedulePage> {
    // Restarted: the shared one would be everybody's.
    const own = await Service.own();
    const topic = await own.freshTopic();
    const network = await Network.before(own);
    const time = new TimeControl(factor);
    const proxied = network.topic(topic);
    const widgets = [feedOn(proxied, startOf(rule))];
    const host = await HostPage.open({ widgets, isWatched: true, script: TIME_MACHINE_SCRIPT });
    const known = new KnownTopic(topic);
    const page = new SchedulePage({ host, known, network, service: own, time, topic: proxied, rule });
    await host.untilConnection('live', LIVE_MS);
    await known.publish(3);
    await page.passBarrier(LIVE_MS);
    return page;
  }

  get visit(): RealVisit {
    const visit = this.visits.at(-1);
    if (visit === undefined) throw new Error('a page has a visit');
    return visit;
  }

  /** The page has no network while `body` runs. */
  async whileAway(body: () => Promise<void>): Promise<void> {
    await this.network.cutOff();
    await body();
    await this.heal();
    this.visit.look();
    this.visit.begunAnew();
  }

  /** Another document in the page's place, which knows what `keeps` says. */
  async reload(keeps: 'both' | 'saved' | 'nothing'): Promise<void> {
    // Who cannot know where it was begins at the end, wherever that is when it opens.
    const beginsAtEnd = keeps === 'nothing' || this.#rule.kind === 'latest';
    if (beginsAtEnd) await this.heal();
    await this.host.leave();
    const handover = this.#handover(keeps);
    const saved = await this.#saved(keeps);
    await this.host.back();
    this.#visit(this.known.seqOf(handover ?? saved ?? ''));
    if (beginsAtEnd) await this.host.untilConnection('live', LIVE_MS);
  }

  /** Once: a second death within a minute is one that the page waits out. */
  endWorker(): void {
    if (this.#hasEndedWorker) return;
    this.#hasEndedWorker = true;
    this.visit.takenOver();
    this.host.record.terminateWorkers();
  }

  hide(isHidden: boolean): void {
    const { document, window } = this.host;
    if (isHidden) Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
    else Reflect.deleteProperty(document, 'visibilityState');
    document.dispatchEvent(new (window as unknown as typeof globalThis).Event('visibilitychange'));
  }

  async heal(): Promise<void> {
    await this.network.fault({ fault: 'clear' });
    this.host.window.dispatchEvent(new Event('online'));
  }

  /**
   * Settles when a message published now is shown, alone on one socket: what was on its way before it has come by then.
   * Published again and again, because a page that has nothing to resume from begins at the end, whenever it is back.
   */
  async passBarrier(timeoutMs: number): Promise<void> {
    let publishedAt = -Infinity;
    await until(
      'the last event published',
      async () => {
        this.visit.look();
        if (this.visit.last === this.known.newest && publishedAt > 0) return true;
        if (performance.now() - publishedAt > BARRIER_EVERY_MS) {
          await this.known.publish(1);
          publishedAt = performance.now();
        }
        return false;
      },
      timeoutMs,
    ).catch(async (error: unknown) => {
      const diagnostics = JSON.stringify(await this.host.widget('x8-agent-feed').getDiagnostics());
      throw new Error(`${String(error)}: ${this.visit.last} of ${this.known.newest}; ${diagnostics}`);
    });
    await this.network.untilSockets(1, timeoutMs);
  }

  /** What is wrong with any visit; nothing else is to be published before. */
  async judge(): Promise<readonly string[]> {
    await this.#readSpoilt();
    return this.visits.flatMap((visit, i) => visit.judge().map((text) => `visit ${i + 1}: ${text}`));
  }

  async close(): Promise<void> {
    this.host.close();
    this.known.hangUp();
    this.time.close();
    await this.network.close();
  }

  #visit(seen: number | undefined): void {
    this.visits.push(new RealVisit(this.host.record, this.known, this.#spoilt, { rule: this.#rule, seen }));
  }

  async #readSpoilt(): Promise<void> {
    const { spoilt } = await this.network.state();
    for (const { messageId, said } of spoilt) {
      const seq = this.known.seqOf(messageId);
      if (seq !== undefined && said !== 'nothing') this.#spoilt[said].add(seq);
    }
  }

  #handover(keeps: 'both' | 'saved' | 'nothing'): string | undefined {
    const key = Object.keys(sessionStorage).find((one) => one.includes(this.#address.name));
    if (key === undefined) return undefined;
    const text = sessionStorage.getItem(key) ?? undefined;
    if (keeps === 'both') return text;
    sessionStorage.removeItem(key);
    return undefined;
  }

  async #saved(keeps: 'both' | 'saved' | 'nothing'): Promise<string | undefined> {
    const { endpoint, tenant, namespace, name: topic } = this.#address;
    const key = positionKey({ endpoint, tenant, namespace, topic, start: this.#rule });
    const store = await openPositionStore(() => indexedDB);
    // After all that the page's worker has begun to write.
    const { last } = await store.load(key);
    if (keeps !== 'nothing') return last?.messageId;
    if (last !== undefined) await store.forget(key, last);
    return undefined;
  }

  get #address(): {
    readonly endpoint: string;
    readonly tenant: string;
    readonly namespace: string;
    readonly name: string;
  } {
    const { service: proxied, name } = this.#topic;
    const [namespace = '', topic = ''] = name.split('/');
    return { endpoint: proxied.webSocketBase, tenant: proxied.tenant, namespace, name: topic };
  }
}

function startOf(rule: StartRule): Readonly<Record<string, string>> {
  switch (rule.kind) {
    case 'resume':
    case 'latest':
    case 'earliest':
      return { start: rule.kind };
    case 'since':
      return { start: `${rule.durationMs / 60_000}m` };
    case 'message-id':
      return { start: rule.messageId };
    default:
      return rule satisfies never;
  }
}
