/** What a tab had said before something was wrong with it, in a line: for whoever has to explain it. Pure. */
import type { Report } from './tab-record.js';

const MAX_REPORTS = 12;

/** The reports up to index `end`, the last ones only. */
export function trailOf(
  reports: readonly Report[],
  end: number,
  indexOf: ReadonlyMap<string, number>,
): string {
  const first = Math.max(0, end + 1 - MAX_REPORTS);
  return reports
    .slice(first, end + 1)
    .map((report) => wordsOf(report, indexOf))
    .join(', ');
}

function wordsOf(report: Report, indexOf: ReadonlyMap<string, number>): string {
  switch (report.kind) {
    case 'events': {
      const indexes = report.entries.map(([id]) => indexOf.get(id) ?? NaN);
      const phases = [...new Set(report.entries.map(([, phase]) => phase))];
      return `${Math.min(...indexes)}–${Math.max(...indexes)} ${phases.join('/')}`;
    }
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
