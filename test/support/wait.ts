/** Waits that reject and say what they waited for. */

const POLL_MS = 10;

/**
 * Settles with the first value of `probe` that is neither `undefined`, `false` nor `null`.
 *
 * @param what completes "waited N ms for …"
 */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  timeoutMs = 8_000,
): Promise<T> {
  const start = performance.now();
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false && value !== null) return value;
    if (performance.now() - start > timeoutMs) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
