import { assert } from '@open-wc/testing';
import { MAX_ERROR_LENGTH, type ErrorCode } from '../../src/protocol/errors.js';
import { parseStreamAttributes } from '../../src/protocol/parse-stream-attributes.js';
import type { StartRule, StreamAttributes, StreamConfig } from '../../src/protocol/stream-config.js';

const NOTHING: StreamAttributes = {
  region: null,
  endpoint: null,
  tenant: null,
  agentId: null,
  topic: null,
  start: null,
  subscription: null,
  subscriptionType: null,
  maxRedeliverCount: null,
  deadLetterTopic: null,
  negativeAckRedeliveryDelay: null,
  ackTimeout: null,
  share: null,
};

const WHOLE: StreamAttributes = {
  ...NOTHING,
  region: 'uk3',
  tenant: 'acme',
  agentId: 'agAglVJkg0TU28dok9y9UQKg',
};

const WHOLE_CONFIG: StreamConfig = {
  endpoint: 'wss://pulsar-ws-euw2.8x8.com/ws/v2',
  tenant: 'acme',
  namespace: 'agent-v1',
  topic: 'agAglVJkg0TU28dok9y9UQKg',
  start: { kind: 'resume' },
};

function configOf(attributes: Partial<StreamAttributes>): StreamConfig {
  const result = parseStreamAttributes({ ...WHOLE, ...attributes });
  if (result.kind !== 'configured') throw new Error(`not configured: ${JSON.stringify(result)}`);
  return result.config;
}

function errorOf(attributes: Partial<StreamAttributes>): {
  readonly code: ErrorCode;
  readonly message: string;
} {
  const result = parseStreamAttributes({ ...WHOLE, ...attributes });
  if (result.kind !== 'invalid') throw new Error(`not invalid: ${JSON.stringify(result)}`);
  return result.error;
}

/** `endpoint` in place of `region`. */
const at = (endpoint: string): Partial<StreamAttributes> => ({ region: null, endpoint });
const reading = (topic: string): Partial<StreamAttributes> => ({ agentId: null, topic });

const LONGEST = 'x'.repeat(100);

