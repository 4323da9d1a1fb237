import { assert } from '@open-wc/testing';
import { Announcer } from '../../src/elements/announcer.js';
import { until } from '../support/wait.js';

const merge = (text: string, others: number): string => `${text} +${others}`;

suite('one voice, and not too often', () => {
  test('the first message is said at once', () => {
    const said: string[] = [];
    const announcer = new Announcer((text) => said.push(text), merge);
    announcer.announce({ text: 'Offered', isUrgent: true });
    assert.deepEqual(said, ['Offered']);
    announcer.stop();
  });

  test('what comes in the quiet time is said after it, in one message, the urgent first', async () => {
    const said: string[] = [];
    const announcer = new Announcer((text) => said.push(text), merge, 60);
    announcer.announce({ text: 'first', isUrgent: false });
    announcer.announce({ text: 'ended', isUrgent: false });
    announcer.announce({ text: 'rings', isUrgent: true });
    announcer.announce({ text: 'on break', isUrgent: false });
    assert.deepEqual(said, ['first']);
    await until('the merged message', () => said.length > 1);
    assert.deepEqual(said, ['first', 'rings +2']);
    announcer.stop();
  });

  test('of many that wait the last is said, or the last urgent one, with how many others there were', async () => {
    for (const [last, expected] of [
      ['note 99', 'note 99 +99'],
      ['ring 2', 'ring 2 +101'],
    ] as const) {
      const said: string[] = [];
      const announcer = new Announcer((text) => said.push(text), merge, 60);
      announcer.announce({ text: 'first', isUrgent: false });
      if (last === 'ring 2') announcer.announce({ text: 'ring 1', isUrgent: true });
      if (last === 'ring 2') announcer.announce({ text: last, isUrgent: true });
      for (let i = 0; i < 100; i++) announcer.announce({ text: `note ${i}`, isUrgent: false });
      await until('the merged message', () => said.length > 1);
      assert.equal(said[1], expected);
      announcer.stop();
    }
  });

  test('after a quiet time with nothing to say, the next message is said at once again', async () => {
    const said: string[] = [];
    const announcer = new Announcer((text) => said.push(text), merge, 5);
    announcer.announce({ text: 'one', isUrgent: false });
    // Another announcer with the same quiet time, started later, has spoken twice: the first one's quiet time is over.
    const barrier: string[] = [];
    const later = new Announcer((text) => barrier.push(text), merge, 5);
    later.announce({ text: 'a', isUrgent: false });
    later.announce({ text: 'b', isUrgent: false });
    await until('the quiet time to pass', () => barrier.length > 1);
    announcer.announce({ text: 'two', isUrgent: false });
    assert.deepEqual(said, ['one', 'two']);
    announcer.stop();
    later.stop();
  });
});
