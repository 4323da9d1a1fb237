/**
 * The simulation as a pure sequence: options in, events out, in the order of their time. Owns the opening of the day;
 * refuses to own real time and transport. The same options give the same events, whoever asks and how slowly.
 */
import { CallCentre, type CallCentreOptions, type SimulatedEvent } from './call-centre.js';
import { serves, type Desk } from './desk.js';
import { arriveFor, openArrivals } from './inbound-flow.js';
import { openOutbound } from './outbound-flow.js';
import { queues } from './roster.js';
import { route } from './router.js';
import { openShift, openSkillChanges } from './shift-flow.js';

export type { SimulatedEvent } from './call-centre.js';

/** What a simulation depends on. */
export interface SimulateOptions {
  readonly seed: number;
  /** ms since the epoch, a whole number: the day opens here with the first log-in. */
  readonly from: number;
  /** ms since the epoch, exclusive. `Infinity` gives a sequence without end, to be taken one by one. */
  readonly until: number;
  /** How many times shorter every duration is. Default 1. */
  readonly speed?: number;
  /** Default `acme`. */
  readonly tenant?: string;
  /**
   * ms since the epoch, default `from`. Events before it are taken to be published late: none of them lacks a time of
   * its own. Within 5 s after it the first agent does something, whatever the state of the day.
   */
  readonly liveFrom?: number;
}

/** When the first agent's next move comes after `liveFrom`; real time, since it is for the eyes of somebody who just arrived. */
const FIRST_MOVE_MS = 1_500;
/** Time between two log-ins at the start of the day. */
const LOG_IN_GAP_MS = 2_500;

/** Throws a RangeError that names the option which is out of range. */
export function checkSeedAndSpeed({ seed, speed }: { readonly seed: number; readonly speed: number }): void {
  if (!Number.isFinite(seed)) throw new RangeError('seed must be a finite number');
  if (!(speed > 0 && speed <= 1000)) throw new RangeError('speed must be above 0 and at most 1000');
}

/** Runs the call centre, as far as the events are taken. Throws a RangeError at once when an option is out of range. */
export function simulate(options: SimulateOptions): Generator<SimulatedEvent, void, undefined> {
  const { seed, from, until, speed = 1, tenant = 'acme', liveFrom = from } = options;
  checkSeedAndSpeed({ seed, speed });
  if (!Number.isSafeInteger(from)) throw new RangeError('from must be a whole number of ms since the epoch');
  if (Number.isNaN(until)) throw new RangeError('until must be a number of ms since the epoch');
  if (Number.isNaN(liveFrom)) throw new RangeError('liveFrom must be a number of ms since the epoch');
  return run({ tenant, seed, speed, from, liveFrom }, until);
}

function* run(options: CallCentreOptions, until: number): Generator<SimulatedEvent, void, undefined> {
  const centre = new CallCentre(options, route);
  centre.desks.forEach((desk, index) => {
    openShift(centre, desk, 200 + index * LOG_IN_GAP_MS);
    openOutbound(centre, desk);
    openSkillChanges(centre, desk);
  });
  for (const queue of queues) openArrivals(centre, queue);
  const [firstDesk] = centre.desks;
  if (firstDesk !== undefined)
    centre.agenda.at(options.liveFrom + FIRST_MOVE_MS, () => makeFirstMove(centre, firstDesk));

  for (;;) {
    const nextAt = centre.agenda.nextAt;
    if (nextAt === undefined || nextAt >= until) return;
    centre.agenda.step();
    yield* centre.takeOutbox();
  }
}

/** Whatever the agent would do next, it does now; with nothing in hand, a customer calls. */
function makeFirstMove(centre: CallCentre, desk: Desk): void {
  const [act] = desk.acts.values();
  const queue = queues.find((candidate) => serves(desk, candidate));
  if (act !== undefined) act.hurry();
  else if (desk.comeback !== undefined) desk.comeback.hurry();
  else if (desk.work.size === 0 && queue !== undefined) {
    desk.restUntil = centre.agenda.now;
    arriveFor(centre, queue, 'first-move', desk);
  }
}
