/** Worry: does a tab that is slow with its answers slow the others, or lose what it had no room for? */
import { assert } from '@open-wc/testing';
import { RECEIVER_QUEUE_SIZE } from '../../src/worker/reader-url.js';
import { TabWindow } from '../../src/worker/tab-window.js';
import { text } from './support/stream-page.js';

const frame = (entry: number): string => `{"messageId":"${text(3, entry)}","payload":"e30="}`;
const ANSWER = '{"endOfTopic":false}';

/** With so many messages unanswered. */
function holding(count: number): TabWindow {
  const window = new TabWindow();
  for (let entry = 0; entry < count; entry++) window.passed(frame(entry));
  return window;
}

suite('The window of a tab that shares a connection', () => {
  test('slows the others from a hundred below its end on', () => {
    assert.isFalse(holding(RECEIVER_QUEUE_SIZE - 101).slowsOthers);
    const window = holding(RECEIVER_QUEUE_SIZE - 100);
    assert.isTrue(window.slowsOthers);
    window.answered();
    assert.isFalse(window.slowsOthers);
    window.passed(frame(5_000));
    assert.isTrue(window.slowsOthers);
    window.empty();
    assert.isFalse(window.slowsOthers);
  });

  test('counts messages only, and nothing twice as answered', () => {
    const window = holding(0);
    for (let i = 0; i < 2_000; i++) window.passed(ANSWER);
    assert.isFalse(window.slowsOthers);
    assert.isUndefined(window.newest);
    for (let i = 0; i < 2_000; i++) window.answered();
    for (let entry = 0; entry < RECEIVER_QUEUE_SIZE - 100; entry++) window.passed(frame(entry));
    assert.isTrue(window.slowsOthers);
    assert.equal(window.newest, frame(RECEIVER_QUEUE_SIZE - 101));
  });

  test('passes everything on while there is room', () => {
    const window = holding(RECEIVER_QUEUE_SIZE - 1);
    for (const data of [frame(5_000), ANSWER, '{"endOfTopic":true}']) assert.equal(window.admit(data), data);
    assert.isFalse(window.mayCatchUp, 'it lacks nothing');
  });

  test('leaves messages out from its end on, until it starts over; that the service answers it still says', () => {
    const window = holding(RECEIVER_QUEUE_SIZE);
    assert.isUndefined(window.admit(frame(5_000)));
    for (let entry = 0; entry < RECEIVER_QUEUE_SIZE; entry++) window.answered();
    assert.isUndefined(window.admit(frame(5_001)), 'there would be a hole');
    assert.isUndefined(window.admit('{"type":"AUTH_CHALLENGE"}'));
    assert.equal(window.admit(ANSWER), ANSWER);
    assert.equal(window.admit('{"endOfTopic":true}'), ANSWER, 'not before it has the rest');
  });

  test('starts over when half of it is free', () => {
    const window = holding(RECEIVER_QUEUE_SIZE);
    window.admit(frame(5_000));
    for (let entry = 0; entry < RECEIVER_QUEUE_SIZE / 2; entry++) {
      assert.isFalse(window.mayCatchUp);
      window.answered();
    }
    window.answered();
    assert.isTrue(window.mayCatchUp);
  });
});
