/**
 * Which error without a name may stand for which message that arrived spoilt: one that was said beside it. An error is
 * said before the events of its update, and what came before it may wait for that update too; where the update has a gap,
 * the events before the gap are said first.
 */
import type { Report } from './tab-record.js';

interface NamelessError {
  /** Numbers of the first and the last report of events in which its message may be passed over. */
  readonly first: number;
  readonly last: number;
}

export class NamelessErrors {
  readonly #free: NamelessError[];

  constructor(reports: readonly Report[]) {
    this.#free = reports.flatMap((report, at) => {
      if (report.kind !== 'error' || !report.code.startsWith('frame-') || report.messageId) return [];
      return [
        { first: eventsBefore(reports, updateStart(reports, at)), last: eventsBefore(reports, at) + 1 },
      ];
    });
  }

  /** Whether one can be found for a message that was passed over in this report of events; it stands for no other. */
  take(number: number): boolean {
    const found = this.#free.findIndex(({ first, last }) => first <= number && number <= last);
    if (found < 0) return false;
    this.#free.splice(found, 1);
    return true;
  }
}

const eventsBefore = (reports: readonly Report[], end: number): number =>
  reports.slice(0, end).filter(({ kind }) => kind === 'events').length;

/** The earliest report that may be of one update with the error at this index. */
function updateStart(reports: readonly Report[], error: number): number {
  let at = error;
  while (reports[at - 1]?.kind === 'error') at--;
  while (reports[at - 1]?.kind === 'gap') {
    at--;
    if (reports[at - 1]?.kind === 'events') at--;
  }
  return at;
}
