/**
 * What is wrong, said in three places: as `x8-error` to the host page, as a note in the widget's own box, and, where
 * the page's author has written something wrongly, in the console. Each thing is said once.
 */
import { X8ErrorEvent } from '../events/x8-error-event.js';
import type { ErrorCode, WidgetError } from '../protocol/errors.js';
import { log, type Logging } from './console-log.js';

/** A missing credential is a state of the connection, and passes with it; of omitted events all is on screen. */
const NO_NOTES: readonly ErrorCode[] = ['credentials-failed', 'events-omitted'];

/** A page may set another wrong value every second, for days: of so many it is remembered that they were told. */
const MAX_REMEMBERED = 100;

export class ErrorVoice {
  readonly #host: Element & Logging;
  readonly #onNote: () => void;
  readonly #reported = new WeakSet<WidgetError>();
  /** An attribute stays wrong over many renders: it is told by its words, not by its object. */
  readonly #told = new Set<string>();
  readonly #dismissed = new Set<string>();
  #attributes: readonly WidgetError[] = [];
  #note: WidgetError | undefined;

  /** `onNote` is called when there is another note to draw. */
  constructor(host: Element & Logging, onNote: () => void) {
    this.#host = host;
    this.#onNote = onNote;
  }

  /** The newest thing that is wrong but stops nothing; a wrong attribute stays until it is mended or dismissed. */
  get note(): WidgetError | undefined {
    return this.#attributes.find(({ message }) => !this.#dismissed.has(message)) ?? this.#note;
  }

  /** What is wrong with the attributes now; told by {@link tellAttributes}, so that no event is fired while drawing. */
  set attributes(errors: readonly WidgetError[]) {
    this.#attributes = errors;
  }

  tellAttributes(): void {
    for (const error of this.#attributes) {
      if (this.#told.has(error.message)) continue;
      remember(this.#told, error.message);
      this.#warn(error);
      this.#fire(error);
    }
  }

  /** The set-up as a whole is wrong: the widget's box says nothing else, so it needs no note. */
  tellSetup(error: WidgetError): void {
    if (this.#isNews(error)) {
      this.#warn(error);
      this.#fire(error);
    }
  }

  /** Something went wrong while running. */
  tell(error: WidgetError): void {
    if (!this.#isNews(error)) return;
    if (!NO_NOTES.includes(error.code)) {
      this.#note = error;
      this.#onNote();
    }
    log(this.#host, 'error', `${error.code}: ${error.message}`);
    this.#fire(error);
  }

  dismiss(error: WidgetError): void {
    remember(this.#dismissed, error.message);
    this.forget();
  }

  forget(): void {
    this.#note = undefined;
    this.#onNote();
  }

  /** Another stream is shown, whose fault it was not; of the key it may be as true there. */
  forgetStream(): void {
    if (this.#note?.code !== 'invalid-credential') this.forget();
  }

  /** It has passed: its note would be untrue now. */
  overcome(code: ErrorCode): void {
    if (this.#note?.code === code) this.forget();
  }

  #isNews(error: WidgetError): boolean {
    if (this.#reported.has(error)) return false;
    this.#reported.add(error);
    return true;
  }

  #fire(error: WidgetError): void {
    const event = new X8ErrorEvent(error);
    this.#host.dispatchEvent(event);
  }

  /** Whatever `log` says, and not once more by it. */
  #warn({ message }: WidgetError): void {
    // oxlint-disable-next-line no-console -- a mistake in the page, once, with the prefix of all warnings
    console.warn(`[x8] <${this.#host.localName}> ${message}`);
  }
}

function remember(texts: Set<string>, text: string): void {
  texts.add(text);
  const [oldest] = texts;
  if (texts.size > MAX_REMEMBERED && oldest !== undefined) texts.delete(oldest);
}
