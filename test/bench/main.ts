/**
 * `npm run bench`: what the product costs, side by side with the least and the worst that a client can be, in one run.
 * Absolute figures say more about the machine; the ratios are what counts. The script builds first, which prints the
 * sizes of every shipped file. Needs Chromium.
 *
 * Intake is told twice: sustained, which leaves out the first messages of each run, in which the engine compiles the
 * worker that is new with each run, and from the dial on, which has them in. Both receivers are measured alike.
 *
 *   npm run bench [-- --messages 100000] [--warm-up 40000] [--rounds 3] [--only intake|page|catch-up]
 */
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { BROWSER_PATHS, CHROMIUM_ARGS } from '../support/runner-config.js';
import { intakeRate, median, type Samples } from './intake-rate.js';
import { Load, payloads } from './load.js';
import { busyMeter, longestTaskCpuMs, type BusySeconds } from './main-thread.js';
import { startServiceProcess, type ServiceProcess } from './service-process.js';
import { startSite } from './site.js';

const RATE_PER_SECOND = 10_000;
const WARM_UP_MS = 4_000;
const WINDOW_MS = 8_000;
const INTAKE_TIMEOUT_MS = 120_000;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    'warm-up': { type: 'string', default: '40000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
});
const messages = Number(values.messages);
const warmUp = Number(values['warm-up']);
const rounds = Number(values.rounds);

interface Bench {
  readonly browser: Browser;
  readonly origin: string;
  readonly service: ServiceProcess;
  readonly events: readonly string[];
}

/** Runs in a page of its own, in front: a hidden page has no frames. */
async function inPage<T>(bench: Bench, path: string, use: (page: Page) => Promise<T>): Promise<T> {
  const page = await bench.browser.newPage();
  page.setDefaultTimeout(INTAKE_TIMEOUT_MS);
  try {
    await page.goto(`${bench.origin}/test/bench/page/${path}`);
    await page.bringToFront();
    return await use(page);
  } finally {
    await page.close();
  }
}

function readerUrl(service: ServiceProcess, topic: string, start: string): string {
  return `${service.webSocketBase}/reader/persistent/${service.tenant}/event-v1/${topic}?messageId=${start}`;
}

/** The topic that intake and catch-up read. */
async function fill(bench: Bench): Promise<void> {
  const load = await Load.open(bench.service.webSocketBase, `${bench.service.tenant}/event-v1/intake`);
  await load.fill(bench.events);
  load.close();
}

async function intake(bench: Bench): Promise<void> {
  const target = {
    endpoint: bench.service.webSocketBase,
    tenant: bench.service.tenant,
    namespace: 'event-v1',
    topic: 'intake',
  };
  const noop: Samples[] = [];
  const product: Samples[] = [];
  await inPage(bench, 'intake.html', async (page) => {
    // One round unmeasured: a fresh renderer receives half as fast.
    for (let round = 0; round <= rounds; round++) {
      const takeNoop = async (): Promise<void> => {
        const samples = await page.evaluate(
          (service, count) => (window as unknown as IntakePage).noopIntake(service, count),
          target,
          messages,
        );
        if (round > 0) noop.push(samples);
      };
      const takeProduct = async (): Promise<void> => {
        const { samples, counts } = await page.evaluate(
          (service, count) => (window as unknown as IntakePage).productIntake(service, count),
          target,
          messages,
        );
        if (counts.rejected > 0 || counts.delivered !== messages) throw new Error(JSON.stringify(counts));
        if (round > 0) product.push(samples);
      };
      // Who goes first takes turns: a machine that slows down or recovers meanwhile favours neither.
      for (const take of round % 2 === 0 ? [takeNoop, takeProduct] : [takeProduct, takeNoop]) await take();
    }
  });
  intakeRows(`after ${thousands(warmUp)} to warm up`, 'target ≥ 0.85', noop, product, warmUp);
  intakeRows('from the dial on', 'warm-up included', noop, product, 0);
}

function intakeRows(
  what: string,
  note: string,
  noop: readonly Samples[],
  product: readonly Samples[],
  after: number,
): void {
  const noopRates = noop.map((samples) => intakeRate(samples, after, messages));
  const productRates = product.map((samples) => intakeRate(samples, after, messages));
  row(`Worker intake, all answered, ${what}`, `${thousands(median(productRates))}/s`);
  row('… no-op receiver that answers, same browser and service', `${thousands(median(noopRates))}/s`);
  row(
    `… ratio (${note})`,
    median(productRates.map((rate, index) => rate / (noopRates[index] ?? 1))).toFixed(2),
  );
}

interface IntakePage {
  noopIntake(service: object, count: number): Promise<Samples>;
  productIntake(
    service: object,
    count: number,
  ): Promise<{
    readonly samples: Samples;
    readonly counts: { readonly rejected: number; readonly delivered: number };
  }>;
}

interface LivePage {
  readonly taken: number;
  counts(): Promise<{ readonly received: number }>;
  state(): Promise<string>;
  readonly longestTaskMs: number;
  readonly longTasks: number;
}

