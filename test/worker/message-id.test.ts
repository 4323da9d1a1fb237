import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import {
  compareMessageIds,
  formatMessageId,
  parseMessageId,
  predecessor,
  type MessageId,
} from '../../src/worker/message-id.js';

const single = (ledger: number, entry: number): MessageId => ({
  ledger,
  entry,
  partition: -1,
  batchIndex: -1,
});

/** Entries 1 to 7 of ledger 5. */
const IN_CHUNKS = 'CAUQBzAAOgYIBRABMAA=';

function base64(...bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes));
}

const number = fc.oneof(
  fc.nat({ max: 300 }),
  fc.nat(),
  fc.maxSafeInteger().map(Math.abs),
  fc.constantFrom(0, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER),
);
const messageId: fc.Arbitrary<MessageId> = fc.record({
  ledger: number,
  entry: fc.oneof(number, fc.constant(-1)),
  partition: fc.oneof(fc.constant(-1), fc.nat({ max: 5_000 })),
  batchIndex: fc.oneof(fc.constant(-1), fc.nat({ max: 5_000 })),
});

suite('Message ids', () => {
  test('survive writing and reading, whatever their size', () => {
    fc.assert(
      fc.property(messageId, (id) => {
        assert.deepEqual(parseMessageId(formatMessageId(id)), id);
      }),
      { numRuns: 2_000 },
    );
  });

  test('survive the way through a URL', () => {
    fc.assert(
      fc.property(messageId, (id) => {
        const text = formatMessageId(id);
        const url = new URL(`wss://relay.example/r?messageId=${encodeURIComponent(text)}`);
        assert.equal(url.searchParams.get('messageId'), text);
      }),
    );
  });

  const samples: readonly (readonly [string, string, MessageId])[] = [
    ['one message of a real broker', 'CAMQADAA', single(3, 0)],
    ['ledger 1, entry 1, with padding', 'CAEQAQ==', single(1, 1)],
    ['ledger 1, entry 1, its padding lost', 'CAEQAQ', single(1, 1)],
    [
      'inside a batch of 50',
      base64(0x08, 0x05, 0x10, 0x00, 0x20, 0x0a, 0x30, 0x32),
      { ledger: 5, entry: 0, partition: -1, batchIndex: 10 },
    ],
    [
      'of a partitioned topic',
      base64(0x08, 0x05, 0x10, 0x02, 0x18, 0x01, 0x30, 0x00),
      { ledger: 5, entry: 2, partition: 1, batchIndex: -1 },
    ],
    [
      'before the first entry of a ledger',
      base64(0x08, 0x07, 0x10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1),
      single(7, -1),
    ],
    [
      'with an unknown length-delimited field',
      base64(0x42, 0x02, 9, 9, 0x08, 0x03, 0x10, 0x04),
      single(3, 4),
    ],
    ['in seven chunks, of a real broker', IN_CHUNKS, { ...single(5, 7), firstChunk: single(5, 1) }],
    [
      'with a first chunk that cannot be read',
      base64(0x08, 0x03, 0x10, 0x04, 0x3a, 0x02, 9, 9),
      single(3, 4),
    ],
  ];
  for (const [name, text, id] of samples) {
    test(`read: ${name}`, () => assert.deepEqual(parseMessageId(text), id));
  }

  const hostile: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['no base64', '!!'],
    ['a word that happens to be base64', 'garbage'],
    ['text beyond ASCII', 'CAEQAQ\u00e9'],
    ['a lone surrogate', '\ud800'],
    ['padding in the middle', 'CA==EQAQ'],
    ['only a ledger', base64(0x08, 0x03)],
    ['only an entry', base64(0x10, 0x03)],
    ['a number that stops half-way', base64(0x08, 0x83)],
    ['a number of eleven bytes', base64(0x08, 1, 0x10, ...Array.from({ length: 10 }, () => 255), 1)],
    ['a ledger of minus one', base64(0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 0x10, 0)],
    ['a ledger too large to be exact', base64(0x08, 255, 255, 255, 255, 255, 255, 255, 127, 0x10, 0)],
    ['a field longer than the text', base64(0x08, 1, 0x10, 1, 0x3a, 100)],
    ['a field whose length is no number', base64(0x08, 1, 0x10, 1, 0x3a, 0x80)],
    ['a field of fixed width', base64(0x08, 1, 0x10, 1, 0x0d, 0, 0, 0, 0)],
    ['a megabyte', 'A'.repeat(1_000_000)],
    ['longer than any id', base64(0x08, 1, 0x10, 1, 0x3a, 0xc8, 0x01, ...new Uint8Array(200))],
    ['padded with blanks', `CAEQAQ==${' '.repeat(1_000)}`],
    ['of a partition beyond any topic', base64(0x08, 1, 0x10, 1, 0x18, 0x90, 0x4e)],
    ['a word of the reader', 'latest'],
  ];
  for (const [name, text] of hostile) {
    test(`are not ${name}`, () => assert.isUndefined(parseMessageId(text)));
  }

  test('never throw, whatever the text', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.uint8Array({ maxLength: 60 }).map((b) => base64(...b)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const id = parseMessageId(text);
        if (id === undefined) return;
        assert.isAtLeast(id.ledger, 0);
        for (const { ledger, entry, partition, batchIndex } of [id, id.firstChunk ?? id])
          for (const part of [ledger, entry, partition, batchIndex])
            assert.isTrue(Number.isSafeInteger(part));
      }),
      { numRuns: 2_000 },
    );
  });

  test('are in the order of ledger, entry and place in the batch', () => {
    const inOrder = [
      single(3, -1),
      single(3, 0),
      { ...single(3, 1), batchIndex: 0 },
      { ...single(3, 1), batchIndex: 4 },
      single(3, 2),
      single(4, 0),
      single(10, 0),
    ];
    for (const [i, a] of inOrder.entries()) {
      for (const [j, b] of inOrder.entries()) {
        assert.equal(Math.sign(compareMessageIds(a, b)), Math.sign(i - j), `${i} against ${j}`);
      }
    }
  });

  const predecessors: readonly (readonly [string, MessageId, MessageId])[] = [
    ['a single message: the entry before', single(3, 7), single(3, 6)],
    ['the first entry: before the ledger', single(3, 0), single(3, -1)],
    [
      'inside a batch: the index before',
      { ...single(3, 7), batchIndex: 4 },
      { ...single(3, 7), batchIndex: 3 },
    ],
    ['the first of a batch: the entry before', { ...single(3, 7), batchIndex: 0 }, single(3, 6)],
    ['the first of all, in a batch: before the ledger', { ...single(3, 0), batchIndex: 0 }, single(3, -1)],
    [
      'of a partition: in the same partition',
      { ...single(3, 7), partition: 2 },
      { ...single(3, 6), partition: 2 },
    ],
    ['in chunks: before the first of them', { ...single(5, 7), firstChunk: single(5, 1) }, single(5, 0)],
    [
      'in chunks across two ledgers: in the ledger of the first',
      { ...single(5, 3), firstChunk: single(4, 0) },
      single(4, -1),
    ],
  ];
  for (const [name, id, before] of predecessors) {
    test(`have a predecessor, for ${name}`, () => assert.deepEqual(predecessor(id), before));
  }

  test('come after their predecessor, always', () => {
    fc.assert(
      fc.property(messageId, (id) => {
        if (id.entry < 0) return;
        assert.isBelow(compareMessageIds(predecessor(id), id), 0);
        assert.deepEqual(parseMessageId(formatMessageId(predecessor(id))), predecessor(id));
      }),
    );
  });
});
