import { assert } from '@open-wc/testing';
import { judge, wasRight, type Judgement } from '../../src/worker/continuity.js';
import type { MessageId } from '../../src/worker/message-id.js';

const id = (ledger: number, entry: number, batchIndex = -1, partition = -1): MessageId => ({
  ledger,
  entry,
  batchIndex,
  partition,
});

interface Case {
  readonly name: string;
  readonly last: MessageId;
  readonly start: MessageId | undefined;
  readonly came: MessageId;
  readonly judgement: Judgement;
}

const cases: readonly Case[] = [
  {
    name: 'the last message itself',
    last: id(3, 7),
    start: id(3, 6),
    came: id(3, 7),
    judgement: 'continuous',
  },
  { name: 'the next message', last: id(3, 7), start: id(3, 6), came: id(3, 8), judgement: 'history-expired' },
  { name: 'a later ledger', last: id(3, 7), start: id(3, 6), came: id(5, 0), judgement: 'history-expired' },
  {
    name: 'an earlier ledger',
    last: id(3, 7),
    start: id(3, 6),
    came: id(2, 9),
    judgement: 'position-unknown',
  },
  {
    name: 'an entry before the start',
    last: id(3, 7),
    start: id(3, 6),
    came: id(3, 5),
    judgement: 'position-unknown',
  },
  { name: 'a window before the last', last: id(3, 7), start: id(1, 2), came: id(2, 0), judgement: 'before' },
  {
    name: 'the batch before, as a whole',
    last: id(3, 7, 0),
    start: id(3, 6),
    came: id(3, 6, 0),
    judgement: 'before',
  },
  {
    name: 'the index before, in the same batch',
    last: id(3, 7, 4),
    start: id(3, 7, 3),
    came: id(3, 7, 3),
    judgement: 'before',
  },
  {
    name: 'the last index of a batch',
    last: id(3, 7, 4),
    start: id(3, 7, 3),
    came: id(3, 7, 4),
    judgement: 'continuous',
  },
  {
    name: 'the next index of a batch',
    last: id(3, 7, 4),
    start: id(3, 7, 3),
    came: id(3, 7, 5),
    judgement: 'history-expired',
  },
  {
    name: 'an entry of the same number in a later ledger',
    last: id(3, 7),
    start: id(3, 6),
    came: id(4, 7),
    judgement: 'history-expired',
  },
  {
    name: 'a later message of a batch of which the first was had',
    last: id(3, 7, 0),
    start: id(3, 6),
    came: id(3, 7, 1),
    judgement: 'history-expired',
  },
  {
    name: 'anything old, read from the earliest',
    last: id(3, 7),
    start: undefined,
    came: id(1, 0),
    judgement: 'before',
  },
  {
    name: 'another partition, further on',
    last: id(3, 7, -1, 0),
    start: undefined,
    came: id(9, 0, -1, 1),
    judgement: 'before',
  },
  {
    name: 'the first message of a batch that is named as a whole',
    last: id(3, 7),
    start: id(3, 6),
    came: id(3, 7, 0),
    judgement: 'continuous',
  },
  {
    name: 'the first entry of all, started before its ledger',
    last: id(3, 0),
    start: id(3, -1),
    came: id(3, 0),
    judgement: 'continuous',
  },
];

suite('The overlap proof', () => {
  for (const { name, last, start, came, judgement } of cases) {
    test(`says ${judgement} to ${name}`, () => {
      assert.equal(judge({ kind: 'awaiting', last, start }, came), judgement);
    });
  }

  const times: readonly (readonly [string, number | undefined, number, Judgement])[] = [
    ['the last message, published when it was', 1_000, 1_000, 'continuous'],
    ['another message with its id', 1_000, 1_001, 'position-unknown'],
    ['the last message, in a frame without a time', 1_000, Number.NaN, 'continuous'],
    ['the last message, whose time nobody knows', undefined, 1_000, 'continuous'],
    ['the last message, whose time is a guess', 900.5, 1_000, 'continuous'],
  ];
  for (const [name, known, came, judgement] of times) {
    test(`says ${judgement} to ${name}`, () => {
      const last = id(3, 7);
      const proof = { kind: 'awaiting', last, publishTime: known, start: id(3, 6) } as const;
      assert.equal(judge(proof, last, came), judgement);
    });
  }

  for (const [name, publishTime, judgement] of [
    ['the past, published before its end', 61_000, 'before'],
    ['what is younger than the past can be', 61_001, 'too-young'],
    ['a message without a time', Number.NaN, 'before'],
  ] as const) {
    test(`says ${judgement} to ${name}`, () => {
      const proof = { kind: 'awaiting', last: id(3, 7), start: id(3, 0), pastEndsAt: 61_000 } as const;
      assert.equal(judge(proof, id(3, 5), publishTime), judgement);
    });
  }

  test('says position-unknown to what lies before the start, however young it is', () => {
    const proof = { kind: 'awaiting', last: id(3, 7), start: id(3, 5), pastEndsAt: 61_000 } as const;
    assert.equal(judge(proof, id(3, 4), 90_000), 'position-unknown');
  });

  for (const [name, came, publishTime, isRight] of [
    ['the position itself', id(3, 7), 1_000, true],
    ['what lies before it and is older', id(3, 6), 900, true],
    ['what lies before it and is younger', id(3, 6), 1_001, false],
    ['another partition, however old', id(3, 6, -1, 1), 900, false],
  ] as const) {
    test(`${isRight ? 'takes' : 'does not take'} the word of silence back when ${name} comes`, () => {
      const last = id(3, 7);
      const proof = { kind: 'awaiting', last, publishTime: 1_000, start: id(3, 5) } as const;
      assert.equal(wasRight(proof, came, publishTime), isRight);
    });
  }

  test('takes the word of silence over a message of no known time back only when that comes itself', () => {
    const proof = { kind: 'awaiting', last: id(3, 7), start: id(3, 5) } as const;
    assert.isTrue(wasRight(proof, id(3, 7), 1_000));
    assert.isFalse(wasRight(proof, id(3, 6), 900));
  });
});
