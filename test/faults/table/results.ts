/** From the results of all tests to the table: row by row and engine by engine. Pure. */
import { engineOf, type Engine } from '../../support/faults/engine.js';
import { readTitle } from '../../support/faults/test-title.js';
import type { ExpectedFailure } from '../expected-failures.js';
import type { NotShown } from '../not-shown.js';
import { ROWS, type Row } from '../rows.js';

export interface TestResult {
  /** As the runner names it: `Chromium`, `Firefox`, `WebKit`. */
  readonly browser: string;
  readonly title: string;
  readonly isPassed: boolean;
  readonly said: string;
}

/** What a test has measured and logged. */
export interface Figure {
  readonly browser: string;
  readonly text: string;
}

export interface RunResult {
  readonly results: readonly TestResult[];
  readonly figures: readonly Figure[];
}

export interface Lists {
  /** Every test file was run: a row without a test, and a listed test that did not run, are failures. */
  readonly isWhole: boolean;
  readonly expected: readonly ExpectedFailure[];
  readonly notShown: readonly NotShown[];
}

export interface Table {
  readonly lines: readonly string[];
  readonly hasFailed: boolean;
}

interface Cell {
  readonly passed: number;
  readonly failed: number;
  readonly notYet: number;
  readonly notShown: number;
}

const ENGINE_NAMES: Readonly<Record<string, Engine>> = {
  chromium: 'chromium',
  chrome: 'chromium',
  firefox: 'firefox',
  webkit: 'webkit',
};

export function engineNamed(browser: string): Engine {
  const word = browser.toLowerCase().split(/[\s/]/)[0] ?? '';
  return ENGINE_NAMES[word] ?? engineOf(browser);
}

export function tableOf({ results, figures }: RunResult, engines: readonly Engine[], lists: Lists): Table {
  const rows = (Object.keys(ROWS) as unknown as Row[]).map(Number) as Row[];
  const lines = ['', heading(engines)];
  const problems: string[] = [];
  for (const row of rows) {
    const cells = engines.map((engine) => cellOf(row, engine, results, lists));
    lines.push(line(row, cells));
    if (lists.isWhole && cells.every((cell) => cell.passed + cell.failed + cell.notYet + cell.notShown === 0))
      problems.push(`row ${row} has no test`);
  }
  problems.push(...failures(results), ...unknownNames(results, engines, lists));
  lines.push(
    ...section(
      'MEASURED',
      figures.map(({ browser, text }) => `${browser}: ${text}`),
    ),
  );
  lines.push(...section('NOT YET (the product does not do this)', lists.expected.map(describe)));
  lines.push(
    ...section(
      'NOT SHOWN by an engine',
      lists.notShown.map((one) => `${describe(one)} [${one.engines.join(', ')}]`),
    ),
  );
  lines.push(...section('FAILED', problems));
  return { lines, hasFailed: problems.length > 0 };
}

function cellOf(row: Row, engine: Engine, results: readonly TestResult[], lists: Lists): Cell {
  const own = results.flatMap((result) => {
    const title = readTitle(result.title);
    return title?.row === row && engineNamed(result.browser) === engine ? [{ ...result, ...title }] : [];
  });
  return {
    passed: own.filter(({ isPassed, isExpected }) => isPassed && !isExpected).length,
    notYet: own.filter(({ isPassed, isExpected }) => isPassed && isExpected).length,
    failed: own.filter(({ isPassed }) => !isPassed).length,
    notShown: lists.notShown.filter((one) => one.row === row && one.engines.includes(engine)).length,
  };
}

function failures(results: readonly TestResult[]): readonly string[] {
  return results
    .filter(({ isPassed }) => !isPassed)
    .map(({ browser, title, said }) => `${browser}: ${title}: ${said.split('\n')[0] ?? ''}`);
}

/** A listed name that no test has is a list that has gone stale. */
function unknownNames(
  results: readonly TestResult[],
  engines: readonly Engine[],
  { isWhole, expected, notShown }: Lists,
): readonly string[] {
  if (!isWhole) return [];
  const titles = results.map(({ title }) => readTitle(title));
  const isShownNowhere = ({ row, test }: Pick<NotShown, 'row' | 'test'>): boolean =>
    notShown.some(
      (one) =>
        one.row === row && one.test === test && engines.every((engine) => one.engines.includes(engine)),
    );
  return [...expected, ...notShown]
    .filter((one) => !isShownNowhere(one))
    .filter(({ row, test }) => !titles.some((title) => title?.row === row && title.name === test))
    .map(({ row, test }) => `the lists name a test that did not run: [${row}] ${test}`);
}

const describe = ({ row, test, why }: Pick<ExpectedFailure, 'row' | 'test' | 'why'>): string =>
  `[${row}] ${test}: ${why}`;

function section(title: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : ['', title, ...entries.map((entry) => `  ${entry}`)];
}

const heading = (engines: readonly Engine[]): string =>
  `${'row'.padStart(3)}  ${'worry'.padEnd(48)}${engines.map((engine) => engine.padEnd(26)).join('')}`;

function line(row: Row, cells: readonly Cell[]): string {
  return `${String(row).padStart(3)}  ${ROWS[row].padEnd(48)}${cells.map((cell) => cellText(cell).padEnd(26)).join('')}`;
}

function cellText({ passed, failed, notYet, notShown }: Cell): string {
  const parts = [
    failed > 0 ? `FAILED ${failed}` : '',
    passed > 0 ? `passed ${passed}` : '',
    notYet > 0 ? `NOT YET ${notYet}` : '',
    notShown > 0 ? `not shown ${notShown}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '–' : parts.join(', ');
}
