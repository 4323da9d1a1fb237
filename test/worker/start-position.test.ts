import { assert } from '@open-wc/testing';
import type { Position } from '../../src/protocol/connection-status.js';
import { formatMessageId, parseMessageId, type MessageId } from '../../src/worker/message-id.js';
import { canStartAt, startPosition, type Known } from '../../src/worker/start-position.js';

const NOW = Date.UTC(2026, 10, 20, 9);
const HOUR = 3_600_000;

const id = (ledger: number, entry: number, batchIndex = -1): MessageId => ({
  ledger,
  entry,
  batchIndex,
  partition: -1,
});
const position = (messageId: MessageId, agoMs: number): Position => ({
  messageId: formatMessageId(messageId),
  publishTime: NOW - agoMs,
});

const last = position(id(5, 9), 1_000);
const index = [
  position(id(3, 0), 10 * HOUR),
  position(id(4, 0), 9 * HOUR),
  position(id(4, 50), 2 * HOUR),
  position(id(5, 1), HOUR / 2),
];

const nothing: Known = {
  rule: { kind: 'resume' },
  mayCarryPosition: true,
  last: undefined,
  isOnScreen: false,
  index: [],
  windowMs: 8 * HOUR,
  now: NOW,
};

interface Case {
  readonly name: string;
  readonly known: Partial<Known>;
  /** A reader's word, or the id in the reader's `messageId`. */
  readonly start: string | MessageId;
  /** What must come again, if anything. */
  readonly proves: MessageId | undefined;
  readonly covers: 'now' | number | undefined;
}

const cases: readonly Case[] = [
  { name: 'resume, first visit', known: {}, start: 'latest', proves: undefined, covers: 'now' },
  {
    name: 'resume, with a window in the index',
    known: { last, index },
    start: id(4, -1),
    proves: id(5, 9),
    covers: NOW - 9 * HOUR,
  },
  {
    name: 'resume, the index shorter than the window',
    known: { last, index: index.slice(2) },
    start: id(4, 49),
    proves: id(5, 9),
    covers: NOW - 2 * HOUR,
  },
  {
    name: 'resume, no index',
    known: { last },
    start: id(5, 8),
    proves: id(5, 9),
    covers: NOW - 1_000,
  },
  {
    name: 'resume, an index that is ahead of the position',
    known: { last, index: [position(id(7, 0), 9 * HOUR)] },
    start: id(5, 8),
    proves: id(5, 9),
    covers: NOW - 1_000,
  },
  {
    name: 'resume, in the page: its window is on screen',
    known: { last, index, isOnScreen: true },
    start: id(5, 8),
    proves: id(5, 9),
    covers: NOW - 1_000,
  },
  {
    name: 'resume, in a batch',
    known: { last: position(id(5, 9, 3), 1_000), isOnScreen: true },
    start: id(5, 9, 2),
    proves: id(5, 9, 3),
    covers: NOW - 1_000,
  },
  {
    name: 'resume, the service refuses positions',
    known: { last, index, mayCarryPosition: false },
    start: 'latest',
    proves: undefined,
    covers: 'now',
  },
  {
    name: 'resume, a position that is no id',
    known: { last: { messageId: 'garbage', publishTime: NOW } },
    start: 'latest',
    proves: undefined,
    covers: 'now',
  },
  {
    name: 'latest, whatever was saved',
    known: { rule: { kind: 'latest' }, last, index },
    start: 'latest',
    proves: undefined,
    covers: 'now',
  },
  {
    name: 'latest, lost in the page',
    known: { rule: { kind: 'latest' }, last, isOnScreen: true },
    start: id(5, 8),
    proves: id(5, 9),
    covers: NOW - 1_000,
  },
  {
    name: 'earliest, first visit',
    known: { rule: { kind: 'earliest' } },
    start: 'earliest',
    proves: undefined,
    covers: undefined,
  },
  {
    name: 'earliest, seen before',
    known: { rule: { kind: 'earliest' }, last },
    start: 'earliest',
    proves: id(5, 9),
    covers: undefined,
  },
  {
    name: 'earliest, refused in the page: what is on screen is not read again',
    known: { rule: { kind: 'earliest' }, last, isOnScreen: true, mayCarryPosition: false },
    start: 'latest',
    proves: undefined,
    covers: 'now',
  },
  {
    name: 'a message id',
    known: { rule: { kind: 'message-id', messageId: formatMessageId(id(2, 2)) }, last },
    start: id(2, 1),
    proves: id(2, 2),
    covers: undefined,
  },
  {
    name: 'a message id, the first of its ledger',
    known: { rule: { kind: 'message-id', messageId: formatMessageId(id(2, 0)) }, last },
    start: id(2, -1),
    proves: id(2, 0),
    covers: undefined,
  },
  {
    name: 'a message id that is none of Pulsar’s that we know',
    known: { rule: { kind: 'message-id', messageId: 'bm90aGluZw==' } },
    start: 'bm90aGluZw==',
    proves: undefined,
    covers: undefined,
  },
  {
    name: 'a message id before the first entry of its ledger',
    known: { rule: { kind: 'message-id', messageId: formatMessageId(id(2, -1)) }, last },
    start: id(2, -1),
    proves: undefined,
    covers: undefined,
  },
  {
    name: 'a message id that is refused',
    known: { rule: { kind: 'message-id', messageId: formatMessageId(id(2, 2)) }, mayCarryPosition: false },
    start: 'latest',
    proves: undefined,
    covers: 'now',
  },
  {
    name: 'since, the index reaches so far',
    known: { rule: { kind: 'since', durationMs: HOUR }, last, index },
    start: id(4, 49),
    proves: id(5, 9),
    covers: NOW - HOUR,
  },
  {
    name: 'since, the index does not',
    known: { rule: { kind: 'since', durationMs: 20 * HOUR }, last, index },
    start: 'earliest',
    proves: id(5, 9),
    covers: undefined,
  },
  {
    name: 'since, first visit',
    known: { rule: { kind: 'since', durationMs: HOUR } },
    start: 'earliest',
    proves: undefined,
    covers: undefined,
  },
  {
    name: 'since, an index that is ahead of the position',
    known: { rule: { kind: 'since', durationMs: HOUR }, last, index: [position(id(7, 0), 9 * HOUR)] },
    start: 'earliest',
    proves: id(5, 9),
    covers: undefined,
  },
];

