/**
 * Calls an agent makes. Owns dialling up to the customer's answer or its absence; refuses to own the talk that
 * follows. Order: 8x8's legacy overview, "Outbound call without queue" and "with queue".
 */
import type { CallCentre } from './call-centre.js';
import { serves, type Desk } from './desk.js';
import { leaveDesk } from './desk-work.js';
import { handle } from './handling-flow.js';
import type { Conclusion, Interaction } from './interaction.js';
import { queues } from './roster.js';

const MEAN_GAP_MS = 7 * 60_000;
/** The share of outbound calls that pass a queue: a tile that counts arrivals must leave them out. */
const QUEUED_SHARE = 0.3;
const ANSWERED_SHARE = 0.75;

/** Lets the agent dial now and then, when nothing else is in hand. Agents without a phone queue do not dial. */
export function openOutbound(centre: CallCentre, desk: Desk): void {
  const lines = queues.filter((queue) => queue.media === 'phone' && serves(desk, queue));
  if (lines.length === 0) return;
  const random = desk.random.stream('outbound');
  let count = 0;
  const planNext = (): void => {
    centre.after(20_000 + random.exponential(MEAN_GAP_MS), () => {
      const isFree = desk.presence.kind === 'ready' && desk.wanted === undefined && desk.work.size === 0;
      const line = random.pick(lines);
      const isQueued = random.chance(QUEUED_SHARE);
      count += 1;
      if (isFree) {
        const name = `outbound/${desk.agent.id}/${count}`;
        const interaction = centre.createInteraction({
          name,
          line,
          direction: 'out',
          isAgentInitiated: true,
        });
        dial(centre, interaction, desk, isQueued);
      }
      planNext();
    });
  };
  planNext();
}

function dial(centre: CallCentre, interaction: Interaction, desk: Desk, isQueued: boolean): void {
  const { random } = interaction;
  // Taken from now on, so that nothing is offered between the click and the ring.
  desk.work.set(interaction, 'offered');
  centre.report({
    interaction,
    event: 'InteractionCreated',
    callState: 'CS_IDLE',
    detail: { direction: 'out', isAgentInitiated: true },
    attached: { ctl_transType: 'agentdial', destType: 'external' },
  });
  if (isQueued) {
    centre.after(120, () => {
      interaction.queue = interaction.line;
      interaction.queuedAt = centre.agenda.now;
      const detail = { isAgentInitiated: true };
      centre.report({ interaction, event: 'InteractionQueued', callState: 'CS_IDLE', detail });
    });
  }
  centre.after(300, () => {
    interaction.phase = 'offered';
    centre.report({
      interaction,
      event: 'InteractionAssigned',
      desk,
      callState: 'CS_IDLE',
      detail: { outboundCampaignid: 0 },
    });
    centre.tellStatus(desk);
  });
  const isAnswered = random.chance(ANSWERED_SHARE);
  const ringMs = isAnswered ? random.between(4_000, 18_000) : random.between(8_000, 30_000);
  const customerActs = (): void => {
    if (!isAnswered) return giveUp(centre, interaction, desk);
    centre.report({ interaction, event: 'InteractionCustomerAccepted', desk, callState: 'CS_CONNECTED' });
    return handle(centre, interaction, desk);
  };
  centre.after(300 + random.between(1_500, 4_000), () => {
    interaction.phase = 'handling';
    interaction.participants.push(desk);
    desk.work.set(interaction, 'handling');
    centre.report({ interaction, event: 'InteractionAccepted', desk, callState: 'CS_INPROGRESS' });
    centre.tellStatus(desk);
    desk.acts.set(interaction, centre.after(ringMs, customerActs));
  });
}

function giveUp(centre: CallCentre, interaction: Interaction, desk: Desk): void {
  const conclusion = interaction.random.weighted<Conclusion>([
    [5, { hangupInitiator: 'SYSTEM', callHangupReason: 'CEC_DISCONNECT_NOANSWER' }],
    [2, { hangupInitiator: 'SYSTEM', callHangupReason: 'CEC_DISCONNECT_BUSY' }],
    [1, { hangupInitiator: 'SYSTEM', callHangupReason: 'CEC_DISCONNECT_BADADDRESS' }],
    [1, { hangupInitiator: 'CUSTOMER', callHangupReason: 'CEC_DISCONNECT_REJECTED' }],
    [1, { hangupInitiator: 'SYSTEM', callHangupReason: 'CEC_DISCONNECT_BLOCKED' }],
    [2, { hangupInitiator: 'AGENT', callHangupReason: 'CEC_DISCONNECT_CANCELLED' }],
  ]);
  centre.report({ interaction, event: 'InteractionDeassigned', desk, callState: 'CS_DISCONNECTED' });
  centre.after(30, () => {
    interaction.phase = 'ended';
    centre.report({
      interaction,
      event: 'InteractionDeleted',
      callState: 'CS_DISCONNECTED',
      detail: {
        ...conclusion,
        dispositionCode: 'NO_ANSWER',
        isQueued: interaction.queuedAt !== undefined,
        rejectReason: 0,
      },
    });
    leaveDesk(centre, interaction, desk);
  });
}
