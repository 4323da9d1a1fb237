/** What taking messages in makes happen: the way from `intake.ts` to its stream. Types only. */
import type { Gap, Position, Verdict } from '../protocol/connection-status.js';
import type { WidgetError } from '../protocol/errors.js';
import type { EventPhase, StreamEvent } from '../protocol/stream-event.js';

export interface IntakeEffects {
  /** Answer one message; the broker counts answers, one frees one place in its window. */
  acknowledge(messageId: string): void;
  /** Answer it so that the broker delivers it again; a consumer's only. */
  sendBack(messageId: string): void;
  deliver(event: StreamEvent, messageId: string, publishTime: number, phase: EventPhase): void;
  /** The message is in, or has been refused for good. */
  taken(position: Position, receivedAt: number): void;
  coverFrom(at: number): void;
  gap(gap: Gap, at: number, phase: EventPhase): void;
  /** The position is known: proven, or a gap was found. */
  settled(verdict: Verdict): void;
  /** The position that silence spoke against is on this topic: it is to be read from again. */
  positionFound(): void;
  /** What came proves nothing: the same is to be read once more. */
  readAgain(): void;
  caughtUp(): void;
  endOfTopic(isEnded: boolean): void;
  rejected(error: WidgetError): void;
}