suite('The start of a dial', () => {
  for (const { name, known, start, proves, covers } of cases) {
    test(`for ${name}`, () => {
      const { messageId, proof, coversFrom } = startPosition({ ...nothing, ...known });
      assert.deepEqual(parseMessageId(messageId) ?? messageId, start);
      assert.deepEqual(proof.kind === 'awaiting' ? proof.last : undefined, proves);
      assert.equal(coversFrom, covers);
    });
  }

  const MINUTE = 60_000;
  for (const [name, known, publishTime, pastEndsAt] of [
    ['a message of which the time is known', { last }, last.publishTime, last.publishTime + MINUTE],
    [
      'one of which the time is a guess',
      { last: { ...last, publishTime: NOW - 900.5 } },
      NOW - 900.5,
      NOW + MINUTE,
    ],
    [
      'one that the page names, whatever was kept',
      { last, rule: { kind: 'message-id', messageId: formatMessageId(id(2, 2)) } },
      undefined,
      NOW + MINUTE,
    ],
    [
      'one that was kept, on a page that had named another',
      { last, rule: { kind: 'message-id', messageId: formatMessageId(id(2, 2)) }, isOnScreen: true },
      last.publishTime,
      last.publishTime + MINUTE,
    ],
  ] as const) {
    test(`proves with its time, and a minute between two producers, ${name}`, () => {
      const { proof } = startPosition({ ...nothing, ...known });
      assert.equal(proof.kind, 'awaiting');
      if (proof.kind !== 'awaiting') return;
      assert.equal(proof.publishTime, publishTime);
      assert.equal(proof.pastEndsAt, pastEndsAt);
    });
  }

  test('proves nothing of a position that it does not start at', () => {
    assert.deepEqual(startPosition({ ...nothing, last, mayCarryPosition: false }).proof, { kind: 'settled' });
  });

  const places: readonly (readonly [string, Position | undefined, string, boolean])[] = [
    ['no position', undefined, 'all', false],
    ['a position of a topic without partitions', last, 'all', true],
    ['one of a partitioned topic', position({ ...id(5, 9), partition: 1 }, 0), 'all', false],
    ['one of the first partition', position({ ...id(5, 9), partition: 0 }, 0), 'all', false],
    [
      'one of a partition under its own name',
      position({ ...id(5, 9), partition: 1 }, 0),
      'all-partition-1',
      true,
    ],
    ['one of another partition', position({ ...id(5, 9), partition: 11 }, 0), 'all-partition-1', false],
  ];
  for (const [name, place, topic, can] of places) {
    test(`${can ? 'can' : 'cannot'} be ${name}`, () => assert.equal(canStartAt(place, topic), can));
  }
});
