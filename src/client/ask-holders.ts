/** Asks the page's elements for the credential that a worker wants. Owns who is asked; what the answers change is the client's. */
import type { Credential } from '../protocol/credential.js';
import type { Stream, Subscription } from './stream.js';

/**
 * Asks all who hold the stream, and resolves with those who had an answer; each has it then. Who comes meanwhile is asked
 * too, so that elements with the same function get the same answer, and stay together. Never rejects.
 */
export async function askHolders(stream: Stream): Promise<ReadonlySet<Subscription>> {
  const questions = new Map<Subscription, Promise<Credential | undefined>>();
  const answered = new Set<Subscription>();
  stream.ask = (held) => questions.set(held, held.subscriber.askCredential());
  for (const held of stream.subscriptions.values()) stream.ask(held);
  // Grows while it is gone through.
  for (const [held, question] of questions) {
    const answer = await question;
    if (answer === undefined) continue;
    held.credential = answer;
    answered.add(held);
  }
  stream.ask = undefined;
  return answered;
}
