/** Runs test files of Node, each in a process of its own, and counts what they executed. */
import { run } from 'node:test';
import { isAbsolute, relative, resolve } from 'node:path';
import { add, NOTHING, type Counts } from './tally.js';

/** The part of an event of `node:test` that is counted. Node 20 names a suite but not a test in `details.type`. */
export interface NodeTestEvent {
  readonly name: string;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly todo?: string | boolean | undefined;
  readonly details: {
    readonly type?: string | undefined;
    readonly error?: { readonly failureType?: string | undefined } | undefined;
  };
}

/** What one `test:pass` or `test:fail` adds. */
export function countsOf(outcome: 'pass' | 'fail', event: NodeTestEvent): Counts {
  const isFile = isAbsolute(event.name) && event.name === event.file;
  const isSuite = event.details.type === 'suite';
  if (event.skip !== undefined || event.todo !== undefined) {
    const reason = typeof event.skip === 'string' ? ` (${event.skip})` : '';
    return { ...NOTHING, skipped: [`${event.name}${reason}`] };
  }
  switch (outcome) {
    case 'pass':
      // A file that registers no test is itself reported as a test that passed.
      if (isFile) return { ...NOTHING, failed: 1 };
      return isSuite ? NOTHING : { ...NOTHING, passed: 1 };
    case 'fail':
      // What failed inside has been counted already; a suite's own failure is a hook's.
      if (event.details.error?.failureType === 'subtestsFailed') return NOTHING;
      return { ...NOTHING, failed: 1 };
    default:
      return outcome satisfies never;
  }
}

export interface NodePartOptions {
  /** How many files at once. */
  readonly concurrency: number;
  /** A test, and a file, that takes longer has failed. */
  readonly timeoutMs: number;
}

/** `files` are relative to the working directory. Prints failures only. */
export async function runNodeFiles(files: readonly string[], options: NodePartOptions): Promise<Counts> {
  let counts = NOTHING;
  const stream = run({
    files: files.map((file) => resolve(file)),
    concurrency: options.concurrency,
    timeout: options.timeoutMs,
  });
  /** What a file has written; shown only when the file does not load. */
  const written = new Map<string, string>();
  for await (const event of stream) {
    switch (event.type) {
      case 'test:stdout':
      case 'test:stderr': {
        const { file = '', message } = event.data;
        written.set(file, `${written.get(file) ?? ''}${message}`.slice(-4000));
        break;
      }
      case 'test:pass':
        counts = add(counts, countsOf('pass', event.data));
        if (event.data.name === event.data.file) report(event.data, 'holds no test');
        break;
      case 'test:fail': {
        const found = countsOf('fail', event.data as NodeTestEvent);
        counts = add(counts, found);
        if (found.failed === 0) break;
        const isFile = event.data.name === event.data.file;
        report(
          event.data,
          isFile
            ? `did not run to its end\n${written.get(event.data.file ?? '') ?? ''}`
            : failureText(event.data.details.error),
        );
        break;
      }
    }
  }
  return counts;
}

function report(event: { readonly name: string; readonly file?: string | undefined }, text: string): void {
  const file = event.file === undefined ? '' : relative(process.cwd(), event.file);
  const title = event.name === event.file ? file : `${file}: ${event.name}`;
  console.log(`FAIL ${title}\n${text.replace(/^/gm, '     ').trimEnd()}\n`);
}

/** `node:test` wraps what was thrown; the wrapper's own stack says nothing. */
function failureText(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return (cause.stack ?? cause.message).slice(0, 3000);
}
