/** The lock of the lead: whatever is granted too late, or twice, is not kept. */
import { assert } from '@open-wc/testing';
import { TabLock } from '../../src/worker/tab-lock.js';
import { settle } from './support/virtual-platform.js';

interface Request {
  readonly name: string;
  readonly options: LockOptions;
  /** Returns what the lock is held for; `undefined`: it is not kept. */
  readonly grant: () => unknown;
  readonly fail: () => void;
}

function bench(): {
  readonly lock: TabLock;
  readonly requests: readonly Request[];
  readonly heard: string[];
} {
  const requests: Request[] = [];
  const heard: string[] = [];
  const request = (name: string, options: LockOptions, callback: () => unknown): Promise<unknown> =>
    new Promise((_resolve, reject) => {
      requests.push({
        name,
        options,
        grant: callback,
        fail: () => reject(new DOMException('', 'AbortError')),
      });
    });
  const lock = new TabLock({ request } as unknown as LockManager, 'a topic', {
    granted: () => heard.push('granted'),
    lost: () => heard.push('lost'),
  });
  return { lock, requests, heard };
}

suite('The lock of the lead', () => {
  test('is asked for by the name of the stream, and held until it is given back', async () => {
    const { lock, requests, heard } = bench();
    await settle();
    assert.equal(requests[0]?.name, 'a topic');
    let isOver = false;
    void Promise.resolve(requests[0]?.grant()).then(() => (isOver = true));
    assert.isTrue(lock.isHeld);
    assert.deepEqual(heard, ['granted']);
    await settle();
    assert.isFalse(isOver);
    lock.free();
    await settle();
    assert.isTrue(isOver);
    assert.isFalse(lock.isHeld);
  });

  test('leaves the queue when it is given back unheld, and nobody hears of it', async () => {
    const { lock, requests, heard } = bench();
    await settle();
    lock.free();
    assert.isTrue(requests[0]?.options.signal?.aborted);
    requests[0]?.fail();
    await settle();
    assert.isEmpty(heard);
  });

  test('is not kept where it is granted after it was given back', async () => {
    const { lock, requests, heard } = bench();
    await settle();
    lock.steal();
    await settle();
    assert.isTrue(requests[1]?.options.steal);
    assert.isTrue(requests[0]?.options.signal?.aborted, 'its turn would come a second time');
    lock.free();
    assert.isUndefined(requests[1]?.grant());
    assert.isFalse(lock.isHeld);
    assert.isEmpty(heard);
  });

  test('is stolen neither by who holds it nor by who has gone', async () => {
    const holder = bench();
    await settle();
    void holder.requests[0]?.grant();
    holder.lock.steal();
    const gone = bench();
    await settle();
    gone.lock.free();
    gone.lock.steal();
    await settle();
    assert.lengthOf(holder.requests, 1);
    assert.lengthOf(gone.requests, 1);
  });

  test('is held no more once another tab has stolen it', async () => {
    const { lock, requests, heard } = bench();
    await settle();
    void requests[0]?.grant();
    requests[0]?.fail();
    await settle();
    assert.deepEqual(heard, ['granted', 'lost']);
    assert.isFalse(lock.isHeld);
  });
});
