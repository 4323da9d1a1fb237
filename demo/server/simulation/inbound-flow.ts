/**
 * From the customer's first move to the queue, and out of the queue without an agent. Owns arrivals, the menu before
 * the queue, patience and the queue's limit; refuses to own offers (router) and everything after an answer.
 */
import type { CallCentre } from './call-centre.js';
import type { Caller } from './callers.js';
import type { Desk } from './desk.js';
import { leaveDesk } from './desk-work.js';
import { cancelTimers, type Interaction, type Origin } from './interaction.js';
import type { JsonValue } from './json.js';
import { queueById, type Queue } from './roster.js';

/** Lets customers arrive in a queue, for ever. */
export function openArrivals(centre: CallCentre, queue: Queue): void {
  const random = centre.random.stream(`arrivals/${queue.id}`);
  let count = 0;
  const planNext = (): void => {
    centre.after(random.exponential(queue.meanArrivalGapMs), () => {
      count += 1;
      arrive(centre, queue, `${queue.id}/${count}`);
      planNext();
    });
  };
  planNext();
}

/** One customer calls or writes. Some calls end in the menu, before any queue. */
function arrive(centre: CallCentre, queue: Queue, name: string): void {
  const interaction = centre.createInteraction({ name, line: queue, direction: 'in' });
  centre.report({
    interaction,
    event: 'InteractionCreated',
    callState: queue.media === 'phone' ? 'CS_QUEUED' : 'CS_IDLE',
  });
  const { random } = interaction;
  if (queue.media === 'phone' && random.chance(0.06)) {
    centre.after(random.between(3_000, 20_000), () => deleteUnhandled(centre, interaction, 'CUSTOMER'));
    return;
  }
  const menuMs = queue.media === 'phone' ? random.between(3_000, 9_000) : random.between(200, 900);
  centre.after(menuMs, () => enqueue(centre, interaction, queue));
}

/** A customer goes straight to the queue, and to the given desk if it is free: how the simulation makes sure of a visible start. */
export function arriveFor(centre: CallCentre, queue: Queue, name: string, desk: Desk): void {
  const interaction = centre.createInteraction({ name, line: queue, direction: 'in' });
  interaction.preferred = desk;
  centre.report({ interaction, event: 'InteractionCreated', callState: 'CS_QUEUED' });
  centre.after(300, () => enqueue(centre, interaction, queue));
}

/** A transferred customer comes back to a queue, as a new interaction that names the old one. */
export function arriveAgain(
  centre: CallCentre,
  queue: Queue,
  name: string,
  caller: Caller,
  origin: Origin,
): void {
  const interaction = centre.createInteraction({ name, line: queue, direction: 'in', caller, origin });
  centre.report({ interaction, event: 'InteractionCreated', callState: 'CS_IDLE' });
  centre.after(600, () => enqueue(centre, interaction, queue));
}

function enqueue(centre: CallCentre, interaction: Interaction, queue: Queue): void {
  interaction.queue = queue;
  interaction.queuedAt = centre.agenda.now;
  centre.awaitOffer(interaction);
  centre.report({
    interaction,
    event: 'InteractionQueued',
    callState: 'CS_QUEUED',
    detail: { callerPermission: 'yes', isAgentInitiated: false, overrideAutoInteractionRecording: 'yes' },
  });
  const { random } = interaction;
  const patienceMs = random.chance(0.05)
    ? random.between(1_000, 4_700)
    : 15_000 + random.exponential(240_000);
  interaction.timers.push(
    centre.after(patienceMs, () => abandon(centre, interaction)),
    centre.after(queue.maxWaitMs, () => timeOut(centre, interaction, queue)),
  );
  centre.routeAfter(random.between(300, 1_200));
}

/** The customer gives up, waiting or while an agent's console rings. */
function abandon(centre: CallCentre, interaction: Interaction): void {
  cancelTimers(interaction);
  if (interaction.phase === 'offered') {
    const desk = centre.desks.find(({ work }) => work.get(interaction) === 'offered');
    if (desk !== undefined) {
      desk.acts.get(interaction)?.cancel();
      centre.report({ interaction, event: 'InteractionDeassigned', desk, callState: 'CS_DISCONNECTED' });
      leaveDesk(centre, interaction, desk);
    }
  } else {
    centre.stopWaiting(interaction);
    centre.report({
      interaction,
      event: 'InteractionUnqueued',
      callState: interaction.wire.chance(0.5) ? 'CS_IDLE' : 'CS_DISCONNECTED',
    });
  }
  interaction.phase = 'ended';
  centre.after(60, () => deleteUnhandled(centre, interaction, 'CUSTOMER'));
}

/** The queue has kept the interaction for too long: another queue takes over, or the system ends it. */
function timeOut(centre: CallCentre, interaction: Interaction, queue: Queue): void {
  // An offer under way may still succeed; the limit is for those that nobody is asked for.
  if (interaction.phase !== 'waiting') return;
  cancelTimers(interaction);
  centre.stopWaiting(interaction);
  centre.report({ interaction, event: 'InteractionQueueTimeout' });
  interaction.phase = 'created';
  centre.after(150, () => {
    if (queue.overflowsTo !== undefined) enqueue(centre, interaction, queueById(queue.overflowsTo));
    else deleteUnhandled(centre, interaction, 'SYSTEM');
  });
}

function deleteUnhandled(
  centre: CallCentre,
  interaction: Interaction,
  hangupInitiator: 'CUSTOMER' | 'SYSTEM',
): void {
  interaction.phase = 'ended';
  const detail: Record<string, JsonValue> = {
    callHangupReason: interaction.media === 'chat' ? 'CEC_NONE' : 'CEC_DISCONNECT_NORMAL',
    dispositionCode: 1000,
    hangupInitiator,
    // False is how a call that ended in the menu differs from an abandoned one.
    isQueued: interaction.queuedAt !== undefined,
    rejectReason: 0,
  };
  const callState = interaction.media === 'chat' ? 'CS_IDLE' : 'CS_DISCONNECTED';
  centre.report({ interaction, event: 'InteractionDeleted', callState, detail });
}
