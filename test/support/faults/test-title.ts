/** The title of a test of one row, written by the tests and read by the table. */
import type { Row } from '../../faults/rows.js';

export interface TestTitle {
  readonly row: Row;
  readonly name: string;
  /** Listed as something that the product does not do yet. */
  readonly isExpected: boolean;
}

const NOT_YET = ' (not yet)';

export function testTitle({ row, name, isExpected }: TestTitle): string {
  return `[${row}] ${name}${isExpected ? NOT_YET : ''}`;
}

/** `undefined` for a test that belongs to no row. */
export function readTitle(title: string): TestTitle | undefined {
  const [, digits, text] = /^\[(\d+)\] (.*)$/s.exec(title) ?? [];
  if (digits === undefined || text === undefined) return undefined;
  const isExpected = text.endsWith(NOT_YET);
  const name = isExpected ? text.slice(0, -NOT_YET.length) : text;
  return { row: Number(digits) as Row, name, isExpected };
}
