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
  | { readonly kind: 'awaiting'; readonly last: MessageId; readonly start: MessageId | undefined };

export type Judgement =
  /** Before the last one known: says nothing yet. */
  | 'before'
  | 'continuous'
  | 'history-expired'
  /** From before the place where reading started: another topic's ids. */
  | 'position-unknown';

export function judge(proof: Extract<Proof, { kind: 'awaiting' }>, id: MessageId): Judgement {
  // Partitions are read side by side: only the order within one says something.
  if (id.partition !== proof.last.partition) return 'before';
  const order = compareMessageIds(id, proof.last);
  if (order === 0) return 'continuous';
  if (order > 0) return 'history-expired';
  // A start that names a batch delivers the whole batch again, so only ledger and entry count here.
  const { start } = proof;
  const isBeforeStart = start !== undefined && (id.ledger - start.ledger || id.entry - start.entry) < 0;
  return isBeforeStart ? 'position-unknown' : 'before';
}
