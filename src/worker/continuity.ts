/**
 * The overlap proof (docs/protocol.md, "Resume"): a resumed reader starts one message before the last one known, so
 * the service must deliver that message again, at once. It comes before anything newer: continuous. Something newer
 * comes first: a gap. Pure; knows positions and order, no sockets.
 */
import { compareMessageIds, type MessageId } from './message-id.js';

export type Proof =
  /** Nothing to prove: no position was known when the socket was opened, or the proof is done. */
  | { readonly kind: 'settled' }
  /** `last` must come before anything newer; nothing on this topic can come from before `start`. */
  | {
      readonly kind: 'awaiting';
      readonly last: MessageId;
      /** Of `last`; one that is not whole is a guess (`resume-point.ts`). */
      readonly publishTime?: number | undefined;
      readonly start: MessageId | undefined;
      /** What was published later (ms) is no part of the past that leads to `last`. */
      readonly pastEndsAt?: number | undefined;
    };

export type Awaiting = Extract<Proof, { kind: 'awaiting' }>;

export type Judgement =
  /** Before the last one known: says nothing yet. */
  | 'before'
  /**
   * Before it, and far too young for that: on a topic that counts anew (a broker that was emptied), what comes now may have
   * ids from before the last one for hours. One such message may be of a producer with a wrong clock, so it says nothing
   * either; but it is no sign that `last` is still on its way.
   */
  | 'too-young'
  | 'continuous'
  | 'history-expired'
  /** From before the place where reading started, or another message with the id of the last one: another topic's ids. */
  | 'position-unknown';

/** @param publishTime `NaN` where the frame gives none */
export function judge(proof: Awaiting, id: MessageId, publishTime = Number.NaN): Judgement {
  // Partitions are read side by side: only the order within one says something.
  if (id.partition !== proof.last.partition) return 'before';
  const order = compareMessageIds(id, proof.last);
  // An id that names a whole batch (a host page may have it from elsewhere) is found with the batch's first message.
  if (
    order === 0 ||
    (proof.last.batchIndex < 0 && id.ledger === proof.last.ledger && id.entry === proof.last.entry)
  ) {
    // A broker that was emptied begins with the same numbers again (tried on Pulsar 4.0.7).
    const isKnown = Number.isInteger(publishTime) && Number.isInteger(proof.publishTime);
    return isKnown && publishTime !== proof.publishTime ? 'position-unknown' : 'continuous';
  }
  if (order > 0) return 'history-expired';
  // A start that names a batch delivers the whole batch again, so only ledger and entry count here.
  const { start } = proof;
  const isBeforeStart = start !== undefined && (id.ledger - start.ledger || id.entry - start.entry) < 0;
  if (isBeforeStart) return 'position-unknown';
  return publishTime > (proof.pastEndsAt ?? Infinity) ? 'too-young' : 'before';
}

/**
 * Whether a position that silence has spoken against was right after all: a service may be slow for longer than anybody
 * waits. What it then brings was published before the position and lies where it had to: on another topic, what comes
 * after the silence is younger. Of a message that the page names nobody knows the time: there it must come itself.
 */
export function wasRight(proof: Proof, id: MessageId, publishTime: number): boolean {
  if (proof.kind !== 'awaiting' || id.partition !== proof.last.partition) return false;
  const judgement = judge(proof, id);
  if (proof.publishTime === undefined) return judgement === 'continuous';
  return (judgement === 'before' || judgement === 'continuous') && publishTime <= proof.publishTime;
}
