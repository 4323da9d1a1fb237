/**
 * Holds an element's credential. The key lives here and in what is handed to the controller, nowhere else: no
 * attribute, no readable property, no error.
 */
import { isSameCredential, parseCredential, type Credential } from '../protocol/credential.js';
import { widgetError } from '../protocol/errors.js';
import type { WidgetError } from '../protocol/errors.js';
import { askCredential, type CredentialSource } from './credential-source.js';

export class CredentialKeeper {
  readonly #onChange: () => void;
  readonly #onError: (error: WidgetError) => void;
  #fixed: Credential = {};
  #source: CredentialSource | undefined;
  /** As the host page has set it: told once, however often it is set. */
  #given: unknown;
  #answer: Credential = {};
  /** Somebody connects, or tries to: what is set from now on is asked at once. */
  #isUsed = false;
  /** What the host page has been told not to be accepted. */
  #told: Credential | undefined;

  constructor(onChange: () => void, onError: (error: WidgetError) => void) {
    this.#onChange = onChange;
    this.#onError = onError;
  }

  get current(): Credential {
    this.#isUsed = true;
    return this.#source === undefined ? this.#fixed : { ...this.#answer, isAsked: true };
  }

  set apiKey(apiKey: unknown) {
    const fixed = parseCredential({ apiKey: apiKey ?? undefined });
    if (fixed === undefined)
      this.#onError(widgetError('invalid-credential', 'The API key is no usable text.'));
    this.#fixed = fixed ?? {};
    this.#onChange();
  }

  get source(): CredentialSource | undefined {
    return this.#source;
  }

  /** The old answer stands until the new one is there: a page that makes the function anew has not changed the key. */
  set source(given: unknown) {
    if (given === this.#given) return;
    this.#given = given;
    this.#source = typeof given === 'function' ? (given as CredentialSource) : undefined;
    if ((given ?? undefined) !== this.#source) {
      // Not quoted: it is most likely the key itself.
      this.#onError(widgetError('invalid-credential', 'The property credentials must be a function.'));
    }
    this.#told = undefined;
    this.#onChange();
    if (this.#isUsed) void this.ask();
  }

  /** The page's newest answer, for the next dial; `undefined` where it has none. Never rejects. */
  async ask(): Promise<Credential | undefined> {
    const source = this.#source;
    if (source === undefined) return this.current;
    const answer = await askCredential(source);
    // Replaced meanwhile: the newer one's answer counts.
    if (source !== this.#source) return this.ask();
    if (answer === undefined) {
      this.#onError(
        widgetError('credentials-failed', 'The page could not provide a credential. It is asked again.'),
      );
      return undefined;
    }
    this.#answer = answer;
    this.#onChange();
    return this.current;
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
