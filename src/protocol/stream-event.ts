/**
 * The one shape that every event has after the door: what 8x8's payloads say, with their spellings, units and
 * string booleans settled. Owns names and units; refuses to own how a payload is read (`src/domain/`).
 *
 * Every field is always present (`undefined` where the payload says nothing), so that all events of a kind share
 * one hidden class: the worker makes tens of thousands of them a second.
 */

/** Finer than 8x8's `mediaType`, which folds SMS into chat and video into phone: taken from `resourceType`. */
export type Media = 'phone' | 'email' | 'chat' | 'sms' | 'video';

export type Direction = 'inbound' | 'outbound';

/**
 * `AgentStatusChange.newState`, as 8x8's Agent Status API and its live stream have it: 0 unknown, 1 logged out,
 * 2 logged in, 3 on break, 4 available, 5 working offline, 6 offered, 7 handling, 8 wrap-up, 9 busy,
 * 10 direct call, 11 on email. Any other number is kept out at the door.
 */
export type AgentStatusCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** `newReasonCodeUser`, for example `801=1722`: item ids repeat across lists, so both halves name a reason. */
export interface ReasonCode {
  readonly listId: string;
  readonly itemId: string;
}

/** The person at the other end. Untrusted text, shown as text and masked by default. */
export interface Caller {
  readonly name: string | undefined;
  readonly number: string | undefined;
}

export type RejectReason = 'timeout' | 'declined' | 'unknown';
export type HangupInitiator = 'agent' | 'customer' | 'system';

/** `callHangupReason` without its prefixes `CEC_` and `CEC_DISCONNECT_`, lower case; `none` is left out. */
export type HangupReason =
  'normal' | 'busy' | 'badaddress' | 'noanswer' | 'cancelled' | 'rejected' | 'failed' | 'blocked';

export type RecordingState = 'started' | 'paused' | 'resumed' | 'ready';

/** A payload under the top-level key `Interaction` that names an interaction. */
export interface InteractionEvent {
  readonly kind: 'interaction';
  /** The inner `event`: a known name in 8x8's spelling whatever case it came in, an unknown one as it came. */
  readonly name: string;
  /** When it happened, ms since the epoch: `msgInfo.timestamp`, else `interactionEventTS`, else the publish time; never `eventTS`. */
  readonly at: number;
  /** `interactionGUID`. */
  readonly guid: string;
  /** `originalInteractionGuid` of a transfer's new leg. */
  readonly originalGuid: string | undefined;
  readonly agentId: string | undefined;
  /** `participatingAgents`, ids only. */
  readonly agentIds: readonly string[];
  readonly queueId: string | undefined;
  readonly queueName: string | undefined;
  /** ms since the epoch, from `queueTime` (s). */
  readonly queuedAt: number | undefined;
  /** `isQueued`: false tells a call that ended in the IVR from one that waited. */
  readonly isQueued: boolean | undefined;
  readonly media: Media | undefined;
  readonly direction: Direction | undefined;
  readonly caller: Caller | undefined;
  /** Time that the agent has to answer, ms, from `promptingTimeout` or `agentRscWaitTime` (s). */
  readonly ringLimitMs: number | undefined;
  readonly rejectReason: RejectReason | undefined;
  /** On `LineHoldStatus`. */
  readonly isOnHold: boolean | undefined;
  /** On `LineMuteStatus`. */
  readonly isMuted: boolean | undefined;
  readonly recording: RecordingState | undefined;
  readonly hangupInitiator: HangupInitiator | undefined;
  readonly hangupReason: HangupReason | undefined;
  /** Higher first; 50 is standard. */
  readonly priority: number | undefined;
  readonly dispositionCode: string | undefined;
}

/** A payload under the top-level key `AgentStatusChange`. */
export interface AgentStatusEvent {
  readonly kind: 'agent-status';
  readonly name: 'AgentStatusChange';
  readonly at: number;
  readonly agentId: string;
  readonly status: AgentStatusCode;
  /** When the state began, ms: `statusEventTS` (s), which 8x8 sends 1 to 2.5 s before the message; else `at`. */
  readonly since: number;
  readonly reason: ReasonCode | undefined;
  /** `newSubState` is `stopnew`: a chat agent takes no new chats. */
  readonly takesNoNewChats: boolean;
}

/** A payload under the top-level key `AgentProvChange`: a skill turned on or off. */
export interface AgentProvisionEvent {
  readonly kind: 'agent-provision';
  /** The inner `event`, for example `AgentSkillChanged`. */
  readonly name: string;
  readonly at: number;
  readonly agentId: string | undefined;
  readonly queueId: string | undefined;
  readonly media: Media | undefined;
  readonly isEnabled: boolean | undefined;
}

/** Everything else that is a JSON object: shown by its name, never dropped. 8x8 says that new types will come. */
export interface OtherEvent {
  readonly kind: 'other';
  readonly name: string;
  readonly at: number;
  readonly guid: string | undefined;
  readonly agentId: string | undefined;
}

export type StreamEvent = InteractionEvent | AgentStatusEvent | AgentProvisionEvent | OtherEvent;

/**
 * Where an event stands to what the reader has already seen: `replayed` was taken in before this page was loaded,
 * `missed` came while no page was there, `live` came since. Only `live` events make a sound or a screen pop.
 */
export type EventPhase = 'replayed' | 'missed' | 'live';

/** One entry of the `x8-events` event. Callers' names and numbers are masked as the element's `mask` says. */
export interface EventEntry {
  readonly messageId: string;
  /** ms since the epoch, by the broker's clock. */
  readonly publishTime: number;
  /** The event's name, as `event.name`. */
  readonly type: string;
  readonly phase: EventPhase;
  readonly event: StreamEvent;
}
