/**
 * What a language must provide. Owns the shape of a catalogue and nothing else: it knows neither elements nor the
 * stream, so a translator needs this file, `en.ts` and `en-trouble.ts` only. Facts arrive as finished text: durations,
 * numbers and names are formatted before a message sees them.
 */
import type { Told } from './told.js';

export type AgentStatusKey = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
export type MediaKey = 'phone' | 'email' | 'chat' | 'sms' | 'video';
export type DirectionKey = 'inbound' | 'outbound';
export type PhaseKey = 'wait' | 'ring' | 'talk' | 'hold' | 'wrap-up';
export type LiveStateKey = 'waiting' | 'ringing' | 'calling' | 'on-call' | 'on-hold' | 'wrap-up';
export type RecordingKey = 'started' | 'paused' | 'resumed' | 'ready';
export type FailureKey =
  'normal' | 'busy' | 'badaddress' | 'noanswer' | 'cancelled' | 'rejected' | 'failed' | 'blocked';

/** The facts that a sentence may name; a fact that the stream did not give is `undefined` and is left out. */
export interface SentenceFacts {
  readonly caller?: string | undefined;
  readonly queue?: string | undefined;
  readonly media?: MediaKey | undefined;
  /** A formatted duration. */
  readonly time?: string | undefined;
  readonly status?: AgentStatusKey | undefined;
  readonly reason?: string | undefined;
  readonly recording?: RecordingKey | undefined;
  readonly failure?: FailureKey | undefined;
  readonly people?: string | undefined;
  readonly isEnabled?: boolean | undefined;
  /** The words of an event's name. */
  readonly name?: string | undefined;
}

export type SentenceName =
  | 'new-inbound'
  | 'new-outbound'
  | 'waiting'
  | 'queue-timeout'
  | 'offered'
  | 'answered'
  | 'ringing-customer'
  | 'customer-answered'
  | 'missed'
  | 'declined'
  | 'not-accepted'
  | 'left-queue'
  | 'on-hold'
  | 'off-hold'
  | 'muted'
  | 'unmuted'
  | 'transfer-started'
  | 'customer-left-chat'
  | 'recording'
  | 'wrap-up-started'
  | 'wrap-up-done'
  | 'ended-by-customer'
  | 'ended-by-agent'
  | 'ended-by-system'
  | 'ended'
  | 'abandoned'
  | 'failed'
  | 'conference'
  | 'agent-status'
  | 'skill'
  | 'event-name';

export type ConnectionKey =
  | 'idle'
  /** No worker could be started. */
  | 'no-worker'
  | 'connecting'
  | 'catching-up'
  | 'live'
  | 'paused'
  | 'reconnecting'
  /** The browser itself probably holds the try back. */
  | 'held'
  /** It opens and drops, again and again. */
  | 'unstable'
  /** Nothing is tried any more until somebody asks. */
  | 'failed'
  | 'cannot-connect'
  | 'auth-suspected'
  | 'offline'
  | 'ended';
/** What is the matter with the connection: what happened, what still works, and what to do or what happens next. */
export type TroubleKey =
  /** Nothing is read: for a reason that has no words of its own, or because the page asked for it. */
  | 'idle'
  | 'disconnected'
  | 'no-worker'
  /** Its title is {@link Messages.connectingFor}. */
  | 'connecting'
  | 'offline'
  | 'unreachable'
  | 'auth-suspected'
  | 'cannot-connect'
  /** The service may refuse a subscription because another reader holds it. */
  | 'subscription-held'
  /** The same, where it was this page's until now. */
  | 'subscription-lost'
  /** As `auth-suspected`, where the service may as well refuse the type of the subscription. */
  | 'subscription-refused'
  /** What does not let the connection be made: the page's policy, or that it is an https page and the service is not. */
  | 'policy'
  | 'mixed-content'
  | 'connect-timeout'
  | 'keepalive-timeout'
  | 'closed'
  | 'no-credential'
  /** Why another connection is made: nothing came, the page did not draw, the page was away. */
  | 'silence'
  | 'no-room'
  | 'lifecycle'
  | 'unstable'
  | 'failed'
  | 'ended'
  | 'quiet'
  /** As `quiet`, where another reader may have what there was. */
  | 'subscription-quiet';
/** Faces of the feed and of the tile before they are set up, and what stands in the place of rows. */
export type FaceKey = 'feed' | 'tile' | 'empty' | 'subscription-empty' | 'well';
export type GapKey = 'no-cursor' | 'history-expired' | 'position-unknown' | 'position-refused';
export type LevelKey = 'unknown' | 'normal' | 'good' | 'warn' | 'bad';

