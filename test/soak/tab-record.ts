/**
 * What one tab was given, held against what was published: pure. Every message once and in order, or a gap that was
 * said before it and that somebody's trim or re-creation explains, or what the service then has. An error stands for a
 * message that arrived spoilt.
 */
import type { Gap } from '../../src/protocol/connection-status.js';
import { NamelessErrors } from './nameless-errors.js';
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
  | { readonly kind: 'error'; readonly code: string; readonly messageId?: string }
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
  /** Messages that arrived spoilt, and for which an error stands. */
  readonly spoilt: number;
  /** What must not be; empty when all is well. */
  readonly problems: readonly string[];
  /** What the tab had said before each of them. */
  readonly trails: readonly string[];
}

const MAX_PROBLEMS = 20;

/** Ids of messages that arrived spoilt, by whether the frame still named them. */
export interface SpoiltIds {
  readonly named: ReadonlySet<string>;
  readonly nameless: ReadonlySet<string>;
}

const NOTHING_SPOILT: SpoiltIds = { named: new Set(), nameless: new Set() };

/** A tab had to be given the messages from index `from` on, and before `until` at least. */
export function judgeTab(
  published: readonly string[],
  reports: readonly Report[],
  from: number,
  until: number,
  spoilt = NOTHING_SPOILT,
): TabFigures {
  const indexOf = new Map(published.map((id, index) => [id, index]));
  const seen = new Set<number>();
  const problems: string[] = [];
  const trails: string[] = [];
  let at = 0;
  const problem = (text: string): void => {
    if (problems.length >= MAX_PROBLEMS) return;
    problems.push(text);
    trails.push(trailOf(reports, at, indexOf));
  };
  const figures = {
    visits: 0,
    duplicates: 0,
    repeated: 0,
    lateAsHistory: 0,
    gaps: 0,
    lostInGaps: 0,
    errors: 0,
    spoilt: 0,
  };
  const errors = reports.filter((one) => one.kind === 'error');
  const erred = new Set(errors.map(({ messageId }) => messageId));
  const namelessErrors = new NamelessErrors(reports);
  let eventsReport = -1;
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
        if (takenBefore === undefined && report.isExplained !== true && !isExcused(report.gap))
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
        eventsReport++;
        for (const [id, phase] of report.entries) {
          const index = indexOf.get(id);
          if (index === undefined) problem(`never published: ${id}`);
          else take(id, index, phase);
        }
        break;
      default:
        report satisfies never;
    }
  }
  if (last < until - 1) problem(`lost at the end: ${until - 1 - last}`);
  return { ...figures, delivered: seen.size, problems, trails };

  /**
   * The message that had to prove the place arrived, and nobody could read its name; or there was no place, because
   * nothing had come since the gap before.
   */
  function isExcused({ kind, from }: Gap): boolean {
    if (kind === 'no-cursor') return openGaps > 1;
    return from !== undefined && spoilt.nameless.has(from.messageId);
  }

  function isSpoilt(id: string): boolean {
    if (spoilt.named.has(id) && erred.has(id)) return true;
    return spoilt.nameless.has(id) && namelessErrors.take(eventsReport);
  }

  function take(id: string, index: number, phase: Phase): void {
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
    seen.add(index);
    if (index <= last) {
      // It arrived spoilt, and the service has it still.
      const isMended = phase === 'replayed' && (spoilt.named.has(id) || spoilt.nameless.has(id));
      if (isMended) figures.lateAsHistory++;
      else if (index >= from) problem(`out of order: message ${index} after ${last}`);
      return;
    }
    // Its place is then that of the tabs beside it, which have said the gap for it.
    const isSaidByOthers = hasCrashed && takenBefore !== undefined;
    hasCrashed = false;
    if (phase === 'replayed') figures.lateAsHistory++;
    const missing = published.slice(last + 1, index);
    const skipped = missing.filter((one) => !isSpoilt(one)).length;
    figures.spoilt += missing.length - skipped;
    if (skipped > 0) {
      if (openGaps > 0 || isSaidByOthers) figures.lostInGaps += skipped;
      else problem(`lost: ${skipped} before message ${index}`);
    }
    openGaps = 0;
    if (takenBefore !== undefined && index >= takenBefore) takenBefore = undefined;
    last = index;
  }
}
