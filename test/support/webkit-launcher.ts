/**
 * Runs tests in WebKitGTK's MiniBrowser over plain WebDriver. The ready-made WebDriver launcher for the runner works
 * too, but brings 250 packages and two driver downloads for what five calls do.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { BrowserLauncher } from '@web/test-runner-core';

const MINI_BROWSERS = ['x86_64', 'aarch64'].map(
  (cpu) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);

export interface WebkitOptions {
  /** Path of MiniBrowser. */
  readonly binary?: string | undefined;
}

export function webkitCandidates(): readonly string[] {
  return MINI_BROWSERS;
}

export function webkitLauncher(options: WebkitOptions): BrowserLauncher {
  const driver = new WebkitDriver(options.binary ?? MINI_BROWSERS[0] ?? 'MiniBrowser');
  const urls = new Map<string, string>();
  return {
    name: 'WebKit',
    type: 'webkit',
    // One window, always visible.
    concurrency: 1,
    async initialize() {},
    async startSession(id, url) {
      urls.set(id, url);
      await driver.navigate(url);
    },
    isActive: (id) => urls.has(id),
    getBrowserUrl: (id) => {
      const url = urls.get(id);
      if (url === undefined) throw new Error(`No session ${id}`);
      return url;
    },
    async stopSession(id) {
      urls.delete(id);
      await driver.navigate('about:blank');
      return {};
    },
    async startDebugSession() {
      throw new Error('WebKit has no debug session here: use --manual and open the address in a browser');
    },
    stop: () => driver.stop(),
  };
}

export class WebkitDriver {
  readonly #binary: string;
  readonly #children: ChildProcess[] = [];
  #session: Promise<string> | undefined;

  constructor(binary: string) {
    this.#binary = binary;
  }

  async navigate(url: string): Promise<void> {
    await this.call('POST', '/url', { url });
  }

  /** One WebDriver command of the session; starts display, driver and session when they are not there yet. */
  async call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    this.#session ??= this.#start();
    return request(method, `${await this.#session}${path}`, body);
  }

  async stop(): Promise<void> {
    if (this.#session !== undefined) {
      // The session may never have come up, or the browser may be gone already: the processes end below anyway.
      await this.call('DELETE', '').catch(() => undefined);
    }
    this.#kill();
  }

  #kill = (): void => {
    for (const child of this.#children.splice(0).reverse()) child.kill();
  };

  async #start(): Promise<string> {
    process.once('exit', this.#kill);
    // MiniBrowser has no headless mode.
    const display = process.env['DISPLAY'] ?? (await this.#startDisplay());
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    this.#children.push(
      spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
        stdio: 'ignore',
        env: { ...process.env, DISPLAY: display },
      }),
    );
    await untilAnswers(`${base}/status`);
    const value = await request('POST', `${base}/session`, {
      capabilities: {
        alwaysMatch: { 'webkitgtk:browserOptions': { binary: this.#binary, args: ['--automation'] } },
      },
    });
    if (typeof value !== 'object' || value === null || !('sessionId' in value)) {
      throw new Error('WebKitWebDriver opened no session');
    }
    return `${base}/session/${String(value.sessionId)}`;
  }

  #startDisplay(): Promise<string> {
    const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    this.#children.push(display);
    return new Promise((resolve, reject) => {
      let text = '';
      display.once('error', reject);
      display.once('exit', (code) => reject(new Error(`Xvfb exited with ${code}`)));
      display.stdio[3]?.on('data', (data: Buffer) => {
        text += data.toString();
        if (text.includes('\n')) resolve(`:${text.trim()}`);
      });
    });
  }
}

async function request(method: string, url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { value?: { error?: string; message?: string } };
  if (!response.ok)
    throw new Error(`WebDriver: ${answer.value?.error ?? response.status} ${answer.value?.message ?? ''}`);
  return answer.value;
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      // Refused until it listens.
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} did not answer within 5 s`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
