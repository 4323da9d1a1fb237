/**
 * What a row says, before it is put into a language: a key and its facts. The worker chooses the sentence
 * (`src/domain/`), the page words it (`src/i18n/`), so a change of language needs no worker.
 */
import type { AgentStatusCode, HangupReason, Media, ReasonCode, RecordingState } from './stream-event.js';

/** A caller as far as the element's `mask` lets the page know; `undefined` where the stream said nothing. */
export interface CallerLabel {
  readonly name: string | undefined;
  readonly number: string | undefined;
}

/** A queue by its id; the stream seldom gives a name, a host page may (`queueNames`). */
export interface QueueRef {
  readonly id: string;
  readonly name: string | undefined;
}

export type Sentence =
  | {
      readonly key: 'new-inbound' | 'new-outbound';
      readonly media: Media | undefined;
      readonly caller: CallerLabel | undefined;
    }
  | { readonly key: 'waiting' | 'queue-timeout'; readonly queue: QueueRef | undefined }
  | {
      readonly key: 'offered';
      readonly caller: CallerLabel | undefined;
      readonly queue: QueueRef | undefined;
      readonly waitedMs: number | undefined;
    }
  | { readonly key: 'answered'; readonly ringMs: number | undefined }
  | { readonly key: 'ringing-customer' | 'customer-answered'; readonly caller: CallerLabel | undefined }
  | {
      readonly key:
        | 'missed'
        | 'declined'
        | 'not-accepted'
        | 'left-queue'
        | 'on-hold'
        | 'muted'
        | 'unmuted'
        | 'transfer-started'
        | 'customer-left-chat';
    }
  | { readonly key: 'off-hold'; readonly heldMs: number | undefined }
  | { readonly key: 'recording'; readonly state: RecordingState }
  | { readonly key: 'wrap-up-started'; readonly handledMs: number | undefined }
  | { readonly key: 'wrap-up-done'; readonly wrapUpMs: number | undefined }
  | {
      readonly key: 'ended-by-customer' | 'ended-by-agent' | 'ended-by-system' | 'ended';
      readonly totalMs: number | undefined;
    }
  | { readonly key: 'abandoned'; readonly waitedMs: number | undefined }
  | { readonly key: 'failed'; readonly reason: HangupReason }
  | { readonly key: 'conference'; readonly people: number }
  | {
      readonly key: 'agent-status';
      readonly status: AgentStatusCode;
      readonly reason: ReasonCode | undefined;
    }
  | { readonly key: 'skill'; readonly media: Media | undefined; readonly isEnabled: boolean | undefined }
  /** A technical or unknown event: its name split into words. */
  | { readonly key: 'event-name'; readonly words: string };

export type SentenceKey = Sentence['key'];
