/** A service behind a faulty network, from within a browser: the same topics, another address. */
import type { Service, Topic } from '../service-client.js';
import type { ConnectionState } from './proxy/connection.js';
import type { ProxyState } from './proxy/fault-proxy.js';
import { until } from '../wait.js';

export interface ProxiedTopic extends Topic {
  /** Past the proxy, for producers and admin calls. */
  readonly direct: Topic;
}

export class Network {
  readonly webSocketBase: string;
  readonly #id: string;

  private constructor(id: string, webSocketBase: string) {
    this.#id = id;
    this.webSocketBase = webSocketBase;
  }

  /** A proxy in front of a service. */
  static async before(service: Service): Promise<Network> {
    const query = new URLSearchParams({ base: service.webSocketBase });
    const response = await fetch(`/__proxy/new?${query}`, { method: 'POST' });
    if (!response.ok) throw new Error(`no proxy: ${response.status}`);
    const { id, webSocketBase } = (await response.json()) as { id: string; webSocketBase: string };
    return new Network(id, webSocketBase);
  }

  /** The same topic, reached through the proxy. */
  topic(direct: Topic): ProxiedTopic {
    const { service, name, path } = direct;
    const { webSocketBase } = this;
    const proxied = Object.create(service, { webSocketBase: { value: webSocketBase } }) as Service;
    return { service: proxied, name, path, direct };
  }

  async fault(command: Readonly<Record<string, unknown>>): Promise<void> {
    const response = await fetch(`/__proxy/${this.#id}/fault`, {
      method: 'POST',
      body: JSON.stringify(command),
    });
    if (!response.ok) throw new Error(`the proxy refused: ${await response.text()}`);
  }

  /** Nobody gets through, and whoever was through is cut off, until `clear`. */
  async cutOff(): Promise<void> {
    await this.fault({ fault: 'greet', greeting: 'unreachable' });
    await this.fault({ fault: 'end', ending: 'reset' });
  }

  async state(): Promise<ProxyState> {
    const response = await fetch(`/__proxy/${this.#id}/state`);
    return (await response.json()) as ProxyState;
  }

  async close(): Promise<void> {
    await fetch(`/__proxy/${this.#id}/close`, { method: 'POST' });
  }

  /** Settles when so many WebSockets pass bytes; dead ones and plain questions for the host are not counted. */
  untilSockets(count: number, timeoutMs?: number): Promise<unknown> {
    const isLive = ({ state, isWebSocket }: ConnectionState): boolean => state === 'open' && isWebSocket;
    return until(
      `${count} WebSockets at the proxy`,
      async () => (await this.state()).connections.filter(isLive).length === count,
      timeoutMs,
    );
  }

  /** Settles when so many client sockets are open. */
  untilOpen(count: number, timeoutMs?: number): Promise<unknown> {
    return until(
      `${count} open sockets at the proxy`,
      async () => (await this.state()).open === count,
      timeoutMs,
    );
  }
}
