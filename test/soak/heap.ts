/** How much memory a page and its workers hold after a forced collection, and what that grows by. */
import type { CDPSession, Page } from 'puppeteer-core';

export interface HeapSample {
  readonly atMs: number;
  readonly pageBytes: number;
  readonly workerBytes: number;
}

export async function sampleHeap(page: Page, session: CDPSession): Promise<HeapSample> {
  const pageBytes = await usedBytes(session);
  const workers = await Promise.all(page.workers().map(({ client }) => usedBytes(client)));
  const workerBytes = workers.reduce((sum, bytes) => sum + bytes, 0);
  return { atMs: Date.now(), pageBytes, workerBytes };
}

async function usedBytes(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

const MB = 1_000_000;
const HOUR_MS = 3_600_000;

/** Least squares over the samples, MB an hour; `undefined` for fewer than three. */
export function slopeOf(
  samples: readonly HeapSample[],
  bytesOf: (sample: HeapSample) => number,
): number | undefined {
  if (samples.length < 3) return undefined;
  const mean = (of: (sample: HeapSample) => number): number =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [meanAt, meanBytes] = [mean(({ atMs }) => atMs), mean(bytesOf)];
  const sum = (of: (sample: HeapSample) => number): number =>
    samples.reduce((total, sample) => total + of(sample), 0);
  const spread = sum(({ atMs }) => (atMs - meanAt) ** 2);
  const together = sum((sample) => (sample.atMs - meanAt) * (bytesOf(sample) - meanBytes));
  return ((together / spread) * HOUR_MS) / MB;
}
