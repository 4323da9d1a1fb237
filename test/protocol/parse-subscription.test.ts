import { assert } from '@open-wc/testing';
import { MAX_ERROR_LENGTH } from '../../src/protocol/errors.js';
import { parseStreamAttributes } from '../../src/protocol/parse-stream-attributes.js';
import {
  streamKey,
  type StreamAttributes,
  type StreamConfigResult,
  type SubscriptionConfig,
} from '../../src/protocol/stream-config.js';

const WHOLE: StreamAttributes = {
  region: 'uk3',
  endpoint: null,
  tenant: 'acme',
  agentId: 'ag1',
  topic: null,
  start: null,
  share: null,
  subscription: 'crm',
  subscriptionType: null,
  maxRedeliverCount: null,
  deadLetterTopic: null,
  negativeAckRedeliveryDelay: null,
  ackTimeout: null,
};

const parsed = (attributes: Partial<StreamAttributes>): StreamConfigResult =>
  parseStreamAttributes({ ...WHOLE, ...attributes });

function subscriptionOf(attributes: Partial<StreamAttributes>): SubscriptionConfig | undefined {
  const result = parsed(attributes);
  if (result.kind !== 'configured') throw new Error(`not configured: ${JSON.stringify(result)}`);
  return result.config.subscription;
}

/** As it goes into the address: what is not set is not there. */
const onTheWire = (attributes: Partial<StreamAttributes>): unknown =>
  JSON.parse(JSON.stringify(subscriptionOf(attributes)?.parameters));

const LATEST = { subscriptionType: 'Exclusive', subscriptionInitialPosition: 'Latest' };
const SHARED = { subscriptionType: 'shared' } as const;

