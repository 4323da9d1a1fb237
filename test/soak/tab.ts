/** One tab of the soak: a top-level page with a feed and a tile, all that they said, and what may be done to it. */
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import type { Gap } from '../../src/protocol/connection-status.js';
import { crash } from '../support/top-level-tabs.js';
import { sampleHeap, type HeapSample } from './heap.js';
import type { Report } from './tab-record.js';

const LIVE_TIMEOUT_MS = 60_000;
/** A new tab replays what there is, in the worst case a thousand a second: three tabs, a broker and a publisher share the computer. */
const REPLAY_MS_PER_EVENT = 1;
/** A frozen page, or one that hangs, answers nothing; one whose worker hangs answers after 5 s. */
const DIAGNOSTICS_TIMEOUT_MS = 12_000;
const BINDING = 'soakReport';
/** More than a page says again. */
const REMEMBERED = 400;

interface Saying {
  readonly visit: string;
  readonly number: number;
  readonly what: Report;
}

export class Tab {
  readonly name: string;
  readonly reports: Report[] = [];
  /** Index of the first message that it has to be given. */
  from = 0;
  /** Set when it was closed: how many messages had been published. */
  closedAt: number | undefined;
  /** The latest of each document. */
  readonly #sayings = new Map<string, { readonly number: number; readonly what: Report }[]>();
  readonly #page: Page;
  readonly #session: CDPSession;
  #isHidden = false;

  private constructor(name: string, page: Page, session: CDPSession) {
    this.name = name;
    this.#page = page;
    this.#session = session;
  }

  /** In the order of the page, also when something that was lost is said again. */
  #hear({ visit, number, what }: Saying): void {
    const own = this.#sayings.get(visit) ?? [];
    this.#sayings.set(visit, own);
    if (own.some((one) => one.number === number)) return;
    const next = own.find((one) => one.number > number);
    const at = next === undefined ? this.reports.length : this.reports.indexOf(next.what);
    this.reports.splice(at, 0, what);
    own.push({ number, what });
    own.sort((one, other) => one.number - other.number);
    if (own.length > REMEMBERED) own.shift();
  }

  /** @param explain whether the service no longer has what a gap begins after */
  static async open(
    browser: Browser,
    name: string,
    url: string,
    explain: (gap: Gap) => Promise<boolean>,
  ): Promise<Tab> {
    // A second tab of one window would be hidden.
    const page = await browser.newPage({ type: 'window' });
    const session = await page.createCDPSession();
    const tab = new Tab(name, page, session);
    session.on('Runtime.bindingCalled', ({ name: binding, payload }) => {
      if (binding !== BINDING) return;
      const saying = JSON.parse(payload) as Saying;
      tab.#hear(saying);
      const { what } = saying;
      if (what.kind === 'gap')
        void explain(what.gap).then((isExplained) => {
          what.isExplained = isExplained;
        });
    });
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: BINDING });
    await page.goto(url);
    return tab;
  }

  /** @param published how many events the topic may have */
  async untilLive(published: number): Promise<void> {
    const deadline = Date.now() + LIVE_TIMEOUT_MS + published * REPLAY_MS_PER_EVENT;
    for (;;) {
      const { state } = await this.#diagnose();
      if (state === 'live') return;
      if (Date.now() > deadline) throw new Error(`live in vain: ${await this.inWords()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Its diagnostics as they would be copied, or why there are none. */
  async inWords(): Promise<string> {
    const late = new Promise<string>((resolve) =>
      setTimeout(() => resolve('no answer'), DIAGNOSTICS_TIMEOUT_MS).unref(),
    );
    const words = JSON.stringify(await Promise.race([this.#diagnose().catch(String), late]));
    return `${this.name}${this.#isHidden ? ' (hidden)' : ''} ${words}`;
  }

  #diagnose(): Promise<{ readonly state: string }> {
    return this.#page.evaluate(
      () =>
        (window as unknown as { diagnostics?: () => Promise<{ state: string }> }).diagnostics?.() ??
        Promise.resolve({ state: 'loading' }),
    );
  }

  async reload(): Promise<void> {
    await this.#page.reload();
  }

  /** Its process ends, and somebody loads it again. */
  async crash(): Promise<void> {
    await crash(this.#page);
    this.reports.push({ kind: 'crash' });
    await this.#page.reload();
  }

  async leaveFor(ms: number): Promise<void> {
    await this.#page.goto(new URL('/elsewhere.html', this.#page.url()).href);
    await new Promise((resolve) => setTimeout(resolve, ms));
    await this.#page.goBack();
  }

  async freezeFor(ms: number): Promise<void> {
    await this.#session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await new Promise((resolve) => setTimeout(resolve, ms));
    await this.#session.send('Page.setWebLifecycleState', { state: 'active' });
    // Chromium hides a page to freeze it, and leaves it hidden.
    await this.#minimize();
    if (!this.#isHidden) await this.show();
  }

  async hide(): Promise<void> {
    this.#isHidden = true;
    await this.#minimize();
  }

  async show(): Promise<void> {
    this.#isHidden = false;
    await this.#setWindow('normal');
    const state = await this.#page.evaluate(() => document.visibilityState);
    if (state !== 'visible') throw new Error(`${this.name} is ${state} in a window that is open`);
  }

  async toggle(): Promise<void> {
    await (this.#isHidden ? this.show() : this.hide());
  }

  #minimize(): Promise<void> {
    return this.#setWindow('minimized');
  }

  async #setWindow(windowState: 'minimized' | 'normal'): Promise<void> {
    const { windowId } = await this.#session.send('Browser.getWindowForTarget');
    await this.#session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  }

  async dispatch(event: 'offline' | 'online'): Promise<void> {
    await this.#page.evaluate((name) => window.dispatchEvent(new Event(name)), event);
  }

  async moveFeed(): Promise<void> {
    await this.#page.evaluate(() => (window as unknown as { moveFeed(): void }).moveFeed());
  }

  /** Ends its worker without a word to the page, or hangs it. */
  async breakWorker(how: 'close' | 'hang'): Promise<void> {
    const expression = how === 'close' ? 'self.close()' : 'for (;;);';
    for (const { client } of this.#page.workers()) {
      // The answer to this one never comes.
      void client.send('Runtime.evaluate', { expression }).catch(() => undefined);
    }
  }

  heap(): Promise<HeapSample> {
    return sampleHeap(this.#page, this.#session);
  }

  async close(publishedSoFar: number): Promise<void> {
    this.closedAt = publishedSoFar;
    await this.#page.close();
  }
}
