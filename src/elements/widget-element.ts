/**
 * What both elements share beyond their attributes: the credential, the words, the way errors are said, and the fence
 * that keeps a failure inside the widget's own box. Refuses to own a connection (the controller's) and what is drawn
 * (the elements').
 */
import { html, nothing } from 'lit';
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { StreamController } from '../controllers/stream-controller.js';
import type { StreamControllerOptions, StreamUpdate } from '../controllers/stream-controller.js';
import { X8GapEvent } from '../events/x8-gap-event.js';
import { toldText } from '../i18n/told.js';
import type { Wording } from '../i18n/wording.js';
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { Diagnostics } from '../protocol/diagnostics.js';
import { widgetError } from '../protocol/errors.js';
import type { WidgetError } from '../protocol/errors.js';
import type { EventEntry } from '../protocol/stream-event.js';
import { trimmed } from '../protocol/trimmed.js';
import type { View, ViewRequest } from '../protocol/views.js';
import { Announcer } from './announcer.js';
import { aroundGaps } from './around-gaps.js';
import { oneOf, settingsOf } from './attribute-checks.js';
import { connectionWords } from './connection-words.js';
import type { ConnectionWords } from './connection-words.js';
import { ConnectionDetails } from './connection-details.js';
import { ConnectionVoice } from './connection-voice.js';
import { log, LOG_LEVELS } from './console-log.js';
import { CredentialKeeper } from './credential-keeper.js';
import type { CredentialSource } from './credential-source.js';
import { ErrorVoice } from './error-voice.js';
import { HostAttributesElement } from './host-attributes-element.js';
import { Language } from './language.js';
import { note } from './parts/note.js';
import { missingFace, wrongFace } from './parts/setup-face.js';
import { SecondTicker } from './second-ticker.js';
import type { Snapshot } from './snapshot.js';
import { QUIET_HINT_MS, troubleOf } from './trouble.js';
import type { Trouble } from './trouble.js';
import type { ViewSource } from './view-source.js';
import type { Vocabulary } from './vocabulary.js';

const CHECKS = {
  scheme: oneOf(['auto', 'light', 'dark'], 'auto'),
  log: oneOf(LOG_LEVELS, 'off'),
  share: oneOf(['on', 'off'], 'on'),
};

export abstract class WidgetElement<V extends View> extends HostAttributesElement {
  static override readonly properties: PropertyDeclarations = {
    credentials: { attribute: false },
    apiKey: { attribute: 'api-key' },
  };

  /**
   * Gives a credential when one is needed: asked before each connection, for 10 s at most, and again when it fails, so
   * that short-lived keys work. Nothing connects before an answer, which is `{ apiKey }` or `{ token }`, or a promise of
   * one; nothing else in it is used. Elements that share the function, and what it gives, share a connection.
   */
  get credentials(): CredentialSource | undefined {
    return this.#credential.source;
  }
  set credentials(source: CredentialSource | null | undefined) {
    this.#credential.source = source;
  }

  #announcement = '';
  #failure: WidgetError | undefined;

