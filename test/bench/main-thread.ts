/**
 * What a page's main thread did, twice: by the clock, and by the processor's time. On a computer whose cores are all taken
 * (worker, service, publisher and browser run beside the page) a task of 13 ms was seen to take 81 by the clock.
 */
import type { Page } from 'puppeteer-core';

export interface BusySeconds {
  /** Tasks from their beginning to their end, the time included in which the thread had to wait for a core. */
  readonly clock: number;
  readonly cpu: number;
}

/** Reads both meters of a page, from one moment on. */
export async function busyMeter(page: Page): Promise<() => Promise<BusySeconds>> {
  const session = await page.createCDPSession();
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const { TaskDuration = 0 } = await page.metrics();
    const cpu = metrics.find(({ name }) => name === 'TaskDuration')?.value;
    if (cpu === undefined) throw new Error('this Chromium does not tell the CPU time of tasks');
    return { clock: TaskDuration, cpu };
  };
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** CPU time, µs. */
  readonly tdur?: number;
}

/** The longest task of any page's main thread while `use` runs, in ms of CPU time. Pages in the background rest. */
export async function longestTaskCpuMs(page: Page, use: () => Promise<void>): Promise<number> {
  await page.tracing.start({ categories: ['toplevel'] });
  await use();
  const trace = await page.tracing.stop();
  const { traceEvents } = JSON.parse(Buffer.from(trace ?? []).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const place = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(place),
  );
  const tasks = traceEvents.filter((event) => event.ph === 'X' && mainThreads.has(place(event)));
  if (tasks.length === 0) throw new Error('the trace has no task of a page');
  return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000;
}
