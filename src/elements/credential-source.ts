/**
 * Asks a host page's `credentials()`: for a bounded time, checked, and once for all elements that share the function and
 * ask at the same time. Owns the asking; who uses the answer is the keepers'.
 */
import { parseCredential, type Credential } from '../protocol/credential.js';

type Answer = Pick<Credential, 'apiKey' | 'token'>;

/** The host page's function. What it has at hand it may give without a promise. */
export type CredentialSource = () => Answer | PromiseLike<Answer>;

const ASK_LIMIT_MS = 10_000;

interface Question {
  readonly answer: Promise<Credential | undefined>;
  /** Without an answer, where there is none yet. */
  readonly end: () => void;
  askers: number;
}

export interface Asking {
  /** Resolves with `undefined` where no usable answer came in time. Never rejects: the reason may quote the key. */
  readonly answer: Promise<Credential | undefined>;
  /** Waits no longer: the last one who leaves ends the question. */
  readonly leave: () => void;
}

const questions = new WeakMap<CredentialSource, Question>();

export function askCredential(source: CredentialSource): Asking {
  const question = questions.get(source) ?? ask(source);
  question.askers++;
  const leave = (): void => {
    if (--question.askers === 0) question.end();
  };
  return { answer: question.answer, leave };
}

function ask(source: CredentialSource): Question {
  let end = (_credential?: Credential): void => undefined;
  const answer = new Promise<Credential | undefined>((resolve) => {
    const timer = setTimeout(() => end(), ASK_LIMIT_MS);
    end = (credential) => {
      clearTimeout(timer);
      // Another one may have been put since this one was given up.
      if (questions.get(source) === question) questions.delete(source);
      resolve(credential);
    };
  });
  const question: Question = { answer, end: () => end(), askers: 0 };
  questions.set(source, question);
  // It is the host page's: it may throw, and it may return no promise.
  new Promise((given) => given(source())).then(usable).then(end, () => end());
  return question;
}

/** An answer without a key is none: who dials without one sets no function. Throws what the page's accessors throw. */
function usable(answer: unknown): Credential | undefined {
  const credential = parseCredential(answer);
  return credential?.apiKey === undefined && credential?.token === undefined ? undefined : credential;
}
