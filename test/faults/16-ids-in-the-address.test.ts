import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { randomCases } from '../support/random-cases.js';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { formatMessageId, parseMessageId } from '../../src/worker/message-id.js';
import { readerUrl } from '../../src/worker/reader-url.js';

const CONFIG = {
  endpoint: 'wss://relay.example/ws/v2',
  tenant: 'acme',
  namespace: 'event-v1',
  topic: 'all',
  start: { kind: 'resume' },
} as const;

/** What a service reads: form decoding, in which a bare plus is a space. */
const serverReads = (url: string): string | null => new URL(url).searchParams.get('messageId');

faultSuite(16, () => {
  faultTest(16, '10,000 of any content reach the service byte for byte', () => {
    const id = fc.record({
      ledger: fc.maxSafeNat(),
      entry: fc.oneof(fc.maxSafeNat(), fc.constant(-1)),
      partition: fc.integer({ min: -1, max: 1_000 }),
      batchIndex: fc.integer({ min: -1, max: 10_000 }),
    });
    fc.assert(
      fc.property(id, (given) => {
        const text = formatMessageId(given);
        const url = readerUrl(CONFIG, text, { apiKey: 'k' });
        assert.notMatch(url.replace(/^[^?]*\?/, '').replaceAll(/&?[\w-]+=/g, ' '), /[+/=]/);
        assert.equal(serverReads(url), text);
        assert.deepEqual(parseMessageId(serverReads(url) ?? ''), given);
      }),
      randomCases('ids', { numRuns: 10_000 }),
    );
  });

  faultTest(16, 'whatever bytes a service made its ids of, they go back as they came', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const text = btoa(String.fromCharCode(...bytes));
        assert.equal(serverReads(readerUrl(CONFIG, text, {})), text);
      }),
      { numRuns: 2_000 },
    );
  });
});
