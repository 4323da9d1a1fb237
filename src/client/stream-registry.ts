/**
 * Which streams there are and who holds them. Owns the rule for sharing (same configuration and same credential, one
 * connection) and what a changed credential means; posts nothing.
 */
import { isSameCredential, type Credential } from '../protocol/credential.js';
import { streamKey, type StreamConfig } from '../protocol/stream-config.js';
import { ownPlace, type Departure, type OwnPlace } from './departure.js';
import { keepLatest } from './keep-latest.js';
import type { Stream, StreamState, Subscription } from './stream.js';

export class StreamRegistry {
  readonly #streams = new Set<Stream>();
  readonly #newState: () => StreamState;
  /** By key, how much its streams have handed over that have ended. */
  readonly #handed = new Map<string, number>();
  #lastStream = 0;
  #lastView = 0;

  /** `newState` is the state of a stream that has just been made. */
  constructor(newState: () => StreamState) {
    this.#newState = newState;
  }

  get all(): readonly Stream[] {
    return [...this.#streams];
  }

  get isEmpty(): boolean {
    return this.#streams.size === 0;
  }

  /** The first `worker-url` that an element gives. */
  get workerUrl(): string | undefined {
    for (const { subscriptions } of this.#streams) {
      for (const { subscriber } of subscriptions.values()) {
        const url = subscriber.workerUrl();
        if (url) return url;
      }
    }
    return undefined;
  }

  /**
   * Adds a view to the stream that serves these, or to a new one.
   *
   * @param departure where its subscriber was when it left such a stream
   */
  add(
    config: StreamConfig,
    given: Pick<Subscription, 'request' | 'credential' | 'subscriber'>,
    departure?: Departure,
  ): Subscription {
    const place = ownPlace(config, given.request, departure);
    const stream = this.#place(config, streamKey(config), given.credential, place);
    const had = departure?.had ?? Infinity;
    const view = ++this.#lastView;
    const subscription = { ...given, view, stream, had, left: undefined, callOffRelease: undefined };
    stream.subscriptions.set(subscription.view, subscription);
    return subscription;
  }

  /** Takes a view off its stream, which goes with its last one; `false` when that has been done before. */
  remove({ stream, view }: Subscription): boolean {
    const isRemoved = stream.subscriptions.delete(view);
    if (stream.subscriptions.size === 0) {
      this.#streams.delete(stream);
      keepLatest(this.#handed, stream.key, stream.handed);
    }
    return isRemoved;
  }

  /**
   * Where all holders have changed their credential alike, the connection stays; else they part ways, and `onLeave`
   * hears of each that has left its stream.
   */
  settleCredentials(onLeave: (subscription: Subscription) => void): void {
    for (const stream of this.all) {
      const holders = [...stream.subscriptions.values()];
      for (const held of holders) {
        const { credential } = held;
        if (isSameCredential(credential, stream.credential)) continue;
        const isUnanimous = holders.every((other) => isSameCredential(other.credential, credential));
        const place = ownPlace(stream.config, held.request, held.left ?? stream);
        if (isUnanimous && this.#find(stream.key, credential, place) === undefined)
          stream.credential = credential;
        else this.#move(held, place, onLeave);
      }
    }
  }

  #move(
    subscription: Subscription,
    place: OwnPlace | undefined,
    onLeave: (subscription: Subscription) => void,
  ): void {
    const left = subscription.stream;
    this.remove(subscription);
    onLeave(subscription);
    const from = subscription.left ?? left;
    const stream = this.#place(left.config, left.key, subscription.credential, place);
    // It goes on where it is, as with a new worker: what comes until the stream is open, it has not had.
    stream.position ??= from.position;
    stream.wasOpen ||= from.wasOpen;
    stream.subscriptions.set(subscription.view, subscription);
    subscription.stream = stream;
    subscription.had = Infinity;
  }

  #place(config: StreamConfig, key: string, credential: Credential, place: OwnPlace | undefined): Stream {
    const stream = this.#find(key, credential, place) ?? this.#open(config, key, credential);
    stream.position ??= place?.position;
    if (place?.wasOpen) stream.wasOpen = true;
    return stream;
  }

  #open(config: StreamConfig, key: string, credential: Credential): Stream {
    const stream: Stream = {
      number: ++this.#lastStream,
      config,
      key,
      credential,
      subscriptions: new Map(),
      state: this.#newState(),
      isTold: false,
      wasOpen: false,
      position: undefined,
      handed: this.#handed.get(key) ?? 0,
      owed: undefined,
      lastError: undefined,
      ask: undefined,
    };
    this.#streams.add(stream);
    return stream;
  }

  /**
   * Two elements with the same topic but different keys are two streams: one key must not open what another may not. So are
   * two that go on at different places; a stream that no worker knows of yet takes the place of the first that has one.
   */
  #find(key: string, credential: Credential, place: OwnPlace | undefined): Stream | undefined {
    return this.all.find(
      (stream) =>
        stream.key === key &&
        isSameCredential(stream.credential, credential) &&
        (place === undefined || (!stream.isTold && (stream.position ?? place.position) === place.position)),
    );
  }
}
