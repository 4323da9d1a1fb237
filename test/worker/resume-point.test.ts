import { assert } from '@open-wc/testing';
import { formatMessageId } from '../../src/worker/message-id.js';
import { resumePoint } from '../../src/worker/resume-point.js';

const text = (entry: number): string => formatMessageId({ ledger: 3, entry, partition: -1, batchIndex: -1 });
const stored = { messageId: text(5), publishTime: 500 };

suite('The resume point', () => {
  test('is nothing on a first visit', () => assert.isUndefined(resumePoint(undefined, undefined, 900)));

  test('is what was stored, in a new tab', () =>
    assert.deepEqual(resumePoint(stored, undefined, 900), stored));

  test('is the hand-over, whose id is exact and whose time is a guess, after a reload', () => {
    assert.deepEqual(resumePoint(stored, text(7), 900), { messageId: text(7), publishTime: 500.5 });
  });

  test('is what was stored, with its time, where the hand-over names the same', () => {
    assert.deepEqual(resumePoint(stored, text(5), 900), stored);
  });

  test('is the hand-over even where another tab has moved the stored position on', () => {
    assert.equal(resumePoint(stored, text(2), 900)?.messageId, text(2));
  });

  test('is the hand-over where nothing could be stored', () => {
    assert.deepEqual(resumePoint(undefined, text(7), 900), { messageId: text(7), publishTime: 900.5 });
  });

  test('is not a hand-over that is no message id', () => {
    assert.deepEqual(resumePoint(stored, '<script>', 900), stored);
  });
});
