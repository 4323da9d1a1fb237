/**
 * The door through which tests in a browser reach what only Node can do for them: the admin REST API of the service (a
 * real broker sends no CORS headers), its restart, and the built script. Publishing needs no door: pages have
 * WebSocket.
 */
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { TestRunnerConfig } from '@web/test-runner';
import { builtScript } from './built-script.js';
import { startServiceUnderTest, type ServiceUnderTest } from './service/service.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const DOOR = '/__service';
export const SHARED = 'shared';
const BUILT = '/__built/';
const PAGES = '/test/support/page/';

export interface ServiceAddress {
  readonly id: string;
  readonly kind: 'stand-in' | 'pulsar';
  readonly webSocketBase: string;
  readonly tenant: string;
}

/**
 * All services of a run: the shared one, and those that tests ask for because they restart them (engines run at the
 * same time, and a restart of the shared one would be everybody's). A real broker is always the shared one: its run is
 * one engine at a time.
 */
export class ServiceDoor {
  readonly #services = new Map<string, ServiceUnderTest>();

  constructor(shared: ServiceUnderTest) {
    this.#services.set(SHARED, shared);
  }

  address(id: string): ServiceAddress {
    const { kind, webSocketBase, tenant } = this.#find(id);
    return { id, kind, webSocketBase, tenant };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#services.values()].map((service) => service.stop()));
  }

  /** `/__service/{id}/restart`, `/__service/{id}/admin/v2/…`, `/__service/{id}/_faults`, and `/__service/new`. */
  readonly middleware: Middleware = async (context, next) => {
    if (!context.path.startsWith(`${DOOR}/`)) return next();
    const [id = '', ...rest] = context.url.slice(DOOR.length + 1).split('/');
    if (id === 'new') {
      context.body = await this.#open();
      return;
    }
    const service = this.#find(id);
    const path = rest.join('/');
    if (path === 'restart') {
      await service.restart();
      context.status = 204;
      return;
    }
    const body = await read(context.req);
    const answer = await fetch(`${service.origin}/${path}`, {
      method: context.method,
      ...(body === '' ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    context.status = answer.status;
    context.body = await answer.text();
  };

  #find(id: string): ServiceUnderTest {
    const service = this.#services.get(id);
    if (service === undefined) throw new Error(`There is no service ${id}`);
    return service;
  }

  async #open(): Promise<ServiceAddress> {
    if (this.#find(SHARED).kind === 'pulsar') return this.address(SHARED);
    const id = `own-${this.#services.size}`;
    this.#services.set(id, await startServiceUnderTest('stand-in'));
    return this.address(id);
  }
}

/**
 * Serves `dist/x8-widgets.js` and `dist/x8-worker.js` as the build makes them, without a `dist`. Both are built while
 * the browsers start: a page that waited for its build would look like one that does not load.
 */
export function builtScripts(): Middleware {
  const scripts = new Map([
    ['x8-widgets.js', builtScript('widgets')],
    ['x8-worker.js', builtScript('worker')],
  ]);
  return async (context, next) => {
    if (!context.path.startsWith(BUILT)) return next();
    const script = scripts.get(context.path.slice(BUILT.length));
    if (script === undefined) return next();
    context.type = 'text/javascript';
    context.body = await script;
  };
}

/**
 * Host pages, as they are: the development server would add its own client to their scripts. They get the policy that
 * their address asks for (`?csp=…`).
 */
export function hostPages(): Middleware {
  return async (context, next) => {
    if (!context.path.startsWith(PAGES)) return next();
    const name = basename(context.path);
    const csp = context.query['csp'];
    if (typeof csp === 'string') context.set('content-security-policy', csp);
    context.type = extname(name);
    try {
      context.body = await readFile(new URL(`./page/${name}`, import.meta.url), 'utf8');
    } catch {
      // A page may ask for what is not there on purpose.
      context.status = 404;
    }
  };
}

async function read(request: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
