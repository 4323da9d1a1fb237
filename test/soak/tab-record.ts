/**
 * What one tab was given, held against what was published: pure. Every message once and in order, or a gap that was
 * said before it and that somebody's trim or re-creation explains, or what the service then has.
 */
import type { Gap } from '../../src/protocol/connection-status.js';
import { trailOf } from './trail.js';

export type Phase = 'replayed' | 'missed' | 'live';

/** What a tab says. */
export type Report =
  /** A document has begun. */
  | { readonly kind: 'visit' }
  | { readonly kind: 'events'; readonly entries: readonly (readonly [id: string, phase: Phase])[] }
  | {
      readonly kind: 'gap';
      readonly gap: Gap;
      /** From the soak: the service has no longer what the gap begins after, whoever took it. */
      isExplained?: boolean;
    }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'exception'; readonly message: string }
  /** From the soak itself: the tab's process ended. What it had shown since its last save comes again, as missed. */
  | { readonly kind: 'crash' }
  /**
   * From the soak itself: events were taken out of the topic when so many had been published. Explains a gap that is
   * said before anything newer is shown.
   */
  | { readonly kind: 'history-taken'; readonly publishedBefore: number };

export interface TabFigures {
  readonly visits: number;
  /** Different messages that came. */
  readonly delivered: number;
  readonly duplicates: number;
  /** Came again after a crash. */
  readonly repeated: number;
  /** Came as history though this tab had never shown them. */
  readonly lateAsHistory: number;
  readonly gaps: number;
  /** Messages that a gap said were lost. */
  readonly lostInGaps: number;
  readonly errors: number;
  /** What must not be; empty when all is well. */
  readonly problems: readonly string[];
}

const MAX_PROBLEMS = 20;

/** A tab had to be given the messages from index `from` on, and before `until` at least. */
export function judgeTab(
  published: readonly string[],
  reports: readonly Report[],
  from: number,
  until: number,
): TabFigures {
  const indexOf = new Map(published.map((id, index) => [id, index]));
  const seen = new Set<number>();
  const problems: string[] = [];
  let at = 0;
  const problem = (text: string): void => {
    if (problems.length < MAX_PROBLEMS) problems.push(`${text}; ${trailOf(reports, at, indexOf)}`);
  };
  const figures = {
    visits: 0,
    duplicates: 0,
    repeated: 0,
    lateAsHistory: 0,
    gaps: 0,
    lostInGaps: 0,
    errors: 0,
  };
  let last = from - 1;
  let openGaps = 0;
  let hasCrashed = false;
  let takenBefore: number | undefined;
  for (const [index, report] of reports.entries()) {
    at = index;
    switch (report.kind) {
      case 'visit':
        figures.visits++;
        break;
      case 'crash':
        hasCrashed = true;
        break;
      case 'history-taken':
        takenBefore = report.publishedBefore;
        break;
      case 'gap':
        figures.gaps++;
        openGaps++;
        if (takenBefore === undefined && report.isExplained !== true)
          problem(`a gap that nothing explains: ${JSON.stringify(report.gap)}`);
        takenBefore = undefined;
        break;
      case 'error':
        figures.errors++;
        break;
      case 'exception':
        problem(`an exception: ${report.message}`);
        break;
      case 'events':
        for (const [id, phase] of report.entries) {
          const index = indexOf.get(id);
          if (index === undefined) problem(`never published: ${id}`);
          else take(index, phase);
        }
        break;
      default:
        report satisfies never;
    }
  }
  if (last < until - 1) problem(`lost at the end: ${until - 1 - last}`);
  return { ...figures, delivered: seen.size, problems };

  function take(index: number, phase: Phase): void {
    if (seen.has(index)) {
      if (phase === 'replayed') return;
      if (hasCrashed && phase === 'missed') {
        figures.repeated++;
        return;
      }
      figures.duplicates++;
      problem(`twice: message ${index} (${phase})`);
      return;
    }
    // Its place is then that of the tabs beside it, which have said the gap for it.
    const isSaidByOthers = hasCrashed && takenBefore !== undefined;
    hasCrashed = false;
    seen.add(index);
    if (index <= last) {
      if (index >= from) problem(`out of order: message ${index} after ${last}`);
      return;
    }
    if (phase === 'replayed') figures.lateAsHistory++;
    const skipped = index - last - 1;
    if (skipped > 0) {
      if (openGaps > 0 || isSaidByOthers) figures.lostInGaps += skipped;
      else problem(`lost: ${skipped} before message ${index}`);
    }
    openGaps = 0;
    if (takenBefore !== undefined && index >= takenBefore) takenBefore = undefined;
    last = index;
  }
}
