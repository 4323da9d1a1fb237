import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import type { StreamConfig } from '../../src/protocol/stream-config.js';
import { consumerUrl } from '../../src/worker/consumer-url.js';
import { readerUrl } from '../../src/worker/reader-url.js';

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
