/**
 * A transfer to a colleague, with a word beforehand on a second line. Owns the second line from first to last event;
 * refuses to own talk and wrap-up of the first. Order: 8x8's legacy overview, "Transfer of call to another agent", shortened.
 */
import type { CallCentre } from './call-centre.js';
import type { Desk } from './desk.js';
import { leaveDesk } from './desk-work.js';
import type { Interaction } from './interaction.js';

/** What the transfer hands back to. */
export interface TransferSteps {
  /** The first agent's talk is over, the interaction goes on. */
  readonly release: () => void;
  /** The colleague talks with the customer. */
  readonly handle: (colleague: Desk) => void;
}

function freeColleague(centre: CallCentre, desk: Desk): Desk | undefined {
  return centre.desks.find(
    (other) =>
      other !== desk &&
      other.presence.kind === 'ready' &&
      other.wanted === undefined &&
      other.work.size === 0 &&
      other.restUntil <= centre.agenda.now,
  );
}

/** Starts a transfer. False, with nothing told, when no colleague is free. */
export function transferToColleague(
  centre: CallCentre,
  interaction: Interaction,
  desk: Desk,
  steps: TransferSteps,
): boolean {
  const colleague = freeColleague(centre, desk);
  if (colleague === undefined) return false;
  centre.report({
    interaction,
    event: 'LineHoldStatus',
    desk,
    callState: 'CS_HOLD',
    detail: { status: true },
  });
  const secondLine = centre.createInteraction({
    name: `consult/${interaction.transactionNum}`,
    line: interaction.line,
    direction: 'out',
    isAgentInitiated: true,
    caller: { name: desk.agent.name, phone: `+442079460${String(desk.agent.phone).slice(-3)}` },
  });
  const fromAgent = { direction: 'out', isAgentInitiated: true };
  centre.report({
    interaction: secondLine,
    event: 'InteractionCreated',
    callState: 'CS_IDLE',
    detail: fromAgent,
  });

  const { random } = secondLine;
  const ringMs = random.between(1_700, 6_000);
  const consultMs = random.between(5_000, 14_000);
  const planNext = (delayMs: number, action: () => void): void => {
    const timer = centre.after(delayMs, action);
    desk.acts.set(interaction, timer);
    colleague.acts.set(secondLine, timer);
  };
  const ring = (): void => {
    centre.report({
      interaction: secondLine,
      event: 'InteractionAssigned',
      desk: colleague,
      callState: 'CS_IDLE',
    });
    centre.tellStatus(colleague);
    planNext(ringMs, pickUp);
  };
  const pickUp = (): void => {
    secondLine.phase = 'handling';
    secondLine.participants.push(colleague);
    colleague.work.set(secondLine, 'handling');
    centre.report({
      interaction: secondLine,
      event: 'InteractionAccepted',
      desk: colleague,
      callState: 'CS_CONNECTED',
    });
    centre.tellStatus(colleague);
    planNext(consultMs, handOver);
  };
  const handOver = (): void => {
    const offHold = { status: false };
    centre.report({ interaction, event: 'LineHoldStatus', desk, callState: 'CS_CONNECTED', detail: offHold });
    centre.report({ interaction, event: 'InteractionTransferRequest', desk });
    interaction.participants.push(colleague);
    colleague.work.set(interaction, 'handling');
    steps.release();
    centre.report({
      interaction,
      event: 'InteractionParticipantChange',
      callState: 'CS_CONNECTED',
      participants: [colleague],
    });
    steps.handle(colleague);
    centre.after(120, () => endSecondLine(centre, secondLine, colleague));
  };
  // The colleague is taken from now on, so that nothing else is offered before the console rings.
  colleague.work.set(secondLine, 'offered');
  centre.after(300, ring);
  return true;
}

function endSecondLine(centre: CallCentre, secondLine: Interaction, colleague: Desk): void {
  const about = { interaction: secondLine, desk: colleague, callState: 'CS_DISCONNECTED' } as const;
  centre.report({ ...about, event: 'InteractionReconnect' });
  centre.report({ ...about, event: 'InteractionDeassigned' });
  secondLine.phase = 'ended';
  centre.report({
    interaction: secondLine,
    event: 'InteractionDeleted',
    callState: 'CS_DISCONNECTED',
    detail: {
      callHangupReason: 'CEC_DISCONNECT_NORMAL',
      dispositionCode: 1000,
      hangupInitiator: 'SYSTEM',
      isQueued: false,
      rejectReason: 0,
    },
  });
  leaveDesk(centre, secondLine, colleague);
}
