/**
 * Owns the decision which ledgers retention takes: a pure function of what the topic holds.
 *
 * As in Pulsar only whole closed ledgers go, oldest first; the newest ledger always stays; a ledger that a durable
 * subscription has not finished stays; readers hold back nothing (https://github.com/apache/pulsar/issues/16210).
 * The default policy of a new namespace is 0/0: nothing is kept beyond what subscriptions need.
 */

export interface RetentionPolicy {
  /** -1 means for ever. */
  readonly retentionTimeInMinutes: number;
  /** -1 means without limit. */
  readonly retentionSizeInMB: number;
}

export const KEEP_NOTHING: RetentionPolicy = { retentionTimeInMinutes: 0, retentionSizeInMB: 0 };

export interface RetainedLedger {
  readonly id: number;
  readonly storedBytes: number;
  readonly closedMs: number | undefined;
}

const MEGABYTE = 1024 * 1024;
const MINUTE_MS = 60_000;

/**
 * How many of the oldest ledgers may go.
 * @param ledgers oldest first.
 * @param oldestNeededLedgerId the oldest ledger that a subscription still needs; `Infinity` when there is none.
 */
export function countLedgersToTrim(
  ledgers: readonly RetainedLedger[],
  policy: RetentionPolicy,
  oldestNeededLedgerId: number,
  nowMs: number,
): number {
  const totalBytes = ledgers.reduce((sum, ledger) => sum + ledger.storedBytes, 0);
  let trimmedBytes = 0;
  let count = 0;
  for (const ledger of ledgers.slice(0, -1)) {
    if (ledger.closedMs === undefined || ledger.id >= oldestNeededLedgerId) {
      break;
    }
    trimmedBytes += ledger.storedBytes;
    const isOverSize =
      policy.retentionSizeInMB >= 0 && totalBytes - trimmedBytes >= policy.retentionSizeInMB * MEGABYTE;
    const isExpired =
      policy.retentionTimeInMinutes >= 0 &&
      nowMs - ledger.closedMs > policy.retentionTimeInMinutes * MINUTE_MS;
    if (!isOverSize && !isExpired) {
      break;
    }
    count += 1;
  }
  return count;
}
