/** Asks the page's elements for the credential that a worker wants. Owns who is asked; what the answers change is the client's. */
import type { Credential } from '../protocol/credential.js';
import type { Stream, Subscription } from './stream.js';

interface Answer {
  readonly given: Credential | undefined;
  /** What its holder had when it came. */
  readonly before: Credential;
}

/**
 * Asks all who hold the stream, and resolves with those who had an answer; each has it then. Who comes meanwhile is asked
 * too, so that elements with the same function get the same answer, and stay together. What the page has set since an
 * answer came is newer than it. Never rejects.
 */
export async function askHolders(stream: Stream): Promise<ReadonlySet<Subscription>> {
  const questions = new Map<Subscription, Promise<Answer>>();
  const answered = new Set<Subscription>();
  stream.ask = (held) => questions.set(held, ask(held));
  for (const held of stream.subscriptions.values()) stream.ask(held);
  // Grows while it is gone through.
  for (const [held, question] of questions) {
    const { given, before } = await question;
    if (given === undefined) continue;
    if (held.credential === before) held.credential = given;
    answered.add(held);
  }
  stream.ask = undefined;
  return answered;
}

async function ask(held: Subscription): Promise<Answer> {
  const given = await held.subscriber.askCredential();
  return { given, before: held.credential };
}
