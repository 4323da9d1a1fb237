/**
 * The proxies of a run, steered from tests in a browser: `POST /__proxy/new?origin=…`, `POST /__proxy/{id}/fault`,
 * `GET /__proxy/{id}/state`, `POST /__proxy/{id}/close`.
 */
import type { TestRunnerConfig } from '@web/test-runner';
import { readCommand } from './command.js';
import { FaultProxy } from './fault-proxy.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const DOOR = '/__proxy/';

export class ProxyDoor {
  readonly #proxies = new Map<string, FaultProxy>();
  /** Engines run at the same time: a number is used once. */
  #opened = 0;

  async stop(): Promise<void> {
    await Promise.all([...this.#proxies.values()].map((proxy) => proxy.close()));
  }

  readonly middleware: Middleware = async (context, next) => {
    if (!context.path.startsWith(DOOR)) return next();
    const [id = '', action = ''] = context.path.slice(DOOR.length).split('/');
    if (id === 'new') {
      context.body = await this.#open(String(context.query['base'] ?? ''));
      return;
    }
    const proxy = this.#proxies.get(id);
    if (proxy === undefined) {
      context.status = 404;
      return;
    }
    switch (action) {
      case 'state':
        context.body = proxy.state;
        return;
      case 'fault':
        await this.#perform(proxy, context);
        return;
      case 'close':
        await proxy.close();
        this.#proxies.delete(id);
        context.status = 204;
        return;
      default:
        context.status = 404;
    }
  };

  async #perform(proxy: FaultProxy, context: Parameters<Middleware>[0]): Promise<void> {
    let text = '';
    for await (const chunk of context.req) text += String(chunk);
    try {
      await proxy.perform(readCommand(text));
      context.body = proxy.state;
    } catch (error) {
      context.status = 400;
      context.body = { reason: error instanceof Error ? error.message : 'not a fault' };
    }
  }

  /** @param base the WebSocket base of the service behind it: `ws://host:port/ws/v2` */
  async #open(base: string): Promise<{ readonly id: string; readonly webSocketBase: string }> {
    const url = new URL(base);
    const proxy = await FaultProxy.open({ host: url.hostname, port: Number(url.port) });
    const id = `proxy-${++this.#opened}`;
    this.#proxies.set(id, proxy);
    url.port = String(proxy.state.port);
    url.hostname = '127.0.0.1';
    return { id, webSocketBase: url.href.replace(/\/$/, '') };
  }
}
