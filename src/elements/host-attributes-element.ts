/**
 * What a host page may write on either element: which stream, which locale, which names. Owns the properties and
 * nothing that happens with them. The key is not among them: it is kept where no property reaches it.
 */
import type { PropertyDeclarations } from 'lit';
import type { StreamAttributes } from '../protocol/stream-config.js';
import { AnyDocumentElement } from './any-document-element.js';
import type { HostTexts } from './host-texts.js';

export abstract class HostAttributesElement extends AnyDocumentElement {
  static override readonly properties: PropertyDeclarations = {
    region: {},
    endpoint: {},
    tenant: {},
    agentId: { attribute: 'agent-id' },
    topic: {},
    start: {},
    subscription: {},
    subscriptionType: { attribute: 'subscription-type' },
    maxRedeliverCount: { attribute: 'max-redeliver-count' },
    deadLetterTopic: { attribute: 'dead-letter-topic' },
    negativeAckRedeliveryDelay: { attribute: 'negative-ack-redelivery-delay' },
    ackTimeout: { attribute: 'ack-timeout' },
    share: {},
    workerUrl: { attribute: 'worker-url' },
    log: {},
    scheme: {},
    locale: {},
    timezone: {},
    reasonCodes: { attribute: false },
    queueNames: { attribute: false },
    agentNames: { attribute: false },
  };

  /** Region of the 8x8 Event Streaming service: `uk3`, `us1` or `us2`. Either this or `endpoint`. */
  region: string | null = null;

  /** Base of another event service, for example `wss://relay.example/ws/v2`. Either this or `region`. */
  endpoint: string | null = null;

  /** Tenant that the stream belongs to. */
  tenant: string | null = null;

  /** Agent whose topic is read. Either this or `topic`. */
  agentId: string | null = null;

  /** Topic to read instead of an agent's, for example `event-v1/all`. */
  topic: string | null = null;

  /** Where reading starts: `resume` (default), `latest`, `earliest`, a message id, or a duration such as `2h`. */
  start: string | null = null;

  /** Name of a subscription: read as a consumer, whose place the broker keeps, instead of as a reader. */
  subscription: string | null = null;

  /** Who shares the subscription: `exclusive` (default), `failover`, `shared` or `key-shared`. */
  subscriptionType: string | null = null;

  /** Dead-letter policy of a shared subscription: redeliveries before a message moves, 1 to 1000. */
  maxRedeliverCount: string | null = null;

  /** Where such messages go, as namespace/topic; default: the topic's and the subscription's name with `-DLQ`. */
  deadLetterTopic: string | null = null;

  /** Wait before a message that was sent back comes again, ms; default: Pulsar's 60,000. */
  negativeAckRedeliveryDelay: string | null = null;

  /** Wait before a message that was not answered comes again, ms, 1,000 and more; default: for ever. */
  ackTimeout: string | null = null;
  /** `on` (default): all tabs and frames of the origin share one connection per topic; `off`: one of its own. */
  share: string | null = null;

  /** Address of `x8-worker.js`, for pages whose security policy forbids workers from a blob. */
  workerUrl: string | null = null;

  /** What is said in the console under `[x8]`: `off` (default), `error`, `warn` or `info`. Never a key or an event. */
  log: string | null = null;

  /** `auto` (default) follows the page's `color-scheme`, `light` and `dark` are fixed. */
  scheme: string | null = null;

  /** Language tag for digits and clock times; default: the browser's. */
  locale: string | null = null;

  /** Time zone for clock times and for "today", for example `Europe/London`; default: the browser's. */
  timezone: string | null = null;

  /** Names of break reasons, by `listId=itemId` (`801=1722`). Text, never HTML. */
  reasonCodes: HostTexts | undefined;

  /** Names of queues, by queue id. Text, never HTML. */
  queueNames: HostTexts | undefined;

  /** Names of agents, by agent id. Text, never HTML. */
  agentNames: HostTexts | undefined;

  protected get streamAttributes(): StreamAttributes {
    const { region, endpoint, tenant, agentId, topic, start, share } = this;
    const { subscription, subscriptionType, maxRedeliverCount, deadLetterTopic } = this;
    const { negativeAckRedeliveryDelay, ackTimeout } = this;
    return {
      ...{ region, endpoint, tenant, agentId, topic, start, share },
      ...{ subscription, subscriptionType, maxRedeliverCount, deadLetterTopic },
      ...{ negativeAckRedeliveryDelay, ackTimeout },
    };
  }
}
