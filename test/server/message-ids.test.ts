/** Worry: are ids the bytes that a broker writes, and is everything else refused as a broker refuses it? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { Base64Error, canonicalBase64, decodeBase64 } from '../../demo/server/base64.js';
import { decodeMessageId, encodeMessageId, MessageIdError } from '../../demo/server/message-id.js';
import {
  decodeMessageId as decodeByHand,
  encodeMessageId as encodeByHand,
} from '../support/service/message-id.js';

const single = { partition: -1, batchIndex: -1, batchSize: 0 };

suite('message ids', () => {
  test('the bytes are those seen on a broker', () => {
    assert.equal(encodeMessageId({ ...single, ledgerId: 3, entryId: 0 }), 'CAMQADAA');
    const inBatch = { ledgerId: 5, entryId: 0, partition: -1, batchIndex: 10, batchSize: 50 };
    assert.equal(Buffer.from(encodeMessageId(inBatch), 'base64').toString('hex'), '08051000200a3032');
    const inPartition = { ...single, ledgerId: 117, entryId: 0, partition: 1 };
    assert.equal(Buffer.from(encodeMessageId(inPartition), 'base64').toString('hex'), '0875100018013000');
    const inFirstPartition = { ...inPartition, partition: 0 };
    assert.equal(
      Buffer.from(encodeMessageId(inFirstPartition), 'base64').toString('hex'),
      '0875100018003000',
    );
  });

  test('an id comes back from its text as it was, up to 2^53 and with entry -1', () => {
    const index = fc.integer({ min: -1, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.nat({ max: Number.MAX_SAFE_INTEGER }),
        fc.oneof(fc.constant(-1), fc.nat({ max: Number.MAX_SAFE_INTEGER })),
        index,
        index,
        fc.nat({ max: 1_000_000 }),
        (ledgerId, entryId, partition, batchIndex, batchSize) => {
          const id = { ledgerId, entryId, partition, batchIndex, batchSize };
          const text = encodeMessageId(id);
          assert.deepEqual(decodeMessageId(text), id);
          const byHand = decodeByHand(text);
          assert.equal(byHand.ledgerId, BigInt(ledgerId));
          assert.equal(byHand.entryId, BigInt(entryId));
        },
      ),
    );
  });

  test('an id made by hand, with unknown fields and without a size, is read', () => {
    const byHand = encodeByHand({ ledgerId: 7n, entryId: -1n });
    assert.deepEqual(decodeMessageId(byHand), { ...single, ledgerId: 7, entryId: -1 });
    // Field 5 (packed list), field 7 (a message), field 9 fixed 32 bits, field 10 fixed 64 bits.
    const extra = '0807' + '1008' + '2a020102' + '3a020800' + '4d01020304' + '510102030405060708';
    assert.deepEqual(decodeMessageId(Buffer.from(extra, 'hex').toString('base64')), {
      ...single,
      ledgerId: 7,
      entryId: 8,
    });
  });

  test('what is no id is refused', () => {
    for (const text of [
      'garbage',
      'AAAA',
      '',
      'CAM=',
      'CAMQ',
      'LATEST',
      'Earliest',
      'CAMQgICAgICAgICAgIAB',
    ]) {
      assert.throws(() => decodeMessageId(text), MessageIdError, text);
    }
    for (const cut of ['080710082a05aa', '080710084d0102', '0807100851010203', '080710083aff']) {
      const text = Buffer.from(cut, 'hex').toString('base64');
      assert.throws(() => decodeMessageId(text), MessageIdError, cut);
    }
    for (const text of ['!!', '=', 'CAMQ ADAA', 'CAMQ_DAA']) {
      assert.throws(() => decodeMessageId(text), Base64Error, text);
    }
  });

  test('any bytes at all are an id or are refused, in bounded time', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const id = decodeMessageId(Buffer.from(bytes).toString('base64'));
          assert.equal(typeof id.ledgerId, 'number');
        } catch (error) {
          assert.ok(error instanceof MessageIdError);
        }
      }),
    );
  });

  test('base64 is refused in the words of Java', () => {
    for (const [text, words] of [
      ['!!!', 'Illegal base64 character 21'],
      ['éw==', 'Illegal base64 character -17'],
      ['€w==', 'Illegal base64 character 3f'],
      ['A', 'Input byte[] should at least have 2 bytes for base64 bytes'],
      ['YQ=', 'Input byte array has wrong 4-byte ending unit'],
      ['YWJj=', 'Input byte array has wrong 4-byte ending unit'],
      ['YQ==YQ==', 'Input byte array has incorrect ending byte at 4'],
      ['YWJjZ', 'Last unit does not have enough valid bits'],
    ] as const) {
      assert.throws(
        () => decodeBase64(text),
        (error) => error instanceof Base64Error && error.message === words,
        text,
      );
    }
  });

  test('base64 without padding or with loose last bits is read and written anew', () => {
    assert.equal(canonicalBase64('YQ'), 'YQ==');
    assert.equal(canonicalBase64('YR=='), 'YQ==');
    assert.equal(canonicalBase64(''), '');
  });
});
