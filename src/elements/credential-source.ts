/**
 * Asks a host page's `credentials()`: for a bounded time, checked, and once for all elements that share the function and
 * ask at the same time. Owns the asking; who uses the answer is the keepers'.
 */
import { parseCredential, type Credential } from '../protocol/credential.js';

type Answer = Pick<Credential, 'apiKey' | 'token'>;

/** The host page's function. What it has at hand it may give without a promise. */
export type CredentialSource = () => Answer | PromiseLike<Answer>;

const ASK_LIMIT_MS = 10_000;

const questions = new WeakMap<CredentialSource, Promise<Credential | undefined>>();

/** Resolves with `undefined` where no usable answer came in time. Never rejects: the reason may quote the key. */
export function askCredential(source: CredentialSource): Promise<Credential | undefined> {
  const open = questions.get(source);
  if (open !== undefined) return open;
  const question = new Promise<Credential | undefined>((resolve) => {
    const timer = setTimeout(resolve, ASK_LIMIT_MS);
    const settle = (credential?: Credential): void => {
      clearTimeout(timer);
      resolve(credential);
    };
    // It is the host page's: it may throw, and it may return no promise.
    new Promise((answer) => answer(source())).then(usable).then(settle, () => settle());
  });
  questions.set(source, question);
  void question.then(() => questions.delete(source));
  return question;
}

/** An answer without a key is none: who dials without one sets no function. Throws what the page's accessors throw. */
function usable(answer: unknown): Credential | undefined {
  const credential = parseCredential(answer);
  return credential?.apiKey === undefined && credential?.token === undefined ? undefined : credential;
}
