/**
 * One topic for all the views on it, as the page knows it: what the page asks for goes to the model and the reading, what
 * is new goes to the page. Owns the updates; what is read, and from where, is `reading.ts`'s.
 */
import { StreamModel } from '../domain/stream-model.js';
import type { Credential } from '../protocol/credential.js';
import type { StreamDiagnostics } from '../protocol/diagnostics.js';
import { widgetError, type WidgetError } from '../protocol/errors.js';
import type { LifecycleEvent, WorkerToPage } from '../protocol/messages.js';
import type { StreamConfig } from '../protocol/stream-config.js';
import type { ViewRequest } from '../protocol/views.js';
import { ErrorBudget } from './error-budget.js';
import type { Platform } from './platform.js';
import type { PositionStore } from './position-store.js';
import type { Before } from './reading-host.js';
import { Reading } from './reading.js';
import { streamDiagnostics } from './stream-diagnostics.js';
import { UpdateSchedule } from './update-schedule.js';
import { ViewRequests } from './view-requests.js';
import { WaitingGaps } from './waiting-gaps.js';
import type { WakeWatch } from './wake-watch.js';

export class Stream {
  readonly #number: number;
  readonly #platform: Platform;
  readonly #post: (message: WorkerToPage) => void;
  readonly #model: StreamModel;
  readonly #errors = new ErrorBudget();
  readonly #views: ViewRequests;
  readonly #reading: Reading;
  readonly #schedule: UpdateSchedule;
  readonly #gaps = new WaitingGaps();

  constructor(
    number: number,
    config: StreamConfig,
    credential: Credential,
    platform: Platform,
    post: (message: WorkerToPage) => void,
    model = new StreamModel(),
    wakes?: Pick<WakeWatch, 'look'>,
  ) {
    this.#number = number;
    this.#platform = platform;
    this.#post = post;
    this.#model = model;
    this.#views = new ViewRequests(config);
    const reading = new Reading(config, credential, platform, model, {
      arriving: (now) => wakes?.look(now),
      changed: (now) => this.#schedule.touch(now),
      pressed: () => this.#schedule.press(),
      gap: (gap) => this.#gaps.add(gap),
      failed: (error) => this.#report(error),
      credentialWanted: () => post({ kind: 'credential-wanted', stream: number }),
      windowMs: () => this.#views.windowMs,
    });
    this.#reading = reading;
    this.#schedule = new UpdateSchedule(platform, {
      savesAt: () => reading.savesAt,
      save: (now) => reading.save(now),
      changesAt: () => {
        const changesAt = model.nextDue();
        return changesAt === undefined ? undefined : changesAt + reading.clockCorrection;
      },
      send: (now) => this.#send(now),
    });
  }

  /**
   * Reads what an earlier visit left, then dials. The page's `watch` messages of the same task have arrived by then.
   *
   * @param opening `undefined` where the broker keeps the place of a subscription: two truths would fight
   */
  open(opening: Promise<PositionStore> | undefined, before: Before): Promise<void> {
    return this.#reading.open(opening, before);
  }

  watch(view: number, wanted: ViewRequest): void {
    this.#model.watch(view, this.#views.add(view, wanted));
    this.#touch();
  }

  unwatch(view: number): void {
    this.#views.remove(view);
    this.#model.unwatch(view);
  }

  clear(view: number): void {
    this.#model.clear(view);
    this.#touch();
  }

  consumed(costMs: number): void {
    const now = this.#platform.now();
    this.#reading.consumed(now);
    this.#schedule.consumed(costMs, now);
  }

  /** `undefined`: the page was asked and has none. */
  changeCredential(credential: Credential | undefined): void {
    this.#reading.changeCredential(credential);
  }

  retry(): void {
    this.#reading.retry();
  }

  lifecycle(event: LifecycleEvent): void {
    this.#reading.lifecycle(event);
  }

  /** The clock went on by so much without us. */
  woke(lateMs: number): void {
    this.#reading.woke(lateMs);
  }

  close(): void {
    this.#schedule.end();
    this.#reading.close();
  }

  diagnostics(): StreamDiagnostics {
    return streamDiagnostics({ ...this.#reading.facts(), lastError: this.#errors.last });
  }

  #report(error: WidgetError): void {
    if (this.#errors.admit(error, this.#platform.now())) this.#touch();
  }

  #touch(): void {
    this.#schedule.touch(this.#platform.now());
  }

  #send(now: number): void {
    const reading = this.#reading;
    const omitted = this.#model.takeOmitted();
    if (omitted > 0) this.#errors.admit(omission(omitted), now);
    this.#post({
      kind: 'update',
      stream: this.#number,
      connection: reading.status,
      clockSkewMs: reading.clockCorrection,
      ...reading.handOver(),
      taken: this.#model.takeCount(),
      views: this.#model.drain(reading.serviceTime),
      gaps: this.#gaps.take(),
      errors: this.#errors.take(),
    });
    reading.makeRoom(now);
  }
}

function omission(count: number): WidgetError {
  const message = `More happened at once than a page is told one by one: ${count} events (a start, an end, a change) were not fired. Set emit-events to have them all.`;
  return widgetError('events-omitted', message);
}
