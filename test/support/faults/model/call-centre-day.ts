/**
 * A day of the demo's call centre on a model service, in virtual time: its events are published when their time has
 * come, also while the page's computer sleeps. Some are published twice, as a service may that delivers at least once.
 */
import { simulate, type SimulatedEvent } from '../../../../demo/server/simulation/simulate.js';
import { topicsOf } from '../../../../demo/server/simulation/topics.js';
import { seededChance, type VirtualClock } from '../../../worker/support/virtual-platform.js';
import type { ModelService } from './service.js';

/** Faster than life, so that a quarter of an hour has a few hundred calls' events. */
const SPEED = 2;

export interface Day {
  readonly seed: number;
  readonly namespace: 'event-v1' | 'agent-v1';
  readonly topic: string;
  /** The browser's clock less the service's. */
  readonly skewMs: number;
}

/** From an event to its publishing. */
const LATENCY_MS = 25;

/** Of how many one is published again, after the event that comes next. */
const TWICE_OF = 20;

export class CallCentreDay {
  readonly from: number;
  readonly #clock: VirtualClock;
  readonly #service: ModelService;
  readonly #day: Day;
  readonly #events: Iterator<SimulatedEvent>;
  readonly #chance: () => number;
  #again: string | undefined;
  #timer: number | undefined;

  constructor(clock: VirtualClock, service: ModelService, day: Day) {
    this.#clock = clock;
    this.#service = service;
    this.#day = day;
    this.#chance = seededChance(day.seed);
    this.from = clock.now - day.skewMs;
    // No event lacks a time of its own that has no other: it would be another event when it is published again.
    this.#events = simulate({
      seed: day.seed,
      speed: SPEED,
      from: this.from,
      until: Infinity,
      liveFrom: Infinity,
    });
    this.#next();
  }

  end(): void {
    if (this.#timer !== undefined) this.#clock.clearTimer(this.#timer);
  }

  #next(): void {
    const { skewMs, namespace, topic } = this.#day;
    const { value: event } = this.#events.next();
    if (event === undefined) throw new Error('a day without end has ended');
    const inMs = event.at + LATENCY_MS + skewMs - this.#clock.now;
    this.#timer = this.#clock.setTimer(() => {
      if (topicsOf(event).some((one) => one.namespace === namespace && one.name === topic))
        this.#publish(event);
      this.#next();
    }, inMs);
  }

  #publish({ at, type, payload }: SimulatedEvent): void {
    const text = inAscii(JSON.stringify(payload));
    this.#send(at, text);
    if (this.#again !== undefined) this.#send(at, this.#again);
    // A change of a skill has no identity: it is told as often as it is published.
    const isAgain = type !== 'AgentProvChange' && this.#chance() < 1 / TWICE_OF;
    this.#again = isAgain ? text : undefined;
  }

  #send(at: number, payload: string): void {
    this.#service.publish(1, { payload, at: at + LATENCY_MS });
  }
}

/** The model service knows no UTF-8. */
const inAscii = (json: string): string =>
  json.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
