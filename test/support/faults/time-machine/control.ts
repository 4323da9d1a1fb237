/** A test's hand on the clocks of all workers that were built with the time machine. */
import { CHANNEL, type TimeMessage } from './pace.js';

/** The script tag's file with the time machine in its worker. */
export const TIME_MACHINE_SCRIPT = '/__time-machine/x8-widgets.js';

export class TimeControl {
  readonly #channel = new BroadcastChannel(CHANNEL);
  #factor: number;

  /** @param factor how many times faster time runs in workers, those that start later too */
  constructor(factor: number) {
    this.#factor = factor;
    this.#channel.onmessage = (event: MessageEvent<TimeMessage>) => {
      if (event.data.kind === 'hello') this.#say({ kind: 'pace', factor: this.#factor });
    };
    this.pace = factor;
  }

  set pace(factor: number) {
    this.#factor = factor;
    this.#say({ kind: 'pace', factor });
  }

  sleep(ms: number): void {
    this.#say({ kind: 'sleep', ms });
  }

  setBack(ms: number): void {
    this.#say({ kind: 'set-back', ms });
  }

  close(): void {
    this.#channel.close();
  }

  #say(message: TimeMessage): void {
    this.#channel.postMessage(message);
  }
}
