/**
 * The attributes of a subscription: from what a host page wrote to the parameters of Pulsar's consumer endpoint. Owns
 * their limits and the words of their errors; what a subscription means for reading is the worker's.
 */
import { quoted } from './errors.js';
import type { StartRule, StreamAttributes, SubscriptionConfig, SubscriptionType } from './stream-config.js';
import type { Texts } from './trimmed.js';

const TYPES: Readonly<Record<string, SubscriptionType>> = {
  exclusive: 'Exclusive',
  failover: 'Failover',
  shared: 'Shared',
  'key-shared': 'Key_Shared',
};

const HOUR_MS = 3_600_000;

/** What an attribute names, `undefined` where that is none. */
export function subscriptionTypeOf(name: string): SubscriptionType | undefined {
  return Object.entries(TYPES).find(([known]) => known === name.toLowerCase())?.[1];
}

/**
 * A sentence about what is wrong, a subscription, or nothing where none is asked for.
 *
 * @param start a sentence where that is wrong itself
 */
export function parseSubscription(
  attributes: Texts<StreamAttributes>,
  start: StartRule | string,
): SubscriptionConfig | string | undefined {
  const { subscription: name, tenant } = attributes;
  const given = {
    'subscription-type': attributes.subscriptionType,
    'max-redeliver-count': attributes.maxRedeliverCount,
    'dead-letter-topic': attributes.deadLetterTopic,
    'negative-ack-redelivery-delay': attributes.negativeAckRedeliveryDelay,
    'ack-timeout': attributes.ackTimeout,
  };
  if (name === undefined) {
    const stray = Object.entries(given).find(([, text]) => text);
    return stray && meansNothing(stray[0], 'without subscription');
  }
  const startKind = typeof start === 'string' ? undefined : start.kind;
  if (startKind === 'message-id' || startKind === 'since') {
    return meansNothing('start', 'with a subscription, but for latest and earliest');
  }
  const typeName = given['subscription-type'] ?? 'exclusive';
  const subscriptionType = subscriptionTypeOf(typeName);
  if (subscriptionType === undefined) {
    return `The subscription-type ${quoted(typeName)} is not one of ${Object.keys(TYPES).join(', ')}.`;
  }
  const faults: string[] = [];
  const number = (attribute: keyof typeof given, min: number, max: number): number | undefined => {
    const text = given[attribute];
    const isRight =
      text === undefined || (/^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max);
    if (!isRight)
      faults.push(`The ${attribute} ${quoted(text)} is not a whole number from ${min} to ${max}.`);
    return text === undefined ? undefined : Number(text);
  };
  const maxRedeliverCount = number('max-redeliver-count', 1, 1000);
  const topic = given['dead-letter-topic'];
  if (topic !== undefined && maxRedeliverCount === undefined) {
    faults.push(meansNothing('dead-letter-topic', 'without max-redeliver-count'));
  }
  if (maxRedeliverCount !== undefined && !subscriptionType.endsWith('Shared')) {
    faults.push(meansNothing('max-redeliver-count', 'but for the subscription-type shared or key-shared'));
  }
  const parameters = {
    subscriptionType,
    subscriptionInitialPosition: startKind === 'earliest' ? 'Earliest' : 'Latest',
    maxRedeliverCount,
    deadLetterTopic: topic && `persistent://${tenant}/${topic}`,
    negativeAckRedeliveryDelay: number('negative-ack-redelivery-delay', 0, HOUR_MS),
    ackTimeoutMillis: number('ack-timeout', 1000, HOUR_MS),
  } as const;
  return faults[0] ?? { name, parameters };
}

function meansNothing(attribute: string, where: string): string {
  return `The attribute ${attribute} means nothing ${where}.`;
}
