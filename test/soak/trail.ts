/** What a tab had said before something was wrong with it, in a line: for whoever has to explain it. Pure. */
import type { Report } from './tab-record.js';

const MAX_WORDS = 12;

interface Came {
  readonly first: number;
  readonly last: number;
  readonly phases: string;
}

/** The reports up to index `end`, the last ones only; events of one phase are one, in however many pieces they came. */
export function trailOf(
  reports: readonly Report[],
  end: number,
  indexOf: ReadonlyMap<string, number>,
): string {
  const trail: (Came | string)[] = [];
  for (let at = end; at >= 0 && trail.length <= MAX_WORDS; at--) {
    const report = reports[at];
    if (report === undefined) continue;
    const one = report.kind === 'events' ? cameIn(report, indexOf) : wordsOf(report);
    const next = trail[0];
    if (typeof one === 'object' && typeof next === 'object' && one.phases === next.phases)
      trail[0] = joined(one, next);
    else trail.unshift(one);
  }
  return trail
    .slice(-MAX_WORDS)
    .map((one) => (typeof one === 'string' ? one : `${one.first}–${one.last} ${one.phases}`))
    .join(', ');
}

function cameIn(
  { entries }: Extract<Report, { kind: 'events' }>,
  indexOf: ReadonlyMap<string, number>,
): Came {
  const indexes = entries.map(([id]) => indexOf.get(id) ?? NaN);
  const phases = [...new Set(entries.map(([, phase]) => phase))].join('/');
  return { first: Math.min(...indexes), last: Math.max(...indexes), phases };
}

function joined(one: Came, other: Came): Came {
  return { ...one, first: Math.min(one.first, other.first), last: Math.max(one.last, other.last) };
}

function wordsOf(report: Exclude<Report, { kind: 'events' }>): string {
  switch (report.kind) {
    case 'gap':
      return `gap ${report.gap.kind}`;
    case 'error':
      return `error ${report.code}`;
    case 'history-taken':
      return `history taken before ${report.publishedBefore}`;
    default:
      return report.kind;
  }
}
