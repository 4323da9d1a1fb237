/**
 * When a stream acts by itself: sends the page an update, saves its place, shows what time alone has changed. One alarm
 * for all of it. Owns when; what is sent and saved is the stream's.
 */
import { Alarm } from './alarm.js';
import { Pacer } from './pacer.js';
import type { Platform } from './platform.js';

export interface UpdateScheduleHost {
  /** When the place is to be saved. */
  savesAt(): number | undefined;
  save(now: number): void;
  /** When time alone changes what is shown. */
  changesAt(): number | undefined;
  send(now: number): void;
}

export class UpdateSchedule {
  readonly #platform: Platform;
  readonly #host: UpdateScheduleHost;
  readonly #pacer = new Pacer();
  readonly #alarm: Alarm;
  #isOver = false;

  constructor(platform: Platform, host: UpdateScheduleHost) {
    this.#platform = platform;
    this.#host = host;
    this.#alarm = new Alarm(platform, () => this.#onAlarm());
  }

  /** Something changed that the page should see. */
  touch(now: number): void {
    // Runs for every message: what is due is worked out once per update, not once per message.
    if (this.#pacer.touch(now)) this.#arm();
  }

  /** More wait, of what the page gets one by one, than should. */
  press(): void {
    if (this.#pacer.press()) this.#arm();
  }

  /** The last update is on screen. */
  consumed(costMs: number, now: number): void {
    this.#pacer.consumed(costMs, now);
    this.#arm();
  }

  end(): void {
    this.#isOver = true;
    this.#alarm.clear();
  }

  #arm(): void {
    if (this.#isOver) return;
    // What time alone changes goes with an update that waits anyway.
    const changesAt = this.#pacer.isDirty ? undefined : this.#host.changesAt();
    const dues = [this.#pacer.dueAt, this.#host.savesAt(), changesAt];
    this.#alarm.set(Math.min(...dues.map((due) => due ?? Infinity)));
  }

  #onAlarm(): void {
    const now = this.#platform.now();
    if (isDue(this.#host.savesAt(), now)) this.#host.save(now);
    if (isDue(this.#host.changesAt(), now)) this.#pacer.touch(now);
    if (isDue(this.#pacer.dueAt, now)) {
      this.#pacer.sent(now);
      this.#host.send(now);
    }
    this.#arm();
  }
}

function isDue(dueAt: number | undefined, now: number): boolean {
  return dueAt !== undefined && now >= dueAt;
}
