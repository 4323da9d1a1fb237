/** Worry: when is a quiet session closed, and what counts as a sign of life? */
import { strict as assert } from 'node:assert';
import { suite, test } from 'node:test';
import { needsOwnService, useService } from '../support/service/use-service.js';
import type { Subscriber } from '../support/service/subscriber.js';

const IDLE_TIMEOUT_MS = 2000;

suite('idle sessions', { skip: needsOwnService() }, () => {
  const file = useService({ idleTimeoutMs: IDLE_TIMEOUT_MS, skip: needsOwnService() });

  test('a session without any frame is closed with 1001 when the idle timeout is over', async () => {
    const start = Date.now();
    const reader = await file.service.reader(file.freshTopic());
    const { code, reason } = await reader.waitForClose();
    assert.equal(code, 1001);
    assert.match(reason, new RegExp(`Idle timeout expired: \\d+/${IDLE_TIMEOUT_MS} ms`));
    assert.ok(Date.now() - start >= IDLE_TIMEOUT_MS - 50, `closed after ${Date.now() - start} ms`);
  });

  test('an idle consumer and an idle producer are closed with 1001 as well', async () => {
    const consumer = await file.service.consumer(file.freshTopic(), 's');
    const publisher = await file.service.publisher(file.freshTopic());
    assert.equal((await consumer.waitForClose()).code, 1001);
    assert.equal((await publisher.socket.waitForClose()).code, 1001);
  });

  test('a session that only asks isEndOfTopic stays open', async () => {
    const reader = await file.service.reader(file.freshTopic());
    await forTwoTimeouts(async () => {
      await reader.askEndOfTopic();
    });
    assert.equal(reader.socket.closeInfo, undefined);
  });

  test('a session that only receives stays open', async () => {
    const topic = file.freshTopic();
    const reader = await file.service.reader(topic);
    const publisher = await file.service.publisher(topic);
    let published = 0;
    await forTwoTimeouts(async () => {
      await publisher.publishOne(String(published));
      published += 1;
      await reader.waitFor(published);
    });
    assert.equal(reader.socket.closeInfo, undefined);
  });

  test('a session that only sends ping frames stays open, and each is answered with a pong', async () => {
    const reader = await file.service.reader(file.freshTopic());
    await forTwoTimeouts(() => reader.socket.ping());
    assert.equal(reader.socket.closeInfo, undefined);
  });

  /**
   * Repeats a sign of life four times per idle timeout until the service has closed two silent sessions, one
   * after the other: by its own clock two timeouts have passed then.
   */
  async function forTwoTimeouts(signOfLife: () => Promise<void>): Promise<void> {
    const silences = (async () => {
      for (let count = 0; count < 2; count += 1) {
        const silent: Subscriber = await file.service.reader(file.freshTopic());
        await silent.waitForClose();
      }
      return 'over' as const;
    })();
    let state: 'over' | 'on' = 'on';
    while (state === 'on') {
      await signOfLife();
      state = await Promise.race([silences, pause(IDLE_TIMEOUT_MS / 4)]);
    }
  }
});

function pause(durationMs: number): Promise<'on'> {
  return new Promise((resolve) => setTimeout(() => resolve('on'), durationMs));
}
