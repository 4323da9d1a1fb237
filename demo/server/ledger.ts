/**
 * Owns one ledger: a closed or growing run of entries. It never decides when to close or to go: see `retention.ts`.
 */

import { MESSAGE_OVERHEAD_BYTES, type Message } from './message.js';

/** What a broker stores and redelivers as one: a single message, or a batch of two and more. */
export type Entry = readonly Message[];

export class Ledger {
  readonly id: number;
  readonly createdMs: number;
  #entries: Entry[] = [];
  #bytes = 0;
  #storedBytes = 0;
  #closedMs: number | undefined;
  #isTrimmed = false;

  constructor(id: number, createdMs: number) {
    this.id = id;
    this.createdMs = createdMs;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Bytes held in memory: frames and bookkeeping. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes as a broker would store them: what retention by size goes by. */
  get storedBytes(): number {
    return this.#storedBytes;
  }

  /** When the ledger was closed; undefined while it grows. */
  get closedMs(): number | undefined {
    return this.#closedMs;
  }

  /** True once retention took it: whoever still stands in it moves to the next ledger. */
  get isTrimmed(): boolean {
    return this.#isTrimmed;
  }

  append(entry: Entry): number {
    for (const message of entry) {
      this.#bytes += message.frame.length + MESSAGE_OVERHEAD_BYTES;
      this.#storedBytes += message.storedBytes;
    }
    return this.#entries.push(entry) - 1;
  }

  close(nowMs: number): void {
    this.#closedMs ??= nowMs;
  }

  trim(): void {
    this.#isTrimmed = true;
    this.#entries = [];
    this.#bytes = 0;
    this.#storedBytes = 0;
  }
}
