/**
 * What a consumer's intake does otherwise than a reader's: which messages go back to the broker, and whether everything
 * on the topic comes here at all. Decides; the answers themselves are sent by the stream.
 */
import type { WidgetError } from '../protocol/errors.js';
import type { ConsumerParameters } from '../protocol/stream-config.js';
import type { MessageId } from './message-id.js';
import { RecentIds } from './recent-ids.js';

export class SubscriptionRules {
  readonly #parameters: ConsumerParameters;
  readonly #sentBack = new RecentIds();

  constructor(parameters: ConsumerParameters) {
    this.#parameters = parameters;
  }

  /** The other types share messages out, or hand the topic to another page without a word. */
  get bringsEverything(): boolean {
    return this.#parameters.subscriptionType === 'Exclusive';
  }

  /**
   * With a dead-letter policy whatever cannot be taken in goes back until it is dead; else only what failed by a fault
   * of ours, and once: a broken payload stays broken, and would come round for ever.
   */
  sendsBack(id: MessageId, publishTime: number, fault: WidgetError): boolean {
    if (this.#parameters.maxRedeliverCount !== undefined) return true;
    if (fault.code !== 'internal' || this.#sentBack.has(id, publishTime)) return false;
    this.#sentBack.add(id, publishTime);
    return true;
  }
}
