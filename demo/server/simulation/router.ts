/**
 * Who is offered what. Owns the match of waiting interactions with desks and the course of one offer; refuses to own
 * what comes before (inbound flow) and after the answer (handling flow).
 */
import type { CallCentre } from './call-centre.js';
import { canTake, type Desk } from './desk.js';
import { leaveDesk } from './desk-work.js';
import { handle } from './handling-flow.js';
import { cancelTimers, type Interaction } from './interaction.js';
import type { CallState } from './interaction-payload.js';
import type { Random } from './random.js';

/** Seconds an agent has to answer, `promptingTimeout` on the wire at speed 1. */
const PROMPTING_TIMEOUT_SECONDS = 30;
/** An agent is left alone for a moment after a refusal, and is not asked again at once for the same one. */
const REST_MS = 6_000;
const REFUSAL_MS = 25_000;

type Answer =
  | { readonly kind: 'accept'; readonly afterMs: number }
  | { readonly kind: 'reject'; readonly afterMs: number; readonly reason: 0 | 2 }
  | { readonly kind: 'timeout' };

function drawAnswer(random: Random): Answer {
  return random.weighted<Answer>([
    [88, { kind: 'accept', afterMs: random.between(1_800, 9_000) }],
    [5, { kind: 'reject', afterMs: random.between(2_000, 9_000), reason: 2 }],
    [1, { kind: 'reject', afterMs: random.between(2_000, 9_000), reason: 0 }],
    [6, { kind: 'timeout' }],
  ]);
}

/** Offers what waits to the desks that can take it. */
export function route(centre: CallCentre): void {
  // A copy, since an offer takes its interaction off the list.
  const candidates = centre.waiting.slice();
  for (const interaction of candidates) {
    const desk = bestDesk(centre, interaction);
    if (desk !== undefined) offer(centre, interaction, desk);
  }
}

function bestDesk(centre: CallCentre, interaction: Interaction): Desk | undefined {
  const { queue, preferred } = interaction;
  if (queue === undefined) return undefined;
  const able = centre.desks.filter((desk) => canTake(desk, interaction, queue, centre.agenda.now));
  if (preferred !== undefined && able.includes(preferred)) return preferred;
  return able.reduce<Desk | undefined>(
    (best, desk) => (best === undefined || desk.idleSince < best.idleSince ? desk : best),
    undefined,
  );
}

function offer(centre: CallCentre, interaction: Interaction, desk: Desk): void {
  centre.stopWaiting(interaction);
  interaction.phase = 'offered';
  desk.work.set(interaction, 'offered');
  const promptingTimeout = Math.max(
    1,
    Math.round(centre.agenda.scaled(PROMPTING_TIMEOUT_SECONDS * 1000) / 1000),
  );
  centre.report({
    interaction,
    event: 'InteractionAssigned',
    desk,
    // 8x8's pages name three values for this moment.
    callState: interaction.wire.weighted<CallState>([
      [5, 'CS_INPROGRESS'],
      [3, 'CS_QUEUED'],
      [2, 'CS_IDLE'],
    ]),
    detail: { agentRscWaitTime: promptingTimeout, promptingTimeout, outboundCampaignid: 0 },
  });
  centre.tellStatus(desk);

  const answer = drawAnswer(desk.random);
  const isTimeout = answer.kind === 'timeout';
  const afterMs = isTimeout ? PROMPTING_TIMEOUT_SECONDS * 1000 : answer.afterMs;
  const act = (): void => {
    if (answer.kind === 'accept') accept(centre, interaction, desk);
    else refuse(centre, interaction, desk, isTimeout ? 1 : answer.reason);
  };
  desk.acts.set(interaction, centre.after(afterMs, act));
}

function accept(centre: CallCentre, interaction: Interaction, desk: Desk): void {
  // The customer's patience and the queue's limit end here.
  cancelTimers(interaction);
  interaction.participants.push(desk);
  interaction.phase = 'handling';
  desk.work.set(interaction, 'handling');
  centre.report({ interaction, event: 'InteractionAccepted', desk, callState: 'CS_CONNECTED' });
  centre.tellStatus(desk);
  handle(centre, interaction, desk);
}

function refuse(centre: CallCentre, interaction: Interaction, desk: Desk, rejectReason: 0 | 1 | 2): void {
  const { now } = centre.agenda;
  centre.report({
    interaction,
    event: 'InteractionRejected',
    desk,
    callState: 'CS_QUEUED',
    detail: { rejectReason },
  });
  interaction.refusedUntil.set(desk, now + centre.agenda.scaled(REFUSAL_MS));
  desk.restUntil = now + centre.agenda.scaled(REST_MS);
  centre.awaitOffer(interaction);
  leaveDesk(centre, interaction, desk);
  // Some exchanges announce the return to the queue, some leave it to be understood.
  if (interaction.wire.chance(0.3)) {
    centre.report({
      interaction,
      event: 'InteractionQueued',
      callState: 'CS_QUEUED',
      detail: { isAgentInitiated: false },
    });
  }
  for (const delayMs of [800, REST_MS + 100, REFUSAL_MS + 100]) centre.routeAfter(delayMs);
}
