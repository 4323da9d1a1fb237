/**
 * Wording plus the host page's own names: everything that a part of an element needs to put facts into words.
 * Foreign text comes out isolated (see `i18n/isolate.ts`).
 */
import { isolate } from '../i18n/isolate.js';
import type { SentenceFacts } from '../i18n/messages.js';
import type { Wording } from '../i18n/wording.js';
import type { CallerLabel, QueueRef, Sentence } from '../protocol/sentence.js';
import type {
  AgentStatusCode,
  HangupReason,
  Media,
  ReasonCode,
  RecordingState,
} from '../protocol/stream-event.js';
import { hostText } from './host-texts.js';
import type { HostTexts } from './host-texts.js';

export interface HostNames {
  /** By `listId=itemId`. */
  readonly reasonCodes: HostTexts | undefined;
  readonly queueNames: HostTexts | undefined;
}

/** Every field of every kind of sentence: the compiler refuses a sentence whose field has another type here. */
interface AllFacts {
  readonly key: Sentence['key'];
  readonly caller?: CallerLabel | undefined;
  readonly queue?: QueueRef | undefined;
  readonly media?: Media | undefined;
  readonly waitedMs?: number | undefined;
  readonly ringMs?: number | undefined;
  readonly heldMs?: number | undefined;
  readonly handledMs?: number | undefined;
  readonly wrapUpMs?: number | undefined;
  readonly totalMs?: number | undefined;
  readonly status?: AgentStatusCode | undefined;
  readonly reason?: ReasonCode | HangupReason | undefined;
  readonly state?: RecordingState | undefined;
  readonly people?: number | undefined;
  readonly isEnabled?: boolean | undefined;
  readonly words?: string | undefined;
}

export class Vocabulary {
  readonly wording: Wording;
  readonly #names: HostNames;

  /** The names as they are now: other names make another vocabulary. */
  constructor(wording: Wording, { reasonCodes, queueNames }: HostNames) {
    this.wording = wording;
    this.#names = { reasonCodes, queueNames };
  }

  queue(queue: QueueRef): string {
    return hostText(this.#names.queueNames, queue.id) ?? queue.name ?? this.wording.messages.queue(queue.id);
  }

  reason(reason: ReasonCode | undefined): string | undefined {
    if (reason === undefined) return undefined;
    return (
      hostText(this.#names.reasonCodes, `${reason.listId}=${reason.itemId}`) ??
      this.wording.messages.reason(reason.itemId)
    );
  }

  /** Name, else number; `undefined` when the stream gave neither. */
  caller(caller: CallerLabel | undefined): string | undefined {
    return caller?.name ?? caller?.number;
  }

  media(media: Media | undefined): string {
    return media === undefined ? this.wording.messages.interaction : this.wording.messages.media[media];
  }

  say(sentence: Sentence): string {
    return this.wording.messages.sentence[sentence.key](this.#facts(sentence));
  }

  /** The sentence without its duration: for a row that shows it in a column of its own. */
  sayWithoutTime(sentence: Sentence): string {
    return this.wording.messages.sentence[sentence.key]({ ...this.#facts(sentence), time: undefined });
  }

  #facts(sentence: Sentence): SentenceFacts {
    // Each kind of sentence carries a few of these; what it does not carry is left out of its words.
    const facts: AllFacts = sentence;
    const durationMs =
      facts.waitedMs ?? facts.ringMs ?? facts.heldMs ?? facts.handledMs ?? facts.wrapUpMs ?? facts.totalMs;
    const reason = typeof facts.reason === 'object' ? this.reason(facts.reason) : undefined;
    return {
      ...facts,
      caller: isolated(this.caller(facts.caller)),
      queue: isolated(facts.queue && this.queue(facts.queue)),
      time: durationMs === undefined ? undefined : this.wording.duration(durationMs),
      reason: isolated(reason),
      recording: facts.state,
      failure: typeof facts.reason === 'string' ? facts.reason : undefined,
      people: facts.people === undefined ? undefined : this.wording.number(facts.people),
      name: isolated(facts.words),
    };
  }
}

function isolated(text: string | undefined): string | undefined {
  return text === undefined ? undefined : isolate(text);
}
