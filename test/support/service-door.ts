/**
 * The door through which tests in a browser reach what only Node can do for them: the admin REST API of the service (a
 * real broker sends no CORS headers), its restart, and the built script. Publishing needs no door: pages have
 * WebSocket.
 */
import type { TestRunnerConfig } from '@web/test-runner';
import { build } from 'vite';
import viteConfig from '../../vite.config.js';
import type { ServiceUnderTest } from './service/service.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const DOOR = '/__service';
const BUILT = '/__built/';

export function serviceDoor(service: ServiceUnderTest): Middleware {
  return async (context, next) => {
    if (!context.path.startsWith(`${DOOR}/`)) return next();
    const path = context.url.slice(DOOR.length);
    if (path === '/restart') {
      await service.restart();
      context.status = 204;
      return;
    }
    const body = await read(context.req);
    const answer = await fetch(`${service.origin}${path}`, {
      method: context.method,
      ...(body === '' ? {} : { body, headers: { 'content-type': 'application/json' } }),
    });
    context.status = answer.status;
    context.body = await answer.text();
  };
}

/** Serves `dist/x8-widgets.js` and `dist/x8-worker.js` as the build makes them, without a `dist`. */
export function builtScripts(): Middleware {
  const scripts = new Map<string, Promise<string>>();
  const modes: Readonly<Record<string, string>> = { 'x8-widgets.js': 'widgets', 'x8-worker.js': 'worker' };
  return async (context, next) => {
    if (!context.path.startsWith(BUILT)) return next();
    const name = context.path.slice(BUILT.length);
    const mode = modes[name];
    if (mode === undefined) return next();
    let script = scripts.get(name);
    if (script === undefined) {
      script = buildScript(mode);
      scripts.set(name, script);
    }
    context.type = 'text/javascript';
    context.body = await script;
  };
}

async function buildScript(mode: string): Promise<string> {
  const config = await viteConfig({ mode, command: 'build' });
  const result = await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: { ...config.build, write: false, sourcemap: false },
  });
  for (const output of Array.isArray(result) ? result : [result]) {
    if ('output' in output) return output.output[0].code;
  }
  throw new Error(`The build made nothing for ${mode}`);
}

/**
 * Pages under test get the security headers that they ask for: `?csp=…` and `?trusted-types`. Only pages of
 * `test/support/page/`.
 */
export function pageHeaders(): Middleware {
  return async (context, next) => {
    if (context.path.startsWith('/test/support/page/')) {
      const csp = context.query['csp'];
      if (typeof csp === 'string') context.set('content-security-policy', csp);
    }
    return next();
  };
}

async function read(request: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