/** Shares of the page's main thread that are busy, and the rate that arrived, at a steady rate. */
async function busyShare(
  bench: Bench,
  path: string,
  topic: string,
  taken: (page: Page) => Promise<number>,
): Promise<{ readonly share: BusySeconds; readonly rate: number }> {
  const load = await Load.open(bench.service.webSocketBase, `${bench.service.tenant}/event-v1/${topic}`);
  const stop = new AbortController();
  try {
    return await inPage(bench, path, async (page) => {
      const pacing = load.pace(bench.events, RATE_PER_SECOND, stop.signal);
      const busy = await busyMeter(page);
      await sleep(WARM_UP_MS);
      const before = { ...(await busy()), taken: await taken(page), at: performance.now() };
      await sleep(WINDOW_MS);
      const after = { ...(await busy()), taken: await taken(page), at: performance.now() };
      stop.abort();
      await pacing;
      const seconds = (after.at - before.at) / 1000;
      return {
        share: { clock: (after.clock - before.clock) / seconds, cpu: (after.cpu - before.cpu) / seconds },
        rate: (after.taken - before.taken) / seconds,
      };
    });
  } finally {
    stop.abort();
    load.close();
  }
}

async function pageShare(bench: Bench): Promise<void> {
  const { service } = bench;
  const naive = await busyShare(
    bench,
    `naive.html?${new URLSearchParams({ url: readerUrl(service, 'naive', 'latest') })}`,
    'naive',
    (page) => page.evaluate(() => (window as unknown as LivePage).taken),
  );
  const product = await busyShare(
    bench,
    `widget.html?${widgetQuery(service, 'live', 'latest')}`,
    'live',
    (page) => page.evaluate(async () => (await (window as unknown as LivePage).counts()).received),
  );
  row(`Page busy at ${thousands(RATE_PER_SECOND)} events/s (target ≤ 5 %)`, percent(product.share.clock));
  row('… by CPU time', percent(product.share.cpu));
  row('… events that arrived', `${thousands(product.rate)}/s`);
  row('Naive client: socket, atob, a row per message (60–90 %)', percent(naive.share.clock));
  row('… by CPU time', percent(naive.share.cpu));
  row('… events that arrived', `${thousands(naive.rate)}/s`);
}

/** @param isEmitting the page asks for each event (`emit-events`) and takes it up */
async function catchUp(bench: Bench, isEmitting: boolean): Promise<void> {
  const query = widgetQuery(bench.service, 'intake', 'earliest');
  if (isEmitting) query.set('emit-events', '');
  await inPage(bench, `widget.html?${query}`, async (page) => {
    const startedAt = performance.now();
    let seconds = 0;
    const longestCpuMs = await longestTaskCpuMs(page, async () => {
      for (;;) {
        const received = await page.evaluate(
          async (counts) =>
            counts
              ? (window as unknown as LivePage).taken
              : (await (window as unknown as LivePage).counts()).received,
          isEmitting,
        );
        if (received >= messages) break;
        if (performance.now() - startedAt > INTAKE_TIMEOUT_MS)
          throw new Error(`only ${received} of ${messages} came`);
        await sleep(20);
      }
      seconds = (performance.now() - startedAt) / 1000;
    });
    const tasks = await page.evaluate(() => {
      const { longestTaskMs, longTasks } = window as unknown as LivePage;
      return { longestTaskMs, longTasks };
    });
    const how = isEmitting ? ', each handed to the page' : '';
    row(`Catch-up replay of ${thousands(messages)} events${how}`, `${seconds.toFixed(1)} s`);
    row('… tasks over 50 ms on the page', String(tasks.longTasks));
    row('… longest of them', tasks.longTasks === 0 ? 'under 50 ms' : `${Math.round(tasks.longestTaskMs)} ms`);
    row('… longest of all by CPU time', `${Math.round(longestCpuMs)} ms`);
  });
}

function widgetQuery(service: ServiceProcess, topic: string, start: string): URLSearchParams {
  return new URLSearchParams({
    endpoint: service.webSocketBase,
    tenant: service.tenant,
    topic: `event-v1/${topic}`,
    start,
  });
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en');
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function row(what: string, figure: string): void {
  console.log(`| ${what.padEnd(58)} | ${figure.padStart(14)} |`);
}

const executablePath = BROWSER_PATHS.chromium();
if (executablePath === undefined) throw new Error('Chromium is not installed: npm run browsers');
const service = await startServiceProcess();
const site = await startSite();
// networkEnabled ships every WebSocket frame through DevTools, which halves the receive rate.
const browser = await puppeteer.launch({ executablePath, args: [...CHROMIUM_ARGS], networkEnabled: false });
try {
  const bench: Bench = { browser, origin: site.origin, service, events: payloads(messages) };
  row('What', 'Measured');
  row('-'.repeat(58), '-'.repeat(14));
  const isWanted = (part: string): boolean => (values.only ?? part) === part;
  if (isWanted('intake') || isWanted('catch-up')) await fill(bench);
  if (isWanted('intake')) await intake(bench);
  if (isWanted('page')) await pageShare(bench);
  if (isWanted('catch-up')) {
    await catchUp(bench, false);
    await catchUp(bench, true);
  }
} finally {
  await browser.close();
  await site.stop();
  service.stop();
}
