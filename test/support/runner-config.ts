/**
 * web-test-runner's configuration: three engines, sources through Vite, and the service that the tests talk to.
 *
 *   BROWSERS=chromium,firefox,webkit   which engines (default: all three)
 *   SERVICE=stand-in|pulsar            which service (default: the stand-in)
 *   SEED=123, NEW_SEED=123, RUNS=10    which random cases, and how many times more (random-cases.ts)
 */
import { existsSync } from 'node:fs';
import type { BrowserLauncher, TestRunnerConfig } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { workerProgram } from '../../vite.config.js';
import { serviceKind, startServiceUnderTest } from './service/service.js';
import { ServiceDoor, SHARED, builtScripts, hostPages } from './service-door.js';
import { ProxyDoor } from './faults/proxy/proxy-door.js';
import { timeMachineScript } from './faults/time-machine/script.js';
import { TlsDoor } from './tls-door.js';
import { topLevelTabs } from './top-level-tabs.js';
import { viteMiddleware } from './vite-middleware.js';
import { webkitCandidates, webkitLauncher } from './webkit-launcher.js';

/** Without these, headless Chromium looks for Google's hosts at every start. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const BROWSER_PATHS = {
  chromium: () => firstExisting(process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'),
  firefox: () => firstExisting(process.env['FIREFOX'], '/usr/bin/firefox-esr', '/usr/bin/firefox'),
  webkit: () => firstExisting(process.env['WEBKIT'], ...webkitCandidates()),
} as const;

export type BrowserName = keyof typeof BROWSER_PATHS;

function firstExisting(...paths: readonly (string | undefined)[]): string | undefined {
  return paths.find((path) => path !== undefined && existsSync(path));
}

function launcher(name: BrowserName): BrowserLauncher {
  const executablePath = BROWSER_PATHS[name]();
  if (executablePath === undefined) throw new Error(`${name} is not installed: npm run browsers`);
  // A second tab of one window would be hidden, and hidden pages have slow timers and no frames.
  const createPage: NonNullable<Parameters<typeof chromeLauncher>[0]>['createPage'] = ({ browser }) =>
    browser.newPage({ type: 'window' });
  switch (name) {
    case 'chromium':
      return chromeLauncher({
        puppeteer,
        createPage,
        // networkEnabled ships every WebSocket frame through DevTools, which halves the receive rate.
        launchOptions: {
          executablePath,
          args: [...CHROMIUM_ARGS],
          networkEnabled: false,
          acceptInsecureCerts: true,
        },
      });
    case 'firefox':
      return chromeLauncher({
        puppeteer,
        createPage,
        launchOptions: { browser: 'firefox', executablePath, acceptInsecureCerts: true },
      });
    case 'webkit':
      return webkitLauncher({ binary: executablePath });
    default:
      return name satisfies never;
  }
}

function browserNames(): readonly BrowserName[] {
  const wanted = (process.env['BROWSERS'] ?? 'chromium,firefox,webkit').split(',');
  return wanted.map((name) => {
    if (name === 'chromium' || name === 'firefox' || name === 'webkit') return name;
    throw new Error(`BROWSERS names an unknown browser: ${name}`);
  });
}

/** Tests publish events that no real producer could over WebSocket, of 32 MiB before base64, to see what the widget does. */
const LIMITS = { maxTextFrameBytes: 48 * 1024 * 1024 };

export async function runnerConfig(): Promise<TestRunnerConfig> {
  const door = new ServiceDoor(await startServiceUnderTest(serviceKind(), LIMITS));
  const proxies = new ProxyDoor();
  const tls = new TlsDoor();
  const { middleware, plugin } = await viteMiddleware({
    configFile: false,
    root: process.cwd(),
    plugins: [workerProgram()],
    define: {
      __X8_VERSION__: JSON.stringify('test'),
      'import.meta.env.VITE_SERVICE': JSON.stringify(JSON.stringify(door.address(SHARED))),
      ...inPages(['SEED', 'NEW_SEED', 'RUNS']),
    },
  });
  return {
    files: ['test/**/*.test.ts', '!test/{contract,server,simulation,run}/**'],
    // Without a hostname the runner listens on every interface.
    hostname: 'localhost',
    // Three engines run side by side already; more pages at once only make each other wait on a small computer.
    concurrency: 1,
    browsers: browserNames().map(launcher),
    middleware: [
      door.middleware,
      proxies.middleware,
      tls.middleware,
      builtScripts(),
      timeMachineScript(),
      hostPages(),
      middleware,
    ],
    plugins: [
      plugin,
      topLevelTabs(),
      {
        name: 'service',
        serverStop: async () => {
          tls.stop();
          await proxies.stop();
          await door.stop();
        },
      },
    ],
    testFramework: { config: { ui: 'tdd', timeout: '10000' } },
    // A computer that does other things as well may take more than the default of 30 s for Firefox, and of 20 s for a page.
    browserStartTimeout: 120_000,
    testsStartTimeout: 60_000,
    testsFinishTimeout: 240_000,
  };
}

/** What the environment says, as `import.meta.env` of a page. */
function inPages(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name) => [`import.meta.env.VITE_${name}`, JSON.stringify(process.env[name] ?? '')]),
  );
}
