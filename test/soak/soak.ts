/**
 * A topic, its service behind a faulty network, and three tabs that read it, while somebody publishes. Owns all of it
 * and ends it; which fault strikes when is `main.ts`'s business.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer, { type Browser } from 'puppeteer-core';
import type { Random } from '../../demo/server/simulation/random.js';
import type { Gap } from '../../src/protocol/connection-status.js';
import { FaultProxy } from '../support/faults/proxy/fault-proxy.js';
import { BROWSER_PATHS, CHROMIUM_ARGS } from '../support/runner-config.js';
import { decodeMessageId } from '../support/service/message-id.js';
import {
  startServiceUnderTest,
  type ServiceKind,
  type ServiceUnderTest,
} from '../support/service/service.js';
import { startSite, type Site } from './site.js';
import { Tab } from './tab.js';
import { TopicPublisher } from './topic-publisher.js';

const TABS = 3;
const TICK_MS = 100;
const RATES_PER_SECOND = [0, 1, 5, 20, 100, 250] as const;
const RETENTION = { retentionTimeInMinutes: 1_440, retentionSizeInMB: 512 };
const NO_RETENTION = { retentionTimeInMinutes: 0, retentionSizeInMB: 0 };
const TRIM_TIMEOUT_MS = 20_000;
const REST_TIMEOUT_MS = 10_000;

interface Parts {
  readonly service: ServiceUnderTest;
  readonly proxy: FaultProxy;
  readonly site: Site;
  readonly browser: Browser;
  readonly topic: string;
}

export class Soak {
  readonly service: ServiceUnderTest;
  readonly proxy: FaultProxy;
  /** `tenant/namespace/topic` */
  readonly topic: string;
  readonly publisher: TopicPublisher;
  readonly closedTabs: Tab[] = [];
  readonly #site: Site;
  readonly #browser: Browser;
  #tabs: readonly Tab[] = [];
  #opened = 0;
  /** Publishing, and whatever may not happen while something is published, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor({ service, proxy, site, browser, topic }: Parts) {
    this.service = service;
    this.proxy = proxy;
    this.topic = topic;
    this.publisher = new TopicPublisher(service.webSocketBase, topic);
    this.#site = site;
    this.#browser = browser;
  }

  /** Settles when three tabs are live and have shown the first messages. */
  static async start(kind: ServiceKind): Promise<Soak> {
    const executablePath = BROWSER_PATHS.chromium();
    if (executablePath === undefined) throw new Error('Chromium is not installed: npm run browsers');
    const service = await startServiceUnderTest(kind);
    const namespace = `${service.tenant}/soak`;
    await service.admin.createNamespace(namespace);
    await service.admin.setRetention(namespace, RETENTION);
    const { hostname, port } = new URL(service.webSocketBase);
    const proxy = await FaultProxy.open({ host: hostname, port: Number(port) });
    const site = await startSite();
    // networkEnabled ships every WebSocket frame through DevTools.
    const browser = await puppeteer.launch({
      executablePath,
      args: [...CHROMIUM_ARGS],
      networkEnabled: false,
    });
    const soak = new Soak({ service, proxy, site, browser, topic: `${namespace}/events` });
    try {
      // Made by its first message, so that nobody dials a topic that is not there.
      await soak.publisher.publish(1);
      for (let i = 0; i < TABS; i++) {
        const tab = await soak.#openTab();
        soak.#tabs = [...soak.#tabs, tab];
        await tab.untilLive(soak.publisher.published.length);
      }
      // A stream that is lost before its first message has nothing to prove with.
      await soak.publisher.publish(3);
      await soak.untilAllShown();
      return soak;
    } catch (error) {
      await soak.stop();
      throw error;
    }
  }

  get tabs(): readonly Tab[] {
    return this.#tabs;
  }

  /** The stand-in's own door for faults. */
  async door(command: Readonly<Record<string, unknown>>): Promise<void> {
    const response = await fetch(`${this.service.origin}/_faults`, {
      method: 'POST',
      body: JSON.stringify(command),
    });
    if (!response.ok) throw new Error(`the service refused the fault: ${await response.text()}`);
  }

  /** Everything that was struck is well again; what is dead stays dead. */
  async heal(): Promise<void> {
    await this.proxy.perform({ fault: 'clear' });
    if (this.service.kind === 'stand-in') await this.door({ fault: 'clear' });
  }

  /** At rates that change, until `signal` says so. */
  async publishUntil(signal: AbortSignal, random: Random): Promise<void> {
    let rate = 5;
    let changeAt = 0;
    let due = 0;
    while (!signal.aborted) {
      if (Date.now() > changeAt) {
        rate = random.pick(RATES_PER_SECOND);
        changeAt = Date.now() + random.between(3_000, 15_000);
      }
      due += (rate * TICK_MS) / 1_000;
      const count = Math.floor(due);
      due -= count;
      if (count > 0) await this.#inTurn(() => this.publisher.publish(count));
      await sleep(TICK_MS);
    }
  }

  whileNothingIsPublished(act: () => Promise<void>): Promise<void> {
    return this.#inTurn(async () => {
      this.publisher.hangUp();
      await act();
      // Proves that it is back, whatever the rate is.
      await this.publisher.publish(1);
    });
  }

  /** All tabs lose the network, `act` takes history away, and they come back. */
  async whileAllAreAway(act: () => Promise<void>): Promise<void> {
    await this.proxy.perform({ fault: 'greet', greeting: { kind: 'unreachable' }, count: Infinity });
    await this.proxy.perform({ fault: 'end', ending: 'reset', connection: undefined });
    await this.#inTurn(async () => {
      await this.publisher.publish(5);
      this.publisher.hangUp();
      await act();
      const publishedBefore = this.publisher.published.length;
      for (const { reports } of this.tabs) reports.push({ kind: 'history-taken', publishedBefore });
      await this.publisher.publish(5);
    });
    await this.heal();
  }

  /** Publishes so many, and acts when every tab has shown them; not at all where a tab takes too long for that. */
  async whileAllHaveJustHad(count: number, act: () => Promise<void>): Promise<void> {
    await this.#inTurn(async () => {
      await this.publisher.publish(count);
      const deadline = Date.now() + REST_TIMEOUT_MS;
      while (this.#behind().length > 0) {
        if (Date.now() > deadline) return;
        await sleep(200);
      }
      await act();
    });
  }

  async trim(): Promise<void> {
    const { admin } = this.service;
    await admin.unload(this.topic);
    await admin.setTopicRetention(this.topic, NO_RETENTION);
    const deadline = Date.now() + TRIM_TIMEOUT_MS;
    for (;;) {
      await admin.trim(this.topic);
      const { ledgers } = await admin.internalStats(this.topic);
      if (ledgers.length <= 1) break;
      if (Date.now() > deadline) throw new Error('the closed ledgers were not trimmed');
      await sleep(100);
    }
    await admin.setTopicRetention(this.topic, RETENTION);
  }

  async recreate(): Promise<void> {
    await this.service.admin.deleteTopic(this.topic, { force: true });
    await this.publisher.publish(1);
  }

  async replaceTab(tab: Tab): Promise<void> {
    await this.#inTurn(async () => {
      await tab.close(this.publisher.published.length);
      this.closedTabs.push(tab);
      const other = await this.#openTab();
      this.#tabs = this.tabs.map((one) => (one === tab ? other : one));
      await other.untilLive(this.publisher.published.length);
    });
  }

  /** Settles when every tab has shown the last message, or rejects with who has not. */
  untilAllShown(timeoutMs = 60_000): Promise<void> {
    const names = (): string =>
      this.#behind()
        .map(({ name }) => name)
        .join(', ');
    return this.#until(
      () => this.#behind().length === 0,
      () => `behind: ${names()}`,
      timeoutMs,
    );
  }

  /** Settles when all tabs read through one socket. */
  untilOneSocket(timeoutMs: number): Promise<void> {
    return this.#until(
      () => this.#openSockets() === 1,
      () => `${this.#openSockets()} sockets at rest`,
      timeoutMs,
    );
  }

  /** Looks five times a second: a look goes through all that the tabs have reported. */
  async #until(isSo: () => boolean, otherwise: () => string, timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!isSo()) {
      if (Date.now() > deadline) {
        // All tabs: one of them may be whom the others follow.
        const words = await Promise.all(this.tabs.map((tab) => tab.inWords()));
        throw new Error(`${otherwise()}; ${words.join('; ')}`);
      }
      await sleep(200);
    }
  }

  /** Half-open ones not counted: who let go of them is not heard. */
  #openSockets(): number {
    const { connections } = this.proxy.state;
    return connections.filter(({ isWebSocket, state }) => isWebSocket && state === 'open').length;
  }

  /** Tabs that have not shown the last message. */
  #behind(): readonly Tab[] {
    const last = this.publisher.published.at(-1);
    return this.tabs.filter(
      ({ reports }) =>
        !reports.some((one) => one.kind === 'events' && one.entries.some(([id]) => id === last)),
    );
  }

  async stop(): Promise<void> {
    this.publisher.hangUp();
    await this.#browser.close();
    await this.#site.stop();
    await this.proxy.close();
    await this.service.stop();
  }

  async #openTab(): Promise<Tab> {
    const { webSocketBase, tenant } = this.service;
    const endpoint = new URL(webSocketBase);
    endpoint.hostname = '127.0.0.1';
    endpoint.port = String(this.proxy.state.port);
    const topic = this.topic.slice(tenant.length + 1);
    const query = new URLSearchParams({ endpoint: endpoint.href.replace(/\/$/, ''), tenant, topic });
    const url = `${this.#site.origin}/soak.html?${query}`;
    const tab = await Tab.open(this.#browser, `tab ${++this.#opened}`, url, (gap) => this.#hasLost(gap));
    tab.from = this.publisher.published.length;
    return tab;
  }

  /** Whether the ledger of the last message before the gap is gone. A service that is away has lost nothing by that. */
  async #hasLost({ from }: Gap): Promise<boolean> {
    if (from === undefined) return false;
    const { ledgerId } = decodeMessageId(from.messageId);
    const stats = await this.service.admin.internalStats(this.topic).catch(() => undefined);
    return stats !== undefined && stats.ledgers.every((ledger) => BigInt(ledger.ledgerId) !== ledgerId);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
