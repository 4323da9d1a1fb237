import { assert } from '@open-wc/testing';
import { nextFrame } from '../../src/client/frame.js';
import { macrotask } from '../../src/client/macrotask.js';
import { pageTime, timeLimit } from '../../src/client/page-time.js';
import { ManualTime } from './support/manual-time.js';
import { within } from './support/wait.js';

suite('frame', () => {
  test('its cost includes what other callbacks of the same frame take, after ours', async () => {
    const frame = nextFrame(pageTime);
    requestAnimationFrame(() => {
      const end = performance.now() + 30;
      while (performance.now() < end);
    });
    // Engines round their clocks to a millisecond.
    assert.isAtLeast(await within('a frame', frame), 28);
  });

  test('a hidden page does not wait for a frame', async () => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    const original = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = () => {
      throw new Error('a hidden page has no frames');
    };
    try {
      assert.equal(await within('the answer', nextFrame(new ManualTime())), 0);
    } finally {
      globalThis.requestAnimationFrame = original;
      Reflect.deleteProperty(document, 'visibilityState');
    }
  });

  test('a visible page without frames waits a quarter of a second', async () => {
    const original = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = () => 0;
    const time = new ManualTime();
    try {
      const frame = nextFrame(time);
      await time.advance(250);
      assert.equal(await within('the answer', frame), 0);
    } finally {
      globalThis.requestAnimationFrame = original;
    }
  });

  for (const visibilityState of ['visible', 'hidden'] as const) {
    test(`a ${visibilityState} page whose task does not come is waited for a quarter of a second`, async () => {
      const { requestAnimationFrame, MessageChannel } = globalThis;
      const time = new ManualTime();
      const deaf = { postMessage: () => undefined };
      Object.assign(globalThis, {
        requestAnimationFrame: (callback: FrameRequestCallback) => {
          callback(0);
          return 1;
        },
        MessageChannel: class {
          readonly port1 = deaf;
          readonly port2 = deaf;
        },
      });
      Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
      const frame = nextFrame(time);
      Reflect.deleteProperty(document, 'visibilityState');
      Object.assign(globalThis, { requestAnimationFrame, MessageChannel });
      await time.advance(250);
      // It may have been that long.
      assert.equal(await within('the answer', frame), visibilityState === 'hidden' ? 0 : 250);
    });
  }

  test('a page whose requestAnimationFrame throws hears of it nowhere', async () => {
    const original = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = () => {
      throw new Error('replaced');
    };
    const time = new ManualTime();
    try {
      const outcome = nextFrame(time).catch(() => 'no frame');
      await time.advance(250);
      assert.equal(await within('the outcome', outcome), 'no frame');
    } finally {
      globalThis.requestAnimationFrame = original;
    }
  });

  test('a macrotask comes after all microtasks', async () => {
    const order: string[] = [];
    await within(
      'the task',
      new Promise<void>((resolve) => {
        macrotask(() => {
          order.push('task');
          resolve();
        });
        void Promise.resolve()
          .then(() => Promise.resolve())
          .then(() => order.push('microtask'));
      }),
    );
    assert.deepEqual(order, ['microtask', 'task']);
  });

  test('a time limit counts a long block as one piece of four', async () => {
    const time = new ManualTime();
    let isOver = false;
    timeLimit(time, 1000, () => {
      isOver = true;
    });
    time.block(60_000);
    await time.advance(749);
    assert.isFalse(isOver);
    await time.advance(1);
    assert.isTrue(isOver);
  });

  test('a time limit that is called off leaves no timer', async () => {
    const time = new ManualTime();
    const callOff = timeLimit(time, 1000, () => assert.fail('called back'));
    await time.advance(600);
    callOff();
    assert.equal(time.pendingTimers, 0);
  });
});