suite('stream attributes', () => {
  test('numbers that a script has set are read as their texts', () => {
    const numbers: Readonly<Record<string, unknown>> = {
      tenant: 7,
      agentId: 12345678901234567890n,
      subscription: 1,
      subscriptionType: 'shared',
      maxRedeliverCount: 3,
      ackTimeout: 30_000,
    };
    const config = configOf(numbers as Partial<StreamAttributes>);
    assert.deepInclude(config, { tenant: '7', topic: '12345678901234567890' });
    assert.deepInclude(config.subscription, { name: '1' });
    assert.deepInclude(config.subscription?.parameters, { maxRedeliverCount: 3, ackTimeoutMillis: 30_000 });
    const wrong: Readonly<Record<string, unknown>> = { agentId: null, topic: 1n };
    assert.equal(errorOf(wrong as Partial<StreamAttributes>).code, 'invalid-topic');
  });

  suite('what is accepted', () => {
    const cases: readonly (readonly [string, Partial<StreamAttributes>, Partial<StreamConfig>])[] = [
      ['the one-line embed', {}, {}],
      ['us1', { region: 'us1' }, { endpoint: 'wss://pulsar-ws-use1.8x8.com/ws/v2' }],
      ['us2', { region: 'us2' }, { endpoint: 'wss://pulsar-ws-usw2.8x8.com/ws/v2' }],
      ['a region in capitals with blanks around', { region: ' UK3\n' }, {}],
      ['blanks around any value', { tenant: ' acme ', agentId: '\tagAglVJkg0TU28dok9y9UQKg ' }, {}],
      ['an endpoint', at('wss://relay.example/ws/v2'), { endpoint: 'wss://relay.example/ws/v2' }],
      [
        'an endpoint with slashes at its end',
        at('wss://relay.example/ws/v2//'),
        { endpoint: 'wss://relay.example/ws/v2' },
      ],
      [
        'a plain local endpoint with a port',
        at('ws://127.0.0.1:8080/ws/v2'),
        { endpoint: 'ws://127.0.0.1:8080/ws/v2' },
      ],
      ['an endpoint without a path', at('wss://relay.example'), { endpoint: 'wss://relay.example' }],
      [
        'an endpoint with a path of its own',
        at('wss://relay.example/x8'),
        { endpoint: 'wss://relay.example/x8' },
      ],
      ['an IPv6 endpoint', at('ws://[::1]:6650/'), { endpoint: 'ws://[::1]:6650' }],
      ['an endpoint in capitals', at('WSS://Relay.Example/WS'), { endpoint: 'wss://relay.example/WS' }],
      ['a topic', reading('event-v1/all'), { namespace: 'event-v1', topic: 'all' }],
      ['the longest names', { tenant: LONGEST, agentId: LONGEST }, { tenant: LONGEST, topic: LONGEST }],
      ['names that only a path must not hold raw', { tenant: 'a?b#c%2f d' }, { tenant: 'a?b#c%2f d' }],
      ['a name with an emoji', { tenant: 'acme🙂' }, { tenant: 'acme🙂' }],
      [
        "an agent's full GUID",
        { agentId: 'tenant01-agAglVJkg0TU28dok9y9UQKg-e46672cd-5f0a-4e1b-9c8d-0123456789ab' },
        { topic: 'agAglVJkg0TU28dok9y9UQKg' },
      ],
      [
        "a full GUID of a tenant with '-ag' in its name",
        { agentId: 'the-agency-agAglVJkg0TU28dok9y9UQKg-e46672cd-5f0a-4e1b-9c8d-0123456789ab' },
        { topic: 'agAglVJkg0TU28dok9y9UQKg' },
      ],
      [
        "a full GUID around an id with '-ag' in it",
        { agentId: 'tenant01-agAB-agCD0123456789abcde-e46672cd-5f0a-4e1b-9c8d-0123456789ab' },
        { topic: 'agAB-agCD0123456789abcde' },
      ],
      [
        'a full GUID around a shorter id',
        { agentId: 'tenant01-agShort-e46672cd-5f0a-4e1b-9c8d-0123456789ab' },
        { topic: 'agShort' },
      ],
      [
        'a GUID of something else, as it is',
        { agentId: 'tenant01-e46672cd-5f0a-4e1b-9c8d-0123456789ab' },
        { topic: 'tenant01-e46672cd-5f0a-4e1b-9c8d-0123456789ab' },
      ],
    ];
    for (const [name, attributes, expected] of cases) {
      test(`${name} is read`, () => {
        assert.deepEqual(configOf(attributes), { ...WHOLE_CONFIG, ...expected });
      });
    }
  });

  suite('start', () => {
    const accepted: readonly (readonly [string | null, StartRule])[] = [
      [null, { kind: 'resume' }],
      ['', { kind: 'resume' }],
      ['resume', { kind: 'resume' }],
      ['Latest', { kind: 'latest' }],
      ['earliest', { kind: 'earliest' }],
      ['90s', { kind: 'since', durationMs: 90_000 }],
      ['30m', { kind: 'since', durationMs: 1_800_000 }],
      ['2h', { kind: 'since', durationMs: 7_200_000 }],
      ['1d', { kind: 'since', durationMs: 86_400_000 }],
      ['7D', { kind: 'since', durationMs: 604_800_000 }],
      ['CAEQAQ==', { kind: 'message-id', messageId: 'CAEQAQ==' }],
      // Ledger 4711, entry 8, partition -1 (ten bytes), batch index 3.
      ['COckEAgY////////////ASAD', { kind: 'message-id', messageId: 'COckEAgY////////////ASAD' }],
    ];
    for (const [start, rule] of accepted) {
      test(`${start} is read`, () => {
        assert.deepEqual(configOf({ start }).start, rule);
      });
    }

    const refused: readonly string[] = [
      'yesterday',
      '0s',
      '8d',
      '999999999d',
      '1.5h',
      '-2h',
      '2 h',
      '2w',
      // Not base64: unpadded, of the URL alphabet, percent-encoded.
      'CAEQAQ',
      'CAEQ_w==',
      'CAEQAQ%3D%3D',
      // Base64, but no message: text, no entry, a cut varint, a field that reaches past the end, field 0.
      'aGVsbG8gd29ybGQh',
      'CAE=',
      'CAEQgA==',
      'CAEQASpk',
      'AAAAAAAA',
      `${'CAEQAQ'.repeat(50)}==`,
      '<img src=x onerror=alert(1)>',
    ];
    for (const start of refused) {
      test(`${start.slice(0, 30)} is refused`, () => {
        assert.equal(errorOf({ start }).code, 'invalid-start');
      });
    }
  });

  suite('what is refused', () => {
    const cases: readonly (readonly [string, Partial<StreamAttributes>, ErrorCode, RegExp])[] = [
      ['an unknown region', { region: 'eu9' }, 'unknown-region', /“eu9”.*uk3, us1, us2.*endpoint/],
      ['a region that every object has', { region: 'constructor' }, 'unknown-region', /“constructor”/],
      ['both region and endpoint', { endpoint: 'wss://relay.example' }, 'region-and-endpoint', /keep one/],
      ['an http endpoint', at('http://relay.example/ws/v2'), 'invalid-endpoint', /http: .*write ws:/],
      ['an https endpoint', at('https://relay.example/ws/v2'), 'invalid-endpoint', /https: .*write wss:/],
      ['a script as endpoint', at('javascript:alert(1)'), 'invalid-endpoint', /“javascript:”/],
      ['a bare host', at('relay.example'), 'invalid-endpoint', /not an address/],
      ['an endpoint with a user', at('wss://me@relay.example'), 'invalid-endpoint', /user/],
      ['an endpoint with a query', at('wss://relay.example/ws?x=1'), 'invalid-endpoint', /“\?”/],
      ['an endpoint with an empty query', at('wss://relay.example/ws?'), 'invalid-endpoint', /“\?”/],
      ['an endpoint with a hash', at('wss://relay.example/ws#'), 'invalid-endpoint', /“#”/],
      ['an endless endpoint', at(`wss://relay.example/${'a'.repeat(3000)}`), 'invalid-endpoint', /too long/],
      ['a tenant with a slash', { tenant: 'acme/other' }, 'invalid-tenant', /slash/],
      ['a tenant with a backslash', { tenant: 'acme\\other' }, 'invalid-tenant', /slash/],
      ['a tenant that climbs', { tenant: '..' }, 'invalid-tenant', /not a name/],
      ['a tenant with a control character', { tenant: 'ac\u0000me' }, 'invalid-tenant', /control/],
      ['a tenant with a line separator', { tenant: 'ac\u2028me' }, 'invalid-tenant', /control/],
      ['a tenant with half a character', { tenant: 'acme\ud800' }, 'invalid-tenant', /half/],
      ['a tenant that is too long', { tenant: `${LONGEST}x` }, 'invalid-tenant', /100/],
      ['an agent id with a slash', { agentId: 'ag/../all' }, 'invalid-agent-id', /slash/],
      ['an agent id that climbs', { agentId: '.' }, 'invalid-agent-id', /not a name/],
      ['both agent-id and topic', { topic: 'event-v1/all' }, 'agent-id-and-topic', /keep one/],
      [
        'a full topic name',
        reading('persistent://acme/event-v1/all'),
        'invalid-topic',
        /namespace\/topic.*tenant/,
      ],
      [
        'a full name of the other kind',
        reading('Non-Persistent://a/b/c'),
        'invalid-topic',
        /full Pulsar name/,
      ],
      ['a topic without a namespace', reading('all'), 'invalid-topic', /event-v1\/all/],
      ['a topic with an empty namespace', reading('/all'), 'invalid-topic', /event-v1\/all/],
      ['a topic with three parts', reading('acme/event-v1/all'), 'invalid-topic', /event-v1\/all/],
      ['a topic that climbs', reading('event-v1/..'), 'invalid-topic', /not a name/],
    ];
    for (const [name, attributes, code, words] of cases) {
      test(`${name} is refused as ${code}`, () => {
        const error = errorOf(attributes);
        assert.equal(error.code, code);
        assert.match(error.message, words);
      });
    }

    test('a wrong value is said while others are still missing', () => {
      const result = parseStreamAttributes({ ...NOTHING, region: 'eu9' });
      assert.equal(result.kind, 'invalid');
    });

    for (const attribute of ['region', 'endpoint', 'tenant', 'agentId', 'topic', 'start'] as const) {
      test(`a hostile ${attribute} gives a bounded error of one line`, () => {
        const hostile = `persistent:/<script>\r\n\u202e\u0000${'\ud83d\ude42/'.repeat(50_000)}`;
        const cleared = { ...WHOLE, region: attribute === 'endpoint' ? null : WHOLE.region };
        const result = parseStreamAttributes({
          ...cleared,
          agentId: attribute === 'topic' ? null : WHOLE.agentId,
          [attribute]: hostile,
        });
        if (result.kind !== 'invalid') throw new Error(`not invalid: ${result.kind}`);
        assert.isAtMost(result.error.message.length, MAX_ERROR_LENGTH);
        assert.notMatch(result.error.message, /\p{Cc}/u);
      });
    }

    for (const endpoint of [
      'wss://relay.example/ws/v2?x-api-key=eght_canary',
      'wss://eght_canary@relay.example',
      'https://relay.example/?x-api-key=eght_canary',
      'relay.example?x-api-key=eght_canary',
      'wss:// relay.example?x-api-key=eght_canary',
    ]) {
      test(`a key inside the endpoint ${endpoint.slice(0, 22)}… is not repeated in the error`, () => {
        assert.notInclude(JSON.stringify(errorOf(at(endpoint))), 'canary');
      });
    }
  });

  suite('what is missing', () => {
    const cases: readonly (readonly [Partial<StreamAttributes>, readonly string[]])[] = [
      [{ region: null, tenant: null, agentId: null }, ['region', 'tenant', 'agent-id']],
      [{ region: null }, ['region']],
      [{ tenant: '' }, ['tenant']],
      [{ agentId: '  ' }, ['agent-id']],
    ];
    for (const [attributes, missing] of cases) {
      test(`${missing.join(', ')} is named`, () => {
        assert.deepEqual(parseStreamAttributes({ ...WHOLE, ...attributes }), {
          kind: 'unconfigured',
          missing,
        });
      });
    }
  });
});
