import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { readFrame } from '../../src/worker/frame.js';

const utf8 = new TextEncoder();

/** Bytes are never cut by position, so they show what parsing alone would say. */
function parsed(text: string): unknown {
  return readFrame(utf8.encode(text).buffer);
}

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const time = fc.constantFrom(
  '2026-11-20T08:41:04.342Z',
  '2026-11-20T09:41:04.342+01:00',
  '2016-08-30 16:45:57.785',
  'soon',
  '',
);
const properties = fc.dictionary(
  fc.oneof(text, fc.constantFrom('publishTime', 'messageId', 'payload', 'type', 'endOfTopic')),
  text,
  {
    maxKeys: 3,
  },
);

const envelope = fc.record(
  {
    messageId: fc.oneof(fc.base64String(), text),
    payload: fc.oneof(fc.base64String(), text),
    properties,
    publishTime: fc.oneof(time, fc.nat()),
    redeliveryCount: fc.nat(),
    eventTime: time,
    key: fc.oneof(text, fc.constantFrom('"', '\\', '"}', '","payload":"x"')),
    type: fc.constantFrom('', 'AUTH_CHALLENGE'),
    endOfTopic: fc.boolean(),
    encryptionContext: fc.record({ payload: text, messageId: text }),
  },
  { requiredKeys: ['messageId', 'payload'] },
);

