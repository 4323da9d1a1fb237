/**
 * The history of a stream, newest last, bounded. Owns order and bounds; what a row shows is `rows.ts`.
 *
 * An interaction stands where it *ended*, a status where it began: what has just happened is at the top, and everything
 * that came while no page was there stays together under the divider. A gap stands between what came in before it and
 * what came in after it, whatever time an event gives itself.
 */

/** Rows kept: five times the longest list that a page of 100 rows shows, about two working days of one agent. */
export const MAX_ROWS = 500;

/** What a timeline knows of its rows. */
export interface TimelineRow {
  readonly kind: string;
  key: number;
  serial: number;
}

export class Timeline<Row extends TimelineRow> {
  readonly #rows: Row[] = [];
  readonly #onEvicted: ((row: Row) => void) | undefined;
  #isInOrder = true;
  #serial = 0;
  #floor = 0;

  /**
   * `onEvicted` is told at once of each row that has to go for a newer one. Without it, rows are put in order only when
   * they are read: hardly anybody looks at the list of all events, and every event is in it.
   */
  constructor(onEvicted?: (row: Row) => void) {
    this.#onEvicted = onEvicted;
  }

  /** Of the row that came in last: rows with a higher one are newer than now. */
  get serial(): number {
    return this.#serial;
  }

  /** The least key of what comes in now: the last gap's. */
  get floor(): number {
    return this.#floor;
  }

  /** The greatest key so far. */
  get end(): number {
    this.#order();
    return this.#rows.at(-1)?.key ?? 0;
  }

  /** Puts a row in its place; equal keys keep their order. */
  insert(row: Row): void {
    if (row.kind === 'gap') this.#floor = row.key;
    this.#serial += 1;
    row.serial = this.#serial;
    if (this.#onEvicted === undefined) {
      this.#rows.push(row);
      this.#isInOrder = false;
      if (this.#rows.length >= 2 * MAX_ROWS) this.#order();
      return;
    }
    this.#place(row);
    if (this.#rows.length <= MAX_ROWS) return;
    const evicted = this.#rows.shift();
    if (evicted !== undefined) this.#onEvicted(evicted);
  }

  /** Gives a row of this timeline another place without making it a new one. */
  move(row: TimelineRow, key: number): void {
    if (row.key === key) return;
    this.remove(row);
    row.key = key;
    this.#place(row as Row);
  }

  remove(row: TimelineRow): void {
    const index = this.#rows.lastIndexOf(row as Row);
    if (index >= 0) this.#rows.splice(index, 1);
  }

  /** The last gap was none, and nothing has come in since. */
  takeBackGap(): void {
    const isGap = ({ kind }: Row): boolean => kind === 'gap';
    const gap = this.#rows.findLast(isGap);
    if (gap === undefined) return;
    this.remove(gap);
    this.#floor = this.#rows.findLast(isGap)?.key ?? 0;
  }

  /** The newest rows that came in after a serial, newest first, at most `limit`. */
  newest(limit: number, afterSerial: number): Row[] {
    this.#order();
    const found: Row[] = [];
    for (let index = this.#rows.length - 1; index >= 0 && found.length < limit; index -= 1) {
      const row = this.#rows[index] as Row;
      if (row.serial > afterSerial) found.push(row);
    }
    return found;
  }

  countAfter(serial: number): number {
    this.#order();
    let count = 0;
    for (const row of this.#rows) if (row.serial > serial) count += 1;
    return count;
  }

  #order(): void {
    if (this.#isInOrder) return;
    this.#isInOrder = true;
    this.#rows.sort((a, b) => a.key - b.key);
    if (this.#rows.length > MAX_ROWS) this.#rows.splice(0, this.#rows.length - MAX_ROWS);
  }

  #place(row: Row): void {
    let index = this.#rows.length;
    while (index > 0 && (this.#rows[index - 1] as Row).key > row.key) index -= 1;
    if (index === this.#rows.length) this.#rows.push(row);
    else this.#rows.splice(index, 0, row);
  }
}
