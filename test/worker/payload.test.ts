import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { MAX_PAYLOAD_BYTES, readPayload, type Payload } from '../../src/worker/payload.js';

type Read = (base64: string, messageId: string) => Payload;

const utf8 = new TextEncoder();

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  return btoa(parts.join(''));
}

const encoded = (text: string): string => base64(utf8.encode(text));

/** As in a browser that lacks `setFromBase64`. */
const readWithoutSetFromBase64: Read = (text, messageId) => {
  const native = Object.getOwnPropertyDescriptor(Uint8Array.prototype, 'setFromBase64');
  if (native !== undefined) Reflect.deleteProperty(Uint8Array.prototype, 'setFromBase64');
  try {
    return readPayload(text, messageId);
  } finally {
    if (native !== undefined) Object.defineProperty(Uint8Array.prototype, 'setFromBase64', native);
  }
};

const ways: readonly (readonly [string, Read])[] = [
  ['as this browser decodes', readPayload],
  ['as a browser without setFromBase64 decodes', readWithoutSetFromBase64],
];

for (const [way, read] of ways) {
  suite(`Payloads, ${way}`, () => {
    test('are what was published, in any script', () => {
      const value = fc.dictionary(
        fc.string({ unit: 'grapheme' }),
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean()),
      );
      fc.assert(
        fc.property(value, (object) => {
          const json = JSON.stringify(object);
          assert.deepEqual<object>(read(encoded(json), 'id'), { kind: 'object', value: JSON.parse(json) });
        }),
      );
    });

    const failures: readonly (readonly [string, string, string])[] = [
      ['no base64', '***', 'payload-not-base64'],
      ['text beyond ASCII', 'é', 'payload-not-base64'],
      ['no UTF-8', base64(new Uint8Array([0x22, 0xc3, 0x28, 0x22])), 'payload-not-utf8'],
      ['no JSON', encoded('{"a":'), 'payload-not-json'],
      ['nothing', '', 'payload-not-json'],
      ['an array', encoded('[]'), 'payload-not-an-object'],
      ['a string', encoded('"x"'), 'payload-not-an-object'],
      ['null', encoded('null'), 'payload-not-an-object'],
      ['larger than the limit', 'A'.repeat((MAX_PAYLOAD_BYTES / 3) * 4 + 8), 'payload-oversize'],
    ];
    for (const [name, text, code] of failures) {
      test(`are refused with their id: ${name}`, () => {
        const payload = read(text, 'CAMQADAA');
        assert.equal(payload.kind, 'unreadable');
        if (payload.kind !== 'unreadable') return;
        assert.equal(payload.error.code, code);
        assert.equal(payload.error.messageId, 'CAMQADAA');
      });
    }

    test('carry none of their content into an error', () => {
      const payload = read(encoded('{"caller":"Ada'), 'id');
      assert.equal(payload.kind, 'unreadable');
      assert.notInclude(JSON.stringify(payload), 'Ada');
    });

    test('of 7 MiB are read, and the next one is not disturbed', () => {
      const large = { text: 'ä'.repeat(3.5 * 1024 * 1024) };
      const payload = read(encoded(JSON.stringify(large)), 'id');
      assert.equal(payload.kind === 'object' && payload.value['text'], large.text);
      assert.deepEqual<object>(read(encoded('{"a":1}'), 'id'), { kind: 'object', value: { a: 1 } });
    });

    test('show nothing of the one before, whatever their lengths', () => {
      for (const length of [5_000, 10, 300_000, 3, 70_000, 0]) {
        const object = { text: 'x'.repeat(length) };
        assert.deepEqual<object>(read(encoded(JSON.stringify(object)), 'id'), {
          kind: 'object',
          value: object,
        });
      }
    });
  });
}