suite('subscription attributes', () => {
  test('a name alone is an exclusive subscription that begins at the end', () => {
    assert.equal(subscriptionOf({})?.name, 'crm');
    assert.deepEqual(onTheWire({}), LATEST);
  });

  test('without a name the stream is a reader', () => {
    assert.isUndefined(subscriptionOf({ subscription: ' ' }));
  });

  const accepted: readonly (readonly [string, Partial<StreamAttributes>, object])[] = [
    ['failover', { subscriptionType: 'failover' }, { subscriptionType: 'Failover' }],
    ['shared, in capitals', { subscriptionType: ' Shared ' }, { subscriptionType: 'Shared' }],
    ['key-shared', { subscriptionType: 'key-shared' }, { subscriptionType: 'Key_Shared' }],
    ['start earliest', { start: 'earliest' }, { subscriptionInitialPosition: 'Earliest' }],
    ['start latest', { start: 'latest' }, {}],
    ['start resume', { start: 'resume' }, {}],
    [
      'a dead-letter policy',
      {
        ...SHARED,
        maxRedeliverCount: '3',
        deadLetterTopic: 'agent-v1/dead',
        negativeAckRedeliveryDelay: '0',
      },
      {
        subscriptionType: 'Shared',
        maxRedeliverCount: 3,
        deadLetterTopic: 'persistent://acme/agent-v1/dead',
        negativeAckRedeliveryDelay: 0,
      },
    ],
    ['an ack timeout', { ackTimeout: '1000' }, { ackTimeoutMillis: 1000 }],
  ];
  for (const [name, attributes, expected] of accepted) {
    test(`takes ${name}`, () => {
      assert.deepEqual(onTheWire(attributes), { ...LATEST, ...expected });
    });
  }

  const X = 'x'.repeat(101);
  const refused: readonly (readonly [string, Partial<StreamAttributes>, RegExp])[] = [
    ['a name with a slash', { subscription: 'a/b' }, /subscription “a\/b” contains a slash/],
    ['a name that a URL drops', { subscription: '..' }, /subscription “\.\.” is not a name/],
    ['a name that is too long', { subscription: X }, /subscription “x+…” is longer than 100/],
    ['an unknown type', { subscriptionType: 'durable' }, /“durable” is not one of exclusive, failover/],
    ["Pulsar's spelling of a type", { subscriptionType: 'Key_Shared' }, /“Key_Shared” is not one of/],
    ['a type that every object has', { subscriptionType: 'constructor' }, /“constructor” is not one of/],
    [
      'a duration as start',
      { start: '2h' },
      /start means nothing with a subscription, but for latest and earliest/,
    ],
    ['a message as start', { start: 'CAMQADAA' }, /means nothing with a subscription/],
    [
      'no count',
      { ...SHARED, maxRedeliverCount: '0' },
      /max-redeliver-count “0” is not a whole number from 1 to 1000/,
    ],
    ['half a count', { ...SHARED, maxRedeliverCount: '1.5' }, /“1\.5” is not a whole number/],
    ['an endless count', { ...SHARED, maxRedeliverCount: '9'.repeat(400) }, /is not a whole number/],
    [
      'a short ack timeout',
      { ackTimeout: '999' },
      /ack-timeout “999” is not a whole number from 1000 to 3600000/,
    ],
    ['a negative delay', { negativeAckRedeliveryDelay: '-1' }, /negative-ack-redelivery-delay “-1” is not/],
    [
      'a full dead-letter name',
      { ...SHARED, maxRedeliverCount: '1', deadLetterTopic: 'persistent://a/b/c' },
      /dead-letter-topic “persistent:.* is a full Pulsar name/,
    ],
    [
      'a dead-letter topic alone',
      { ...SHARED, deadLetterTopic: 'a/b' },
      /nothing without max-redeliver-count/,
    ],
    [
      'a count where nobody counts',
      { maxRedeliverCount: '3' },
      /means nothing but for the subscription-type shared or key-shared/,
    ],
    [
      'a count with failover',
      { subscriptionType: 'failover', maxRedeliverCount: '3' },
      /means nothing but for the subscription-type/,
    ],
  ];
  for (const [name, attributes, message] of refused) {
    test(`refuses ${name}`, () => {
      const result = parsed(attributes);
      if (result.kind !== 'invalid') throw new Error(`not invalid: ${JSON.stringify(result)}`);
      assert.equal(result.error.code, 'invalid-subscription');
      assert.match(result.error.message, message);
      assert.isAtMost(result.error.message.length, MAX_ERROR_LENGTH);
    });
  }

  for (const [attribute, given] of [
    ['subscription-type', { subscriptionType: 'shared' }],
    ['max-redeliver-count', { maxRedeliverCount: '1' }],
    ['dead-letter-topic', { deadLetterTopic: 'a/b' }],
    ['negative-ack-redelivery-delay', { negativeAckRedeliveryDelay: '1' }],
    ['ack-timeout', { ackTimeout: '1000' }],
  ] as const) {
    test(`refuses ${attribute} without a subscription`, () => {
      const result = parsed({ subscription: null, ...given });
      assert.nestedPropertyVal(
        result,
        'error.message',
        `The attribute ${attribute} means nothing without subscription.`,
      );
    });
  }

  test('what is wrong is said while the tenant is still missing', () => {
    assert.equal(parsed({ tenant: null, subscriptionType: 'x' }).kind, 'invalid');
    assert.equal(parsed({ tenant: null }).kind, 'unconfigured');
  });

  test('two elements share a connection only where they agree on all of it', () => {
    const keyOf = (attributes: Partial<StreamAttributes>): string => {
      const result = parsed(attributes);
      return result.kind === 'configured' ? streamKey(result.config) : result.kind;
    };
    const keys = [
      {},
      { subscription: null },
      { subscription: 'other' },
      SHARED,
      { ...SHARED, ackTimeout: '1000' },
    ];
    assert.equal(new Set(keys.map(keyOf)).size, keys.length);
    assert.equal(keyOf({}), keyOf({ subscriptionType: 'exclusive' }));
  });
});
