/**
 * Which streams there are and who holds them. Owns the rule for sharing (same configuration and same credential, one
 * connection) and what a changed credential means; posts nothing.
 */
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { Credential } from '../protocol/credential.js';
import { streamKey, type StreamConfig } from '../protocol/stream-config.js';
import { isSameCredential, Stream, type Subscription } from './stream.js';

/** What a change of credentials asks for. */
export type CredentialChange =
  /** All holders changed alike: the connection stays, the next dial uses the new one. */
  | { readonly kind: 'renew'; readonly stream: Stream; readonly credential: Credential }
  /** Only some did, or a stream with the new one is there already: they part ways. */
  | { readonly kind: 'move'; readonly subscription: Subscription };

export class StreamRegistry {
  readonly #streams = new Map<number, Stream>();
  #lastNumber = 0;

  get all(): readonly Stream[] {
    return [...this.#streams.values()];
  }

  get size(): number {
    return this.#streams.size;
  }

  /** The first `worker-url` that an element gives. */
  get workerUrl(): string | undefined {
    for (const stream of this.all) {
      for (const { subscriber } of stream.subscriptions.values()) {
        const url = subscriber.workerUrl();
        if (url !== undefined && url !== '') return url;
      }
    }
    return undefined;
  }

  byNumber(number: number): Stream | undefined {
    return this.#streams.get(number);
  }

  /** The stream that serves these, or a new one in the given state. */
  place(config: StreamConfig, credential: Credential, connection: ConnectionStatus): Stream {
    const found = this.#find(streamKey(config), credential);
    if (found !== undefined) return found;
    const stream = new Stream(++this.#lastNumber, config, credential, connection);
    this.#streams.set(stream.number, stream);
    return stream;
  }

  /** Takes a subscription off its stream; `true` when that was the last one and the stream is gone. */
  remove(subscription: Subscription): boolean {
    const { stream, view } = subscription;
    stream.subscriptions.delete(view);
    if (stream.subscriptions.size > 0) return false;
    return this.#streams.delete(stream.number);
  }

  /** Compares what each holder's credential is now with its stream's. */
  credentialChanges(): readonly CredentialChange[] {
    return this.all.flatMap((stream): readonly CredentialChange[] => {
      const holders = [...stream.subscriptions.values()];
      const changed = holders.filter((held) => !isSameCredential(held.credential, stream.credential));
      const wanted = changed[0]?.credential;
      if (wanted === undefined) return [];
      const isUnanimous =
        changed.length === holders.length &&
        changed.every((held) => isSameCredential(held.credential, wanted));
      if (isUnanimous && this.#find(stream.key, wanted) === undefined) {
        return [{ kind: 'renew', stream, credential: wanted }];
      }
      return changed.map((subscription) => ({ kind: 'move', subscription }));
    });
  }

  #find(key: string, credential: Credential): Stream | undefined {
    return this.all.find((stream) => stream.serves(key, credential));
  }
}