/** Words of the connection line. */
export interface ConnectionMessages {
  readonly state: Readonly<Record<ConnectionKey, string>>;
  ago(time: string): string;
  quietFor(time: string): string;
  held(count: string): string;
  /** `attempt` counts from 1; `wait` is a formatted duration, `undefined` while the try is under way. */
  attempt(attempt: number, wait: string | undefined): string;
}

/** One face of the widget's box: what is the matter, in a heading and a sentence. */
export interface Face {
  readonly title: string;
  readonly text: string;
}

export interface Messages {
  /** BCP 47 language of the words: names of days and units are formatted in it. */
  readonly language: string;
  /** The way the words are read, whatever the page around them does. */
  readonly textDirection: 'ltr' | 'rtl';
  readonly sentence: Readonly<Record<SentenceName, (facts: SentenceFacts) => string>>;
  readonly status: Readonly<Record<AgentStatusKey, string>>;
  /** While the stream has said nothing about the agent. */
  readonly statusUnknown: string;
  readonly media: Readonly<Record<MediaKey, string>>;
  readonly direction: Readonly<Record<DirectionKey, string>>;
  readonly phase: Readonly<Record<PhaseKey, string>>;
  /** Media that are written speak of "in chat", not of "on call": `undefined` takes the phone's word. */
  liveState(state: LiveStateKey, media: MediaKey | undefined): string;
  /** An interaction of unknown media. */
  readonly interaction: string;
  readonly unknownCaller: string;
  readonly missed: Face;
  reason(itemId: string): string;
  queue(id: string): string;
  priority(value: string): string;
  waited(time: string): string;
  since(time: string): string;
  ringCountdown(elapsed: string, limit: string): string;
  readonly recordingNow: string;
  readonly mutedNow: string;

  readonly connection: ConnectionMessages;
  readonly faces: Readonly<Record<FaceKey, Face>>;
  readonly troubles: Readonly<Record<TroubleKey, Told>>;
  /** It works, at the cost of the page. */
  readonly runsInPage: string;
  connectingFor(time: string): string;
  /** Said after what is the matter, in a browser that itself holds tries back after failures. */
  readonly heldBack: string;
  /** WebSocket close codes in words; a code without any is said by its number. */
  readonly closeCodes: Readonly<Record<number, string>>;
  /** Title of the face that says an error. */
  readonly wrong: string;
  missing(attributes: string): string;
  readonly storageOnMemory: Told;

  /** The feed as a whole; `agent` is a name or `undefined`. */
  feedLabel(agent: string | undefined): string;
  readonly currentInteractions: string;
  readonly activity: string;
  readonly pause: string;
  readonly showSteps: string;
  /** Labels of the buttons beside the connection. */
  readonly action: Readonly<Record<'retry' | 'connect', string>>;
  /** Label of the button that opens what is behind the connection line. */
  readonly details: string;
  readonly copyDiagnostics: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly dismiss: string;
  readonly loading: string;
  newRows(count: string): string;
  whileAway(count: string): string;
  earlier(day: string): string;
  noData(from: string | undefined, to: string | undefined): string;
  /** Why events of a gap are lost, after {@link noData}. */
  readonly lost: Readonly<Record<GapKey, string>>;
  readonly dropped: string;
  /** Of either, after what happened. */
  readonly lostDetail: Omit<Told, 'title' | 'why'>;
  readonly today: string;
  readonly yesterday: string;
  moreUpdates(count: number): string;
  caughtUp(count: string): string;

  readonly tile: {
    label(queue: string): string;
    readonly waiting: string;
    readonly longestWait: string;
    readonly serviceLevel: string;
    readonly serviceLevelShort: string;
    serviceLevelWithin(time: string): string;
    ringing(count: string): string;
    target(percent: string): string;
    answered(count: string): string;
    abandoned(count: string, rate: string | undefined): string;
    /** Where the longest wait stands to its target; levels without a word are not worth one. */
    readonly waitLevel: Readonly<Partial<Record<LevelKey, string>>>;
    /** Where the service level stands to its target. */
    readonly serviceLevelLevel: Readonly<Partial<Record<LevelKey, string>>>;
    readonly fewCalls: string;
    readonly partial: string;
    readonly noDataYet: string;
    /** Why there are no numbers on a subscription that other pages may read on. */
    readonly sharedOut: string;
    asOf(time: string): string;
    trend(low: string, high: string, now: string): string;
    readonly trendUnknown: string;
    readonly trendLabel: string;
    readonly unknown: string;
  };

  /** Short units of elapsed time: "2 s", "12 min", "3 h". */
  readonly seconds: (count: string) => string;
  readonly minutes: (count: string) => string;
  readonly hours: (count: string) => string;
  /** A duration of a day and more: "1 d 3 h". */
  readonly days: (days: string, hours: string) => string;
}
