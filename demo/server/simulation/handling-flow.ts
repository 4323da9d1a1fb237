/**
 * From the answer to the last event. Owns talk, wrap-up and the end of a handled interaction; refuses to own offers
 * and the details of transfers. Order of events: 8x8's Event Lifecycle and its Pulsar UI screenshot.
 */
import type { CallCentre } from './call-centre.js';
import type { Desk } from './desk.js';
import { leaveDesk } from './desk-work.js';
import { arriveAgain } from './inbound-flow.js';
import { cancelTimers, type Conclusion, type Interaction } from './interaction.js';
import { queues } from './roster.js';
import { drawTalk, type TalkEnding, type TalkStep } from './talk-plan.js';
import { transferToColleague } from './transfer-flow.js';

/** The share of interactions after which an agent is free at once. */
const NO_WRAP_UP_SHARE = 0.04;

/** Agent and customer are connected: the talk runs its course. */
export function handle(centre: CallCentre, interaction: Interaction, desk: Desk): void {
  const { direction, isRecorded, media, origin, participants, random } = interaction;
  if (isRecorded && participants.length === 1) {
    interaction.timers.push(
      centre.after(400, () => centre.report({ interaction, event: 'InteractionRecordingStarted', desk })),
    );
  }
  const isTransferable = direction === 'in' && origin === undefined && participants.length === 1;
  const plan = drawTalk(random, { media, isRecorded, isTransferable });
  for (const step of plan.steps) {
    interaction.timers.push(centre.after(step.atMs, () => reportStep(centre, interaction, desk, step)));
  }
  desk.acts.set(
    interaction,
    centre.after(plan.endMs, () => endTalk(centre, interaction, desk, plan.ending)),
  );
}

function reportStep(centre: CallCentre, interaction: Interaction, desk: Desk, step: TalkStep): void {
  switch (step.kind) {
    case 'hold': {
      const callState = step.isOn ? 'CS_HOLD' : 'CS_CONNECTED';
      return centre.report({
        interaction,
        event: 'LineHoldStatus',
        desk,
        callState,
        detail: { status: step.isOn },
      });
    }
    case 'mute': {
      const detail = { status: step.isOn };
      return centre.report({ interaction, event: 'LineMuteStatus', desk, callState: 'CS_CONNECTED', detail });
    }
    case 'recording': {
      const detail = { isAPICall: false, status: step.status };
      return centre.report({ interaction, event: 'RecordingStatus', desk, detail });
    }
    default: {
      const impossible: never = step;
      return impossible;
    }
  }
}

function endTalk(centre: CallCentre, interaction: Interaction, desk: Desk, ending: TalkEnding): void {
  cancelTimers(interaction);
  const isChat = interaction.media === 'chat';
  const normal = isChat ? 'CEC_NONE' : 'CEC_DISCONNECT_NORMAL';
  switch (ending) {
    case 'customer':
      if (interaction.resourceType === 2) centre.report({ interaction, event: 'GuestChatEnd' });
      return conclude(centre, interaction, desk, { hangupInitiator: 'CUSTOMER', callHangupReason: normal });
    case 'agent':
      return conclude(centre, interaction, desk, { hangupInitiator: 'AGENT', callHangupReason: normal });
    case 'failure':
      return conclude(centre, interaction, desk, {
        hangupInitiator: 'SYSTEM',
        callHangupReason: 'CEC_DISCONNECT_FAILED',
      });
    case 'transferToQueue':
      return transferToQueue(centre, interaction, desk);
    case 'transferToAgent': {
      const isUnderWay = transferToColleague(centre, interaction, desk, {
        release: () => wrapUp(centre, interaction, desk),
        handle: (colleague) => handle(centre, interaction, colleague),
      });
      if (isUnderWay) return undefined;
      return conclude(centre, interaction, desk, { hangupInitiator: 'AGENT', callHangupReason: normal });
    }
    default: {
      const impossible: never = ending;
      return impossible;
    }
  }
}

