import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { Answers, ANSWERS_TOGETHER } from '../../src/worker/answers.js';
import { VirtualClock } from './support/virtual-platform.js';

interface Answering {
  readonly answers: Answers;
  readonly sent: readonly string[];
  readonly clock: VirtualClock;
}

function answering(isOpen = true): Answering {
  const sent: string[] = [];
  const clock = new VirtualClock(0);
  const platform = {
    setTimer: (callback: () => void, delayMs: number) => clock.setTimer(callback, delayMs),
    clearTimer: (timer: number) => clock.clearTimer(timer),
  };
  const answers = new Answers(platform, (text) => {
    if (isOpen) sent.push(text);
    return isOpen;
  });
  return { answers, sent, clock };
}

suite('Answers', () => {
  test('name their message, in JSON, whatever its id', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.base64String(),
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('"', '\\', '\n', '\u0000', ''),
        ),
        (messageId) => {
          const { answers, sent } = answering();
          for (let i = 0; i < ANSWERS_TOGETHER; i++) answers.give(messageId, false);
          assert.deepEqual<unknown>(JSON.parse(sent[0] ?? ''), { messageId });
        },
      ),
    );
  });

  test('wait while the page has too much to consume, and go in order', () => {
    const { answers, sent } = answering();
    answers.give('a', true);
    answers.give('b', true);
    assert.isEmpty(sent);
    assert.equal(answers.sent, 0);
    answers.release(10);
    assert.deepEqual(sent, ['{"messageId":"a"}', '{"messageId":"b"}']);
    answers.release(20);
    assert.lengthOf(sent, 2);
    assert.equal(answers.sent, 2);
  });

  test('tell until when the service may have been silent because of them', () => {
    const { answers } = answering();
    assert.equal(answers.heldBackUntil(5), -Infinity);
    answers.give('a', true);
    assert.equal(answers.heldBackUntil(6), 6);
    answers.release(7);
    assert.equal(answers.heldBackUntil(9), 7);
  });

  test('that wait are forgotten with their socket', () => {
    const { answers, sent } = answering();
    answers.give('a', true);
    answers.drop();
    answers.release(10);
    assert.isEmpty(sent);
  });

  test('go together at the end of the task, in order', async () => {
    const { answers, sent, clock } = answering();
    for (const messageId of ['a', 'b', 'c']) answers.give(messageId, false);
    assert.isEmpty(sent);
    await clock.advance(0);
    assert.deepEqual(sent, ['{"messageId":"a"}', '{"messageId":"b"}', '{"messageId":"c"}']);
    assert.equal(clock.pending, 0);
  });

  test('wait for no timer once there are many: a hidden page may have none for a minute', () => {
    const { answers, sent } = answering();
    for (let i = 0; i < 10 * ANSWERS_TOGETHER + 1; i++) answers.give(String(i), false);
    assert.lengthOf(sent, 10 * ANSWERS_TOGETHER);
  });

  test('given before the page had too much to consume are not held back with the others', async () => {
    const { answers, sent, clock } = answering();
    answers.give('a', false);
    answers.give('b', true);
    answers.give('c', false);
    await clock.advance(1_000);
    assert.deepEqual(sent, ['{"messageId":"a"}']);
    answers.release(10);
    assert.lengthOf(sent, 3);
  });

  test('are not held back from a service that has sent more than its window', () => {
    const { answers, sent } = answering();
    for (let i = 0; i < 1_000; i++) answers.give('a', true);
    assert.isEmpty(sent);
    for (let i = 0; i < 100_000; i++) answers.give('a', true);
    assert.isAtLeast(sent.length, 99_000);
  });

  test('leave no timer behind when their socket goes', () => {
    const { answers, clock } = answering();
    answers.give('a', false);
    answers.drop();
    assert.equal(clock.pending, 0);
  });

  test('count only what was sent', async () => {
    const { answers, clock } = answering(false);
    answers.give('a', false);
    await clock.advance(0);
    assert.equal(answers.sent, 0);
  });
});
