/**
 * Holds an element's credential. The key lives here and in what is handed to the controller, nowhere else: no
 * attribute, no readable property, no error.
 */
import { isSameCredential, parseCredential, type Credential } from '../protocol/credential.js';
import { widgetError } from '../protocol/errors.js';
import type { WidgetError } from '../protocol/errors.js';
import { askCredential, type Asking, type CredentialSource } from './credential-source.js';

/** A page may make its function anew with each of its frames: one is asked as often as the longest back-off dials. */
const ASK_EVERY_MS = 30_000;

export class CredentialKeeper {
  readonly #onChange: () => void;
  readonly #onError: (error: WidgetError) => void;
  readonly #now: () => number;
  #fixed: Credential = {};
  #source: CredentialSource | undefined;
  /** As the host page has set it: told once, however often it is set. */
  #given: unknown;
  #answer: Credential = {};
  /** Somebody connects, or tries to: what is set from now on is asked at once. */
  #isUsed = false;
  /** What the host page has been told not to be accepted. */
  #told: Credential | undefined;
  /** A function that came in the place of another one has not been asked. */
  #isDue = false;
  #restsUntil = -Infinity;
  /** Questions that are open. */
  readonly #asking = new Set<Asking>();
  /** Numbers of questions: the newest, the newest that was answered, and the first that the source of now was asked. */
  #asked = 0;
  #answered = 0;
  #validFrom = 0;

  /** `onChange` comes before what is wrong with the change: an older error is about what was there before. */
  constructor(onChange: () => void, onError: (error: WidgetError) => void, now: () => number) {
    this.#onChange = onChange;
    this.#onError = onError;
    this.#now = now;
  }

  /** Looked at every second, while somebody sees the element. */
  get current(): Credential {
    this.#isUsed = true;
    this.#askWhenDue();
    return this.#source === undefined ? this.#fixed : { ...this.#answer, isAsked: true };
  }

  set apiKey(apiKey: unknown) {
    const fixed = parseCredential({ apiKey: apiKey ?? undefined });
    this.#fixed = fixed ?? {};
    this.#onChange();
    if (fixed === undefined)
      this.#onError(widgetError('invalid-credential', 'The API key is no usable text.'));
  }

  get source(): CredentialSource | undefined {
    return this.#source;
  }

  /** The old answer stands until the new one is there: a page that makes the function anew has not changed the key. */
  set source(given: unknown) {
    if (given === this.#given) return;
    this.#given = given;
    const isAnew = this.#isUsed && this.#source !== undefined && typeof given === 'function';
    this.#source = typeof given === 'function' ? (given as CredentialSource) : undefined;
    this.#onChange();
    if ((given ?? undefined) !== this.#source) {
      // Not quoted: it is most likely the key itself.
      this.#onError(widgetError('invalid-credential', 'The property credentials must be a function.'));
    }
    this.#isDue = isAnew;
    if (isAnew) this.#askWhenDue();
    else {
      this.#validFrom = this.#asked + 1;
      this.#renew();
    }
  }

  /** The page's newest answer, for the next dial; `undefined` where it has none. Never rejects. */
  async ask(): Promise<Credential | undefined> {
    const source = this.#source;
    if (source === undefined) return this.current;
    const number = ++this.#asked;
    const asking = askCredential(source);
    this.#asking.add(asking);
    const answer = await asking.answer;
    // Nobody waits for it any more.
    if (!this.#asking.delete(asking)) return undefined;
    if (number < this.#validFrom) return this.ask();
    // The newest answer counts. That of a function which was replaced does until then: one that is made anew faster than
    // it answers would never give any.
    if (number < this.#answered) return this.current;
    if (answer === undefined) {
      this.#onError(
        widgetError('credentials-failed', 'The page could not provide a credential. It is asked again.'),
      );
      return undefined;
    }
    this.#answered = number;
    this.#answer = answer;
    this.#onChange();
    return this.current;
  }

  /** Nobody is to connect now: what was asked is asked anew when somebody is. */
  rest(): void {
    this.#isUsed = false;
    for (const asking of this.#asking) asking.leave();
    this.#asking.clear();
  }

  #askWhenDue(): void {
    const now = this.#now();
    if (!this.#isDue || now < this.#restsUntil) return;
    this.#isDue = false;
    this.#restsUntil = now + ASK_EVERY_MS;
    this.#renew();
  }

  /** What the last source met says nothing about this one. */
  #renew(): void {
    this.#told = undefined;
    if (this.#isUsed) void this.ask();
  }

  /** The service takes it. */
  accepted(): void {
    this.#told = undefined;
  }

  /** The service does not seem to take it: true where the host page is to be told, once for each key and each source. */
  refused(): boolean {
    const { current } = this;
    const told = this.#told;
    this.#told = current;
    // A source may make another key for each dial: told of each, and asked for one more, it would be dialed without end.
    return told === undefined || !(current.isAsked || isSameCredential(current, told));
  }
}
