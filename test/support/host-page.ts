/** A page of a stranger in a frame, with widgets on it: opened, reloaded and looked into by tests. */
import type {} from '../../src/index.js';
import type { Gap } from '../../src/protocol/connection-status.js';
import type { WidgetError } from '../../src/protocol/errors.js';
import type { EventEntry } from '../../src/protocol/stream-event.js';
import type { Topic } from './service-client.js';
import { until } from './wait.js';

export interface HostRecord {
  /** Entries of `x8-events`, in order. */
  readonly events: readonly EventEntry[];
  readonly widgetEvents: readonly {
    readonly name: string;
    readonly detail: Readonly<Record<string, unknown>>;
  }[];
  /** What was lost, what came and what was wrong, in the order in which the page was told. */
  readonly heard: readonly Heard[];
  readonly exceptions: readonly string[];
  readonly console: readonly string[];
  readonly violations: readonly string[];
  /** `persisted` of each `pageshow`. */
  readonly shows: readonly boolean[];
  /** Only with `isWatched`: what the page still holds on to. */
  readonly held: () => Held;
  /** Only with `isWatched`: ends the page's workers, which hear nothing of it, nor does whoever made them. */
  readonly terminateWorkers: () => void;
  /** What workers have posted, with `recordsWorker`. */
  readonly fromWorker: readonly string[];
}

export type Heard =
  | {
      readonly kind: 'events';
      readonly entries: readonly (readonly [messageId: string, phase: EventEntry['phase']])[];
    }
  | { readonly kind: 'gap'; readonly gap: Gap }
  | { readonly kind: 'error'; readonly error: WidgetError };

export interface Held {
  /** What was called, with its delay. */
  readonly timers: readonly string[];
  /** Made and not terminated. */
  readonly workers: number;
  /** On the window, the document and media queries. */
  readonly listeners: readonly string[];
  /** The page's own, not those of its workers. */
  readonly sockets: number;
  readonly channels: number;
  readonly databases: number;
  /** Had or asked for. */
  readonly locks: number;
}

/** What workers of watched pages say goes to this channel, and they take `close` and `hang` from it. */
export const WATCHED_WORKERS = 'x8-watched-workers';

export interface Widget {
  readonly tag: 'x8-agent-feed' | 'x8-queue-tile';
  readonly attributes: Readonly<Record<string, string>>;
}

export interface HostPageOptions {
  readonly widgets: readonly Widget[];
  /** The `Content-Security-Policy` of the page. */
  readonly csp?: string;
  readonly denyStorage?: boolean;
  /** Counts what the page holds and hears what its workers say. */
  readonly isWatched?: boolean;
  readonly recordsWorker?: boolean;
  /** Another build of the script tag's file. */
  readonly script?: string;
  readonly width?: number;
  readonly height?: number;
}

/** A feed on a topic, with `emit-events`. */
export function feedOn(topic: Topic, attributes: Readonly<Record<string, string>> = {}): Widget {
  return {
    tag: 'x8-agent-feed',
    attributes: {
      endpoint: topic.service.webSocketBase,
      tenant: topic.service.tenant,
      topic: topic.name,
      'emit-events': '',
      ...attributes,
    },
  };
}

/** A tile for one queue on a topic. */
export function tileOn(topic: Topic, queueId: string): Widget {
  return {
    tag: 'x8-queue-tile',
    attributes: {
      endpoint: topic.service.webSocketBase,
      tenant: topic.service.tenant,
      topic: topic.name,
      'queue-id': queueId,
    },
  };
}

/** The first page of a run may wait for the script to be built. */
const READY_TIMEOUT_MS = 30_000;

export class HostPage {
  readonly #frame: HTMLIFrameElement;

  private constructor(frame: HTMLIFrameElement) {
    this.#frame = frame;
  }

  static async open(options: HostPageOptions): Promise<HostPage> {
    const query = new URLSearchParams({ widgets: JSON.stringify(options.widgets) });
    if (options.csp !== undefined) query.set('csp', options.csp);
    if (options.script !== undefined) query.set('script', options.script);
    if (options.recordsWorker === true) query.set('record-worker', '');
    if (options.denyStorage === true) query.set('deny-storage', '');
    if (options.isWatched === true) query.set('watch', '');
    const frame = document.createElement('iframe');
    frame.width = String(options.width ?? 480);
    frame.height = String(options.height ?? 640);
    frame.src = `/test/support/page/widget.html?${query}`;
    document.body.append(frame);
    const page = new HostPage(frame);
    await page.#ready();
    return page;
  }

  get window(): Window & { readonly record: HostRecord } {
    const { contentWindow } = this.#frame;
    if (contentWindow === null) throw new Error('the page is gone');
    return contentWindow as Window & { readonly record: HostRecord };
  }

  get document(): Document {
    return this.window.document;
  }

  get record(): HostRecord {
    return this.window.record;
  }

  /** The first widget of a kind. */
  widget<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] {
    const found = this.document.querySelector(tag);
    if (found === null) throw new Error(`the page has no <${tag}>`);
    return found;
  }

  /** What the widget shows, as text. */
  text(tag: Widget['tag']): string {
    return this.widget(tag).shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
  }

  /** A real navigation: the document and its worker end, a new one begins. Settles when that one has its widgets. */
  async reload(): Promise<void> {
    const loaded = new Promise((resolve) => this.#frame.addEventListener('load', resolve, { once: true }));
    this.window.location.reload();
    await loaded;
    await this.#ready();
  }

  /** Leaves the page for an empty one; `back` is a new visit by the same tab. */
  async leave(): Promise<void> {
    this.#frame.dataset['src'] = this.window.location.href;
    const loaded = new Promise((resolve) => this.#frame.addEventListener('load', resolve, { once: true }));
    this.window.location.replace('/test/support/page/empty.html');
    await loaded;
  }

  async back(): Promise<void> {
    const loaded = new Promise((resolve) => this.#frame.addEventListener('load', resolve, { once: true }));
    this.window.location.replace(this.#frame.dataset['src'] ?? '');
    await loaded;
    await this.#ready();
  }

  /** Settles when the connection is what it should be. */
  untilConnection(kind: string, timeoutMs?: number): Promise<unknown> {
    return until(
      `the connection to be ${kind}`,
      async () => (await this.widget('x8-agent-feed').getDiagnostics()).state === kind,
      timeoutMs,
    );
  }

  close(): void {
    this.#frame.remove();
  }

  async #ready(): Promise<void> {
    const isReady = (): boolean => {
      const { customElements, document } = this.window;
      const widget = document.querySelector('x8-agent-feed, x8-queue-tile');
      return widget !== null && customElements.get(widget.localName) !== undefined;
    };
    await until('the page to define its widgets', isReady, READY_TIMEOUT_MS);
  }
}