/** To another queue: a new interaction for the customer, wrap-up for the agent (8x8's legacy overview, "Transfer of a call to an inbound queue"). */
function transferToQueue(centre: CallCentre, interaction: Interaction, desk: Desk): void {
  const { caller, guid, queue, random, transactionNum } = interaction;
  const target = random.pick(queues.filter(({ id, media }) => media === 'phone' && id !== queue?.id));
  centre.report({ interaction, event: 'InteractionTransferRequest', desk });
  conclude(centre, interaction, desk, {
    hangupInitiator: 'AGENT',
    callHangupReason: 'CEC_DISCONNECT_NORMAL',
  });
  centre.after(400, () =>
    arriveAgain(centre, target, `again/${transactionNum}`, caller, { guid, transactionNum, queue }),
  );
}

/** The talk is over and nobody else takes over. */
function conclude(centre: CallCentre, interaction: Interaction, desk: Desk, conclusion: Conclusion): void {
  interaction.phase = 'wrapUp';
  interaction.conclusion = conclusion;
  wrapUp(centre, interaction, desk);
}

function wrapUp(centre: CallCentre, interaction: Interaction, desk: Desk): void {
  const { isRecorded, media, random } = interaction;
  if (random.chance(NO_WRAP_UP_SHARE)) return deassign(centre, interaction, desk);
  const callState = endState(interaction);
  centre.report({ interaction, event: 'InteractionPostProcess', desk, callState });
  desk.work.set(interaction, 'wrapUp');
  centre.tellStatus(desk);
  const wrapUpMs = media === 'chat' ? random.between(4_000, 18_000) : random.between(7_000, 40_000);
  if (isRecorded) {
    const recordingReady = centre.after(wrapUpMs * random.between(0.3, 0.8), () =>
      centre.report({ interaction, event: 'InteractionRecordingReady', desk }),
    );
    interaction.timers.push(recordingReady);
  }
  const endWrapUp = (): void => {
    // With two agents, the one whose talk goes on keeps its timers.
    if (interaction.phase === 'wrapUp') cancelTimers(interaction);
    centre.report({
      interaction,
      event: 'InteractionEndPostProcess',
      desk,
      callState,
      detail: { dispositionCode: dispositionCode(interaction) },
      attached: { tclSelectedItems: random.pick(['5|12', '5|12,6|45', '6|44,8|99', '5|12,6|45,8|99']) },
    });
    centre.after(30, () => deassign(centre, interaction, desk));
  };
  desk.acts.set(interaction, centre.after(wrapUpMs, endWrapUp));
}

/** The agent is released; with the last agent the interaction ends. */
function deassign(centre: CallCentre, interaction: Interaction, desk: Desk): void {
  centre.report({ interaction, event: 'InteractionDeassigned', desk, callState: endState(interaction) });
  centre.after(30, () => {
    const isLast = centre.desks.every((other) => other === desk || !other.work.has(interaction));
    if (isLast && interaction.conclusion !== undefined) {
      interaction.phase = 'ended';
      centre.report({
        interaction,
        event: 'InteractionDeleted',
        callState: endState(interaction),
        detail: {
          ...interaction.conclusion,
          dispositionCode: dispositionCode(interaction),
          isQueued: interaction.queuedAt !== undefined,
          rejectReason: 0,
        },
      });
    }
    leaveDesk(centre, interaction, desk);
  });
}

/** Chats end idle, whatever the documentation says: seen in 8x8's Pulsar UI screenshot. */
function endState(interaction: Interaction): 'CS_IDLE' | 'CS_DISCONNECTED' {
  return interaction.media === 'chat' ? 'CS_IDLE' : 'CS_DISCONNECTED';
}

/** Number or string, as the Field Reference shows both; the same one in both events that carry it. */
function dispositionCode(interaction: Interaction): number | string {
  return interaction.transactionNum % 5 === 0 ? 'CALLBACK' : 1000;
}
