import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { Answers } from '../../src/worker/answers.js';

function answering(isOpen = true): { readonly answers: Answers; readonly sent: readonly string[] } {
  const sent: string[] = [];
  const answers = new Answers((text) => {
    if (isOpen) sent.push(text);
    return isOpen;
  });
  return { answers, sent };
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
          answers.give(messageId, false);
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

  test('count only what was sent', () => {
    const { answers } = answering(false);
    answers.give('a', false);
    assert.equal(answers.sent, 0);
  });
});
