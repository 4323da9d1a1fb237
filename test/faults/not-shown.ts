/** Tests that an engine cannot show, and why. They are not run there, and the table says so. */
import type { Engine } from '../support/faults/engine.js';
import type { Row } from './rows.js';

export interface NotShown {
  readonly row: Row;
  readonly test: string;
  readonly engines: readonly Engine[];
  readonly why: string;
}

export const NOT_SHOWN: readonly NotShown[] = [];
