/** Waits that end: a promise that does not settle in time becomes a rejection which says what was waited for. */

/** Rejects after the given time, 10 s by default, naming what was waited for. */
export async function within<Value>(promise: Promise<Value>, what: string, limitMs = 10_000): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${limitMs} ms for ${what}`)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}