/** As a JSON writer that escapes slashes, or all that is not ASCII, would write it. */
const writers: readonly ((value: object) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value).replaceAll('/', '\\/'),
  (value) => JSON.stringify(value, null, 1),
  (value) =>
    JSON.stringify(value).replace(
      /[\u0080-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
];

suite('Frames', () => {
  test('cut by position are what parsing says', () => {
    fc.assert(
      fc.property(envelope, fc.constantFrom(...writers), (value, write) => {
        const frame = write(value);
        assert.deepEqual(readFrame(frame), parsed(frame));
      }),
      { numRuns: 3_000 },
    );
  });

  test('say the same in whatever order their members come', () => {
    fc.assert(
      fc.property(envelope, fc.nat(), (value, turn) => {
        const members = Object.entries(value);
        const at = turn % members.length;
        const turned = Object.fromEntries([...members.slice(at), ...members.slice(0, at)]);
        assert.deepEqual(readFrame(JSON.stringify(turned)), readFrame(JSON.stringify(value)));
      }),
      { numRuns: 1_000 },
    );
  });

  test('of a real broker carry id, payload and time', () => {
    const frame =
      '{"messageId":"CAMQADAA","payload":"eyJpIjowfQ==","properties":{"a":"b"},"publishTime":"2026-11-20T08:41:04.342Z","redeliveryCount":0}';
    assert.deepEqual(readFrame(frame), {
      kind: 'message',
      messageId: 'CAMQADAA',
      payload: 'eyJpIjowfQ==',
      publishTime: Date.UTC(2026, 10, 20, 8, 41, 4, 342),
      isRedelivered: false,
    });
  });

  for (const [count, isRedelivered] of [
    ['1', true],
    ['0', false],
    ['"2"', true],
    ['null', false],
    ['{}', false],
  ] as const) {
    test(`with the redelivery count ${count} ${isRedelivered ? 'come again' : 'come for the first time'}`, () => {
      const frame = readFrame(`{"messageId":"a","payload":"b","redeliveryCount":${count}}`);
      assert.propertyVal(frame, 'isRedelivered', isRedelivered);
    });
  }

  test('of a member that comes twice carry the last one, as JSON has it', () => {
    const frame = '{"messageId":"a","payload":"b","messageId":"c","payload":"d","publishTime":""}';
    const read = readFrame(frame);
    assert.deepInclude(read, { kind: 'message', messageId: 'c', payload: 'd' });
  });

  const times: readonly (readonly [string, string, number])[] = [
    ['with an offset', '"2026-11-20T10:41:04.342+02:00"', Date.UTC(2026, 10, 20, 8, 41, 4, 342)],
    [
      'without a zone, as older brokers write UTC',
      '"2016-08-30 16:45:57.785"',
      Date.UTC(2016, 7, 30, 16, 45, 57, 785),
    ],
    ['missing', 'null', Number.NaN],
    ['that is a number', '17', Number.NaN],
    ['that is no time', '"yesterday"', Number.NaN],
  ];
  for (const [name, json, at] of times) {
    test(`read a publish time ${name}`, () => {
      const frame = readFrame(`{"messageId":"a","payload":"b","publishTime":${json}}`);
      assert.deepEqual(frame, {
        kind: 'message',
        messageId: 'a',
        payload: 'b',
        publishTime: at,
        isRedelivered: false,
      });
    });
  }

  test('do not leave the zone of an older broker’s time to the browser', () => {
    const original = Date.parse;
    const asked: string[] = [];
    Date.parse = (text) => {
      asked.push(text);
      return original(text);
    };
    try {
      readFrame('{"messageId":"a","payload":"b","publishTime":"2016-08-30 16:45:57.785"}');
    } finally {
      Date.parse = original;
    }
    assert.deepEqual(asked, ['2016-08-30T16:45:57.785Z']);
  });

  const controls: readonly (readonly [string, string, object])[] = [
    ['no, as a boolean', '{"endOfTopic":false}', { kind: 'end-of-topic', isEnded: false }],
    ['yes, as a boolean', '{"endOfTopic":true}', { kind: 'end-of-topic', isEnded: true }],
    ['no, as a string', '{"endOfTopic":"false"}', { kind: 'end-of-topic', isEnded: false }],
    ['yes, as a string', '{"endOfTopic":"true"}', { kind: 'end-of-topic', isEnded: true }],
    ['a frame of a newer proxy', '{"type":"AUTH_CHALLENGE","authChallenge":{}}', { kind: 'control' }],
    ['the same with a message in it', '{"messageId":"a","payload":"b","type":"X"}', { kind: 'control' }],
  ];
  for (const [name, frame, expected] of controls) {
    test(`are told from messages: ${name}`, () => assert.deepEqual<object>(readFrame(frame), expected));
  }

  const broken: readonly (readonly [string, unknown, string])[] = [
    ['no JSON', 'hello', 'frame-not-json'],
    ['half an envelope', '{"messageId":"a","payload":"b"', 'frame-not-json'],
    [
      'an envelope with something behind it',
      '{"messageId":"a","payload":"b","publishTime":"x"}}',
      'frame-not-json',
    ],
    [
      'a comma too many',
      '{"messageId":"a","payload":"b","properties":{},"publishTime":"x",,}',
      'frame-not-json',
    ],
    ['an id that only a cut would end', '{"messageId":"a\\","payload":"b""}', 'frame-not-json'],
    ['an array', '[1]', 'frame-not-json'],
    ['null', 'null', 'frame-not-json'],
    ['nothing', '', 'frame-not-json'],
    ['an object without a message', '{}', 'frame-not-a-message'],
    ['an id that is a number', '{"messageId":1,"payload":"b"}', 'frame-not-a-message'],
    ['a payload that is an object', '{"messageId":"a","payload":{}}', 'frame-not-a-message'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe]).buffer, 'frame-not-text'],
    ['a blob', new Blob(['{}']), 'frame-not-text'],
    ['undefined', undefined, 'frame-not-text'],
  ];
  for (const [name, data, code] of broken) {
    test(`are refused: ${name}`, () => {
      const frame = readFrame(data);
      assert.equal(frame.kind === 'unreadable' ? frame.error.code : frame.kind, code);
    });
  }

  test('quote no more than a line of what cannot be read', () => {
    const frame = readFrame(`<b>\n${'x'.repeat(10_000)}`);
    if (frame.kind !== 'unreadable') throw new Error(`read as ${frame.kind}`);
    assert.isAtMost(frame.error.message.length, 240);
    assert.notInclude(frame.error.message, '\n');
  });
});