  readonly #credential = new CredentialKeeper(
    () => {
      this.#errors.overcome('invalid-credential');
      this.requestUpdate();
    },
    (error) => this.#errors.tell(error),
    () => this.browserNow,
  );
  readonly #errors = new ErrorVoice(this, () => this.requestUpdate());
  readonly #voice = new ConnectionVoice(this, this.#credential);
  readonly #language = new Language(this);

  /** What this element draws from. */
  protected readonly source: ViewSource<V> = this.createController({
    attributes: () => this.streamAttributes,
    credential: () => this.#credential.current,
    askCredential: () => this.#credential.ask(),
    onEnd: () => this.#credential.rest(),
    workerUrl: () => this.workerUrl ?? undefined,
    request: () => this.request(),
    onLeft: () => this.#errors.forgetStream(),
    onUpdate: (update) => this.#onUpdate(update),
  });

  protected readonly announcer = new Announcer(
    (text) => {
      this.#announcement = text;
      this.requestUpdate();
    },
    (text, others) => `${text}. ${this.wording.messages.moreUpdates(others)}`,
  );

  protected readonly details = new ConnectionDetails(this, (isCopied) => {
    const { copied, notCopied } = this.wording.messages;
    this.announcer.announce({ text: isCopied ? copied : notCopied, isUrgent: false });
  });

  constructor() {
    super();
    new SecondTicker(this, () => this.source.now());
  }

  /** What the worker is asked to show. */
  protected abstract request(): ViewRequest;

  /** The element's inside, once it is set up. */
  protected abstract renderWidget(): TemplateResult;

  /** Turns what has just come into DOM events and announcements. */
  protected abstract take(update: StreamUpdate<V>): void;

  /** The stream's events between two gaps, oldest first; none for an element that does not ask for them. */
  protected takeEvents(_entries: readonly EventEntry[]): void {
    // Nobody listens.
  }

  /** Attributes of the element's own that are still missing. */
  protected get missingAttributes(): readonly string[] {
    return [];
  }

  /** The element's own attributes; a wrong one is reported and its default used. */
  protected abstract get settings(): { readonly errors: readonly WidgetError[] };

  /** Where the element's state comes from. Replaced by pages that show states without a service. */
  protected createController(options: StreamControllerOptions<V>): ViewSource<V> {
    return new StreamController<V>(this, options);
  }

  protected get vocabulary(): Vocabulary {
    return this.#language.vocabulary;
  }

  protected get wording(): Wording {
    return this.#language.wording;
  }

  protected get connection(): ConnectionStatus {
    return this.source.connection;
  }

  /** What is the matter with the connection, if anything is. */
  protected get trouble(): Trouble | undefined {
    const { connection, source, wording, browserNow } = this;
    const isQuietLong = source.lastMessageAt === undefined && browserNow - connection.since >= QUIET_HINT_MS;
    return troubleOf(connection, isQuietLong, wording, this.hasSubscription, browserNow);
  }

  protected get hasSubscription(): boolean {
    return trimmed(this.subscription) !== undefined;
  }

  /** The browser's clock, in which the connection's times are told. */
  protected get browserNow(): number {
    return this.source.now() + this.source.clockSkewMs;
  }

  /** The connection in words; `held` rows wait while a list is paused. */
  protected connectionWords(isPaused = false, held = 0): ConnectionWords {
    const { connection, browserNow, wording } = this;
    const { lastMessageAt } = this.source;
    const now = this.source.now();
    return connectionWords({ connection, isPaused, held, lastMessageAt, now, browserNow }, wording);
  }

  /**
   * The API key. Write-only: it reads as `undefined`, it is never reflected, and the attribute `api-key` is taken out of
   * the DOM as soon as it was read.
   * @attr {string} api-key
   */
  get apiKey(): string | undefined {
    return undefined;
  }
  set apiKey(key: string | null | undefined) {
    this.#credential.apiKey = key ?? undefined;
  }

  override attributeChangedCallback(name: string, previous: string | null, value: string | null): void {
    if (name !== 'api-key') {
      super.attributeChangedCallback(name, previous, value);
      return;
    }
    // Its own removal comes back as `null` and must not forget the key.
    if (value === null) return;
    this.#credential.apiKey = value;
    this.removeAttribute(name);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.announcer.stop();
  }

  protected override scheduleUpdate(): void {
    try {
      void super.scheduleUpdate();
    } catch (error) {
      // A frame for the failure that fails too would ask for itself for ever.
      if (this.#failure !== undefined) return;
      // Its message may quote what was being drawn, and that may be personal.
      const kind = error instanceof Error ? error.name : typeof error;
      this.#failure = widgetError('internal', `The widget could not draw this (${kind}).`);
      this.#errors.tell(this.#failure);
    }
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#language.take(changed);
    const own = settingsOf(CHECKS, this);
    this.#errors.attributes = [...own.errors, ...this.#language.errors, ...this.settings.errors];
  }

  protected override render(): TemplateResult {
    const { language, textDirection } = this.wording.messages;
    const { scheme } = settingsOf(CHECKS, this).values;
    return html`<div class="frame" lang=${language} dir=${textDirection} data-scheme=${scheme}>
      ${this.#renderInside()}
      <div class="sr" role="status">${this.#announcement}</div>
    </div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    this.#errors.tellAttributes();
    const { setup, lastError } = this.source;
    if (setup.kind === 'invalid') this.#errors.tellSetup(setup.error);
    if (lastError !== undefined) this.#errors.tell(lastError);
  }

  /** Undoes `disconnect()`. An element connects by itself when it is in the document and set up. */
  connect(): void {
    this.source.connect();
  }

  /** Closes the connection and keeps it closed until `connect()`; what is shown stays. */
  disconnect(): void {
    this.source.disconnect();
  }

  /** What is shown now, as plain data: a copy, to be kept or changed. */
  getSnapshot(): Snapshot<V> {
    const { connection, lastMessageAt, view } = this.source;
    return structuredClone({ connection, lastMessageAt, view });
  }

  /** Facts for a support ticket: no key, no caller data. */
  getDiagnostics(): Promise<Diagnostics> {
    return this.source.getDiagnostics();
  }

  /** Tells the host page. The manifest takes the names from the `@fires` tags, not from here. */
  protected fire(event: Event): void {
    this.dispatchEvent(event);
  }

  /** The newest thing that is wrong but stops nothing, until dismissed. */
  protected renderNote(): TemplateResult | typeof nothing {
    const { note: wrong } = this.#errors;
    const { messages } = this.wording;
    if (wrong === undefined) return nothing;
    const text = wrong.code === 'storage-unavailable' ? toldText(messages.storageOnMemory) : wrong.message;
    return note(text, messages.dismiss, () => this.#errors.dismiss(wrong));
  }

  protected forgetNote(): void {
    this.#errors.forget();
  }

  #renderInside(): TemplateResult {
    const { messages } = this.wording;
    if (this.#failure !== undefined) return wrongFace(this.#failure, messages);
    const { setup } = this.source;
    if (setup.kind === 'invalid') return wrongFace(setup.error, messages);
    const missing = [...this.missingAttributes, ...(setup.kind === 'unconfigured' ? setup.missing : [])];
    return missing.length === 0 ? this.renderWidget() : missingFace(this.request().kind, missing, messages);
  }

  #onUpdate(update: StreamUpdate<V>): void {
    // A frame that failed once may draw again with other data.
    if (this.#failure !== undefined) this.requestUpdate();
    this.#failure = undefined;
    this.#voice.tell(update.connection, update.previousConnection);
    if (update.connection.kind !== 'idle') this.#errors.overcome('worker-unavailable');
    const { gaps, after } = aroundGaps(update.events, update.gaps);
    for (const { before, gap } of gaps) {
      this.takeEvents(before);
      log(this, 'warn', `gap: ${gap.kind}`);
      this.fire(new X8GapEvent(gap));
    }
    for (const error of update.errors) this.#errors.tell(error);
    this.take(update);
    this.takeEvents(after);
  }
}
