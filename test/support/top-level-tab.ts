/** A tab of a test's own, from within a test: opened, sent elsewhere and back, looked into. */
import { executeServerCommand } from '@web/test-runner-commands';
import type { HeapSample } from '../soak/heap.js';
import type { HostRecord, Widget } from './host-page.js';
import { until } from './wait.js';

export type TabCommand =
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'go'; readonly id: string; readonly url: string }
  | { readonly kind: 'back' | 'freeze' | 'thaw' | 'crash' | 'reload' | 'heap'; readonly id: string }
  | { readonly kind: 'evaluate'; readonly id: string; readonly expression: string }
  | { readonly kind: 'quota'; readonly id: string; readonly bytes: number }
  | { readonly kind: 'close'; readonly id: string };

const say = <T>(command: TabCommand): Promise<T> => executeServerCommand<T, TabCommand>('tab', command);

function pageWith(widgets: readonly Widget[]): string {
  return `/test/support/page/widget.html?${new URLSearchParams({ widgets: JSON.stringify(widgets) })}`;
}

export class TopLevelTab {
  readonly #id: string;

  private constructor(id: string) {
    this.#id = id;
  }

  /** @param origin of the page; the test's own where it is left out */
  static async open(widgets: readonly Widget[], origin = ''): Promise<TopLevelTab> {
    const { id } = await say<{ readonly id: string }>({ kind: 'open', url: `${origin}${pageWith(widgets)}` });
    return new TopLevelTab(id);
  }

  /** Goes to a page with other widgets. */
  async show(widgets: readonly Widget[]): Promise<void> {
    await say({ kind: 'go', id: this.#id, url: pageWith(widgets) });
  }

  /** The value of an expression in the page; promises are waited for. */
  async evaluate<T>(expression: string): Promise<T> {
    return (await say<{ readonly value: T }>({ kind: 'evaluate', id: this.#id, expression })).value;
  }

  record(): Promise<Pick<HostRecord, 'events' | 'widgetEvents' | 'exceptions' | 'shows'>> {
    const parts = ['events', 'widgetEvents', 'exceptions', 'shows'].map((name) => `${name}: record.${name}`);
    return this.evaluate(`({ ${parts.join(', ')} })`);
  }

  /** Of all that it was told, in order. */
  async ids(): Promise<readonly string[]> {
    return (await this.record()).events.map(({ messageId }) => messageId);
  }

  /** Settles when the last event that it was told is this one. */
  untilShown(messageId: string | undefined, timeoutMs = 20_000): Promise<unknown> {
    return until(
      'the last event',
      async () => messageId !== undefined && (await this.ids()).at(-1) === messageId,
      timeoutMs,
    );
  }

  untilConnection(kind: string, timeoutMs = 20_000): Promise<unknown> {
    const state = `document.querySelector('x8-agent-feed')?.getDiagnostics?.().then(({ state }) => state)`;
    return until(
      `the connection to be ${kind}`,
      async () => (await this.evaluate(state)) === kind,
      timeoutMs,
    );
  }

  async leave(): Promise<void> {
    await say({ kind: 'go', id: this.#id, url: '/test/support/page/empty.html' });
  }

  async back(): Promise<void> {
    await say({ kind: 'back', id: this.#id });
  }

  /** As a browser does with a tab in the background; Chromium only. */
  async freeze(): Promise<void> {
    await say({ kind: 'freeze', id: this.#id });
  }

  async thaw(): Promise<void> {
    await say({ kind: 'thaw', id: this.#id });
  }

  /** Its process ends at once, with its worker; Chromium only. */
  async crash(): Promise<void> {
    await say({ kind: 'crash', id: this.#id });
  }

  async reload(): Promise<void> {
    await say({ kind: 'reload', id: this.#id });
  }

  /** What page and worker hold after a forced collection; Chromium only. */
  heap(): Promise<HeapSample> {
    return say({ kind: 'heap', id: this.#id });
  }

  /** So much and no more may the tab's origin store, until the tab is closed; Chromium only. */
  async allowStorage(bytes: number): Promise<void> {
    await say({ kind: 'quota', id: this.#id, bytes });
  }

  async close(): Promise<void> {
    await say({ kind: 'close', id: this.#id });
  }
}
