/**
 * Holds an element's credential. The key lives here and in what is handed to the controller, nowhere else: no
 * attribute, no readable property, no error.
 */
import type { Credential } from '../protocol/credential.js';
import { widgetError } from '../protocol/errors.js';
import type { WidgetError } from '../protocol/errors.js';

export type CredentialSource = () => Promise<Credential>;

export class CredentialKeeper {
  readonly #onChange: () => void;
  readonly #onError: (error: WidgetError) => void;
  #apiKey: string | undefined;
  #source: CredentialSource | undefined;
  #answer: Credential | undefined;
  /** Answers may overtake each other; only the newest question counts. */
  #question = 0;

  constructor(onChange: () => void, onError: (error: WidgetError) => void) {
    this.#onChange = onChange;
    this.#onError = onError;
  }

  get current(): Credential {
    return this.#source === undefined ? { apiKey: this.#apiKey } : (this.#answer ?? {});
  }

  /** A source was given and has not answered yet. */
  get isPending(): boolean {
    return this.#source !== undefined && this.#answer === undefined;
  }

  set apiKey(key: string | undefined) {
    if (key === this.#apiKey) return;
    this.#apiKey = key;
    this.#onChange();
  }

  get source(): CredentialSource | undefined {
    return this.#source;
  }

  set source(source: CredentialSource | undefined) {
    if (source === this.#source) return;
    this.#source = source;
    this.#answer = undefined;
    this.#question++;
    this.#onChange();
    this.renew();
  }

  /** Asks the source again; the old answer stands until the new one is there. */
  renew(): void {
    if (this.#source === undefined) return;
    const question = ++this.#question;
    // The source is the host page's: it may throw, and it may return no promise.
    new Promise<Credential>((resolve) => resolve(this.#source?.() ?? {})).then(
      ({ apiKey, token }) => {
        if (question !== this.#question) return;
        this.#answer = { apiKey, token };
        this.#onChange();
      },
      () => {
        if (question !== this.#question) return;
        // The reason is left out: it may quote the key.
        this.#onError(widgetError('credentials-failed', 'The page could not provide a credential.'));
      },
    );
  }
}
