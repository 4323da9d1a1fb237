import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import type { StreamConfig } from '../../src/protocol/stream-config.js';
import { consumerUrl } from '../../src/worker/consumer-url.js';
import { readerUrl, withoutCredential } from '../../src/worker/reader-url.js';

const config: StreamConfig = {
  endpoint: 'wss://relay.example/ws/v2',
  tenant: 'acme',
  namespace: 'agent-v1',
  topic: 'agAglVJkg0TU28dok9y9UQKg',
  start: { kind: 'resume' },
};

suite('The address of a reader', () => {
  test('is Pulsar’s, with the widest window', () => {
    assert.equal(
      readerUrl(config, 'latest', {}),
      'wss://relay.example/ws/v2/reader/persistent/acme/agent-v1/agAglVJkg0TU28dok9y9UQKg?messageId=latest&receiverQueueSize=1000',
    );
  });

  test('writes ids so that no plus arrives as a space', () => {
    const url = readerUrl(config, 'CAEQ+/A=', {});
    assert.include(url, 'messageId=CAEQ%2B%2FA%3D&');
  });

  test('carries whatever names and keys hold, and keeps them in their places', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((value) => value !== '.' && value !== '..');
    fc.assert(
      fc.property(text, text, text, text, (tenant, topic, messageId, apiKey) => {
        const url = new URL(readerUrl({ ...config, tenant, topic }, messageId, { apiKey, token: apiKey }));
        assert.deepEqual(url.pathname.split('/').map(decodeURIComponent), [
          '',
          'ws',
          'v2',
          'reader',
          'persistent',
          tenant,
          'agent-v1',
          topic,
        ]);
        assert.equal(url.searchParams.get('messageId'), messageId);
        assert.equal(url.searchParams.get('x-api-key'), apiKey);
        assert.equal(url.searchParams.get('token'), apiKey);
        assert.equal(url.hash, '');
        assert.equal(url.host, 'relay.example');
      }),
    );
  });

  test('names no credential that is not there', () => {
    const url = new URL(readerUrl(config, 'latest', { apiKey: 'k' }));
    assert.isTrue(url.searchParams.has('x-api-key'));
    assert.isFalse(url.searchParams.has('token'));
  });
});

suite('What a service says while it closes', () => {
  const apiKey = 'eght_CANARY+0123/456789==';
  const url = readerUrl(config, 'latest', { apiKey });
  const request = url.slice(url.indexOf('/ws'));

  for (const [what, text] of Object.entries({
    'the key': `no ${apiKey}`,
    'the key as it is in the address': `no ${encodeURIComponent(apiKey)}`,
    'the request, cut in the middle of the key': `failed: ${request}`.slice(0, 123),
    'the key, cut after 8 characters': `no ${apiKey.slice(0, 8)}`,
    'the request, cut before the key': `failed: ${request.slice(0, request.indexOf('x-api-key'))}`,
    'the name of the key, whoever’s it is': 'bad X-API-KEY: other',
    'a token, whoever’s it is': 'denied token=other',
    'a token, percent-encoded': 'denied token%3Dother',
  })) {
    test(`is dropped when it has ${what}`, () => {
      assert.equal(withoutCredential(text, url), '');
    });
  }

  test('is dropped when it has a part of a token, or a short key', () => {
    assert.equal(withoutCredential('no abcdefgh', readerUrl(config, 'latest', { token: 'abcdefghij' })), '');
    const encoded = readerUrl(config, 'latest', { token: 'a+b/c=d+e/f' });
    assert.equal(withoutCredential('no a%2Bb%2Fc%3Dd%2B', encoded), '');
    assert.equal(withoutCredential('no abc', readerUrl(config, 'latest', { apiKey: 'abc' })), '');
  });

  const tokens = [
    'Basic dXNlcjpwYXNzd29yZDEyMw==',
    'Bearer a+b/c=d+e/f',
    'x%2By%2Fz%3Dpasses',
    'ключ к двери: 7',
  ];

  test('is dropped when it has any eight characters of a token in a row, however they are written', () => {
    for (const token of tokens) {
      const address = readerUrl(config, 'latest', { token });
      for (let i = 0; i + 8 <= token.length; i++) {
        const part = token.slice(i, i + 8);
        for (const written of [part, encodeURIComponent(part)])
          assert.equal(withoutCredential(`failed for ${written}: no`, address), '', written);
      }
    }
  });

  test('is dropped when it has the secret of a token without its scheme', () => {
    const basic = readerUrl(config, 'latest', { token: 'Basic dXNlcjpwYXNzd29yZDEyMw==' });
    assert.equal(withoutCredential('Authentication failed for dXNlcjpwYXNzd29yZDEyMw==', basic), '');
    assert.equal(withoutCredential('Basic authentication failed', basic), 'Basic authentication failed');
  });

  test('is kept, up to 120 characters, when it is about something else', () => {
    for (const text of [
      'Idle timeout expired',
      'your token has expired',
      'why? a=b',
      'eght_CA is no key',
      '',
    ])
      assert.equal(withoutCredential(text, url), text);
    assert.lengthOf(withoutCredential('x'.repeat(123), url), 120);
    assert.equal(withoutCredential('Idle', readerUrl(config, 'latest', {})), 'Idle');
  });
});

suite('The address of a consumer', () => {
  test('is Pulsar’s, with what was asked for in Pulsar’s spelling', () => {
    const parameters = {
      subscriptionType: 'Key_Shared',
      subscriptionInitialPosition: 'Earliest',
      maxRedeliverCount: 3,
      deadLetterTopic: 'persistent://acme/agent-v1/dead',
      negativeAckRedeliveryDelay: 0,
    } as const;
    assert.equal(
      consumerUrl(config, { name: 'crm.1', parameters }, { token: 'a+b' }),
      'wss://relay.example/ws/v2/consumer/persistent/acme/agent-v1/agAglVJkg0TU28dok9y9UQKg/crm.1' +
        '?subscriptionType=Key_Shared&subscriptionInitialPosition=Earliest&maxRedeliverCount=3' +
        '&deadLetterTopic=persistent%3A%2F%2Facme%2Fagent-v1%2Fdead&negativeAckRedeliveryDelay=0' +
        '&receiverQueueSize=1000&token=a%2Bb',
    );
  });
});
