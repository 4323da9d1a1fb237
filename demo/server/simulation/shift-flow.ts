/**
 * An agent's day beside the work: log-in, breaks, offline work, log-out, changes of skill. Owns when presence changes;
 * refuses to own what it means for status (desk) and offers (router).
 */
import type { CallCentre } from './call-centre.js';
import { serves, type Desk, type Presence } from './desk.js';
import type { Random } from './random.js';
import { breakReasons, offlineReasons, queueById } from './roster.js';

const MINUTE_MS = 60_000;

interface Pause {
  readonly presence: Presence;
  readonly durationMs: number;
}

function drawPause(random: Random): Pause {
  return random.weighted<() => Pause>([
    [
      6,
      () => ({
        presence: { kind: 'onBreak', reason: random.pick(breakReasons) },
        durationMs: random.between(1, 4) * MINUTE_MS,
      }),
    ],
    [
      3,
      () => ({
        presence: { kind: 'workingOffline', reason: random.pick(offlineReasons) },
        durationMs: random.between(0.7, 2.5) * MINUTE_MS,
      }),
    ],
    [1, () => ({ presence: { kind: 'loggedOut' }, durationMs: random.between(1.5, 5) * MINUTE_MS })],
  ])();
}

/** Starts an agent's day: log-in after the given time, then work and pauses for ever. */
export function openShift(centre: CallCentre, desk: Desk, logInAfterMs: number): void {
  const random = desk.random.stream('shift');
  const work = (): void => {
    desk.comeback = undefined;
    centre.setPresence(desk, { kind: 'ready' });
    centre.routeAfter(600);
    centre.after(4 * MINUTE_MS + random.exponential(12 * MINUTE_MS), () => {
      const pause = drawPause(random);
      const start = (): void => startPause(pause);
      if (desk.work.size === 0) start();
      else desk.wanted = start;
    });
  };
  const logIn = (): void => {
    centre.setPresence(desk, { kind: 'loggedIn' });
    desk.comeback = centre.after(random.between(800, 3_000), work);
  };
  const startPause = ({ presence, durationMs }: Pause): void => {
    centre.setPresence(desk, presence);
    desk.comeback = centre.after(durationMs, presence.kind === 'loggedOut' ? logIn : work);
  };
  desk.comeback = centre.after(logInAfterMs, logIn);
}

/** Lets a supervisor turn one of the agent's skills off and on again, now and then. */
export function openSkillChanges(centre: CallCentre, desk: Desk): void {
  const random = desk.random.stream('skills');
  const change = (
    queueId: number,
    event: 'AgentSkillChanged' | 'AgentSkillCreated',
    isEnabled: boolean,
  ): void => {
    if (isEnabled) desk.queuesOff.delete(queueId);
    else desk.queuesOff.add(queueId);
    centre.reportSkill({ desk, queue: queueById(queueId), event, isEnabled });
    centre.routeAfter(500);
  };
  const planNext = (): void => {
    centre.after(5 * MINUTE_MS + random.exponential(40 * MINUTE_MS), () => {
      const served = desk.agent.queueIds.filter((id) => serves(desk, queueById(id)));
      const queueId = random.pick(served);
      const offMs = random.between(1, 4) * MINUTE_MS;
      const isCreatedAnew = random.chance(0.15);
      // An agent without any skill would fall silent.
      if (served.length > 1) {
        change(queueId, 'AgentSkillChanged', false);
        centre.after(offMs, () =>
          change(queueId, isCreatedAnew ? 'AgentSkillCreated' : 'AgentSkillChanged', true),
        );
      }
      planNext();
    });
  };
  planNext();
}
