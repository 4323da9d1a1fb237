/**
 * The credential of one stream, as the worker holds it: a fixed one is there at once, one that the page gives on
 * demand is asked for before each dial. Owns which credential a dial uses; limits, checks and failures are the page's.
 */
import { isSameCredential, type Credential } from '../protocol/credential.js';

/** Lets a dial go on, with `false` when there is nothing to dial with; returns `false` when it was given up meanwhile. */
export type Going = (isGiven: boolean) => boolean;

export class CredentialDesk {
  readonly #ask: () => void;
  #current: Credential;
  /** Came a moment ago, and is what the dial now beginning was called for. */
  #isFresh = false;
  #waiting: Going | undefined;

  constructor(credential: Credential, ask: () => void) {
    this.#current = credential;
    this.#ask = ask;
  }

  get current(): Credential {
    return this.#current;
  }

  /** Calls back when the page has answered, at once where it need not be asked. */
  obtain(then: Going): void {
    if (this.#current.isAsked !== true || this.#isFresh) {
      then(true);
      return;
    }
    this.#waiting = then;
    this.#ask();
  }

  /**
   * Takes what the page says, `undefined` when it has none. The newest word counts, whatever was asked; `redial` is
   * called for another key that no dial has waited for, with `isRenewed` when both are the page's answers: what is made
   * anew for each dial is no other key.
   */
  take(credential: Credential | undefined, redial: (isRenewed: boolean) => void): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    const isOther = credential !== undefined && !isSameCredential(credential, this.#current);
    const isRenewed = this.#current.isAsked === true && credential?.isAsked === true;
    if (isOther) this.#current = credential;
    if (waiting?.(credential !== undefined) === true || !isOther) return;
    this.#isFresh = credential.apiKey !== undefined || credential.token !== undefined;
    redial(isRenewed);
    this.#isFresh = false;
  }
}
