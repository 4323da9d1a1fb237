/**
 * The service under test, from within a browser: addresses, a topic of one's own, publishing, admin calls, restarts.
 * The same for the built-in service and a real broker.
 */

interface ServiceAddress {
  readonly id: string;
  readonly kind: 'stand-in' | 'pulsar';
  readonly webSocketBase: string;
  readonly tenant: string;
}

export interface TopicSeen {
  readonly handshakeCount: number;
  readonly open: { readonly reader?: number; readonly consumer?: number };
  readonly handshakes: readonly { readonly kind: string; readonly messageId?: string }[];
  readonly sessions: readonly {
    readonly kind: string;
    readonly pending: number;
    readonly maxPending: number;
    readonly endOfTopicRequests: number;
  }[];
}

export interface Topic {
  readonly service: Service;
  /** `namespace/name`, as the attribute `topic` has it. */
  readonly name: string;
  /** `tenant/namespace/name`, as the admin API has it. */
  readonly path: string;
}

export class Service {
  readonly kind: ServiceAddress['kind'];
  readonly webSocketBase: string;
  readonly tenant: string;
  readonly #id: string;
  #namespace: Promise<string> | undefined;
  #topics = 0;

  constructor({ id, kind, webSocketBase, tenant }: ServiceAddress) {
    this.#id = id;
    this.kind = kind;
    this.webSocketBase = webSocketBase;
    this.tenant = tenant;
  }

  /** For a test that restarts its service. A real broker is never a test's own. */
  static async own(): Promise<Service> {
    const response = await fetch('/__service/new', { method: 'POST' });
    return new Service((await response.json()) as ServiceAddress);
  }

  /** An admin REST call, path after `/admin/v2/`. Rejects unless it was taken. */
  admin(method: string, path: string, body?: unknown): Promise<string> {
    return this.#call(method, `admin/v2/${path}`, body);
  }

  /** As `kill -9` and a start. */
  async restart(): Promise<void> {
    await this.#call('POST', 'restart');
  }

  /** Injects a fault (docs/protocol.md, "Faults"). The built-in service only. */
  async fault(command: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.kind !== 'stand-in') throw new Error('a real broker has no door for faults');
    await this.#call('POST', '_faults', command);
  }

  /** What the built-in service saw of one topic (docs/protocol.md, "Faults"). */
  async seen(topic: Topic): Promise<TopicSeen> {
    const text = await this.#call('GET', `_faults/state?topic=${encodeURIComponent(topic.path)}`);
    const { topics } = JSON.parse(text) as { readonly topics: Readonly<Record<string, TopicSeen>> };
    const seen = topics[topic.path];
    if (seen === undefined) throw new Error(`the service knows nothing of ${topic.path}`);
    return seen;
  }

  /** A topic that no other test uses, in a namespace with retention. */
  async freshTopic(): Promise<Topic> {
    this.#namespace ??= this.#makeNamespace();
    const name = `${await this.#namespace}/topic-${++this.#topics}`;
    const path = `${this.tenant}/${name}`;
    await this.admin('PUT', `persistent/${path}`);
    return { service: this, name, path };
  }

  async #makeNamespace(): Promise<string> {
    const name = `test-${crypto.randomUUID()}`;
    await this.admin('PUT', `namespaces/${this.tenant}/${name}`);
    await this.admin('POST', `namespaces/${this.tenant}/${name}/retention`, {
      retentionTimeInMinutes: 1440,
      retentionSizeInMB: 512,
    });
    return name;
  }

  async #call(method: string, path: string, body?: unknown): Promise<string> {
    const response = await fetch(`/__service/${this.#id}/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }
}

/** The service that all tests of a run share. */
export const service = new Service(JSON.parse(import.meta.env['VITE_SERVICE']) as ServiceAddress);

export const freshTopic = (): Promise<Topic> => service.freshTopic();

const MAX_UNCONFIRMED = 500;

/** A producer whose every message is confirmed before it counts. Strings and bytes go out as they are. */
export class Producer {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, { resolve(id: string): void; reject(error: Error): void }>();
  #sent = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = (event) => {
      const { result, messageId, context, errorMsg } = JSON.parse(String(event.data)) as Record<
        string,
        string
      >;
      const waiting = this.#waiting.get(context ?? '');
      this.#waiting.delete(context ?? '');
      if (result === 'ok' && messageId !== undefined) waiting?.resolve(messageId);
      else waiting?.reject(new Error(`not published: ${result} ${errorMsg}`));
    };
    socket.onclose = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the producer lost its connection'));
    };
  }

  /** @param query the producer's parameters, as Pulsar names them */
  static async open(topic: Topic, query: Readonly<Record<string, string>> = {}): Promise<Producer> {
    const { webSocketBase } = topic.service;
    const socket = new WebSocket(
      `${webSocketBase}/producer/persistent/${topic.path}?${new URLSearchParams(query)}`,
    );
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error(`no producer on ${topic.path}`));
    });
    return new Producer(socket);
  }

  /** Settles with the message ids, in order. */
  async publish(payloads: readonly unknown[]): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let i = 0; i < payloads.length; i += MAX_UNCONFIRMED) {
      const confirmed = payloads.slice(i, i + MAX_UNCONFIRMED).map((payload) => this.#send(payload));
      ids.push(...(await Promise.all(confirmed)));
    }
    return ids;
  }

  close(): void {
    this.#socket.close();
  }

  #send(payload: unknown): Promise<string> {
    const context = String(this.#sent++);
    const bytes =
      payload instanceof Uint8Array
        ? payload
        : new TextEncoder().encode(typeof payload === 'string' ? payload : JSON.stringify(payload));
    this.#socket.send(JSON.stringify({ payload: toBase64(bytes), context }));
    return new Promise((resolve, reject) => this.#waiting.set(context, { resolve, reject }));
  }
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(binary);
}
