/** The model's place at the end of the line, writing down what reaches it instead of making views. */
import { StreamModel, type Entry } from '../../../src/domain/stream-model.js';
import type { Gap } from '../../../src/protocol/connection-status.js';
import type { ViewUpdate } from '../../../src/protocol/messages.js';
import type { EventPhase } from '../../../src/protocol/stream-event.js';

export type Recorded =
  | { readonly kind: 'event'; readonly entry: Entry }
  | { readonly kind: 'gap'; readonly gap: Gap; readonly phase: EventPhase }
  | { readonly kind: 'gap-taken-back' }
  | { readonly kind: 'cover'; readonly at: number };

export class RecordingModel extends StreamModel {
  readonly records: Recorded[] = [];
  /** What a view would have waiting: events that it wants, or notices. */
  waiting = 0;
  /** Whether somebody wants the events. */
  collects = false;
  due: number | undefined;
  /** Hears of each event at once. */
  heard: (entry: Entry) => void = () => undefined;

  override get pending(): number {
    return this.waiting;
  }

  override take(entry: Entry): void {
    this.records.push({ kind: 'event', entry });
    this.heard(entry);
    // Each stands for many, so that a short schedule can fill the page's share.
    if (this.collects) this.waiting += 600;
  }

  override coverFrom(at: number): void {
    this.records.push({ kind: 'cover', at });
  }

  override gap(gap: Gap, _at: number, phase: EventPhase): void {
    this.records.push({ kind: 'gap', gap, phase });
  }

  override takeBackGap(): void {
    this.records.push({ kind: 'gap-taken-back' });
  }

  override watch(): void {}

  override unwatch(): void {}

  override clear(): void {}

  override drain(now: number): readonly ViewUpdate[] {
    this.waiting = 0;
    if (this.due !== undefined && this.due <= now) this.due = undefined;
    return [];
  }

  override nextDue(): number | undefined {
    return this.due;
  }
}
