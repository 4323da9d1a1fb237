/** Worry: does a leader tell the others everything, once, and nothing where nobody listens? */
import { assert } from '@open-wc/testing';
import type { TabMessage } from '../../src/worker/tab-messages.js';
import { LISTENER_LIMIT_MS, TabRelay } from '../../src/worker/tab-relay.js';
import { text } from './support/stream-page.js';
import { virtualPlatform, type VirtualPlatform } from './support/virtual-platform.js';

interface Bench {
  readonly relay: TabRelay;
  readonly platform: VirtualPlatform;
  readonly posted: TabMessage[];
  /** The frames posted, as runs of entries with the number of the first. */
  runs(): readonly (readonly [number, number])[];
}

const frame = (entry: number): string => `{"messageId":"${text(3, entry)}","payload":"e30="}`;

function bench(): Bench {
  const platform = virtualPlatform();
  const posted: TabMessage[] = [];
  const relay = new TabRelay(platform, 's', text(3, 0), (message) => posted.push(message));
  relay.isLeading = true;
  const runs = (): readonly (readonly [number, number])[] =>
    posted.flatMap((message) =>
      message.kind === 'frames' ? [[message.next, message.frames.length] as const] : [],
    );
  return { relay, platform, posted, runs };
}

suite('What a leader relays', () => {
  test('is nothing while nobody listens, or has not for 90 s', async () => {
    const { relay, platform, runs } = bench();
    relay.take(frame(1));
    await platform.clock.advance(100);
    assert.isEmpty(runs());
    relay.hear({ kind: 'ping' }, frame(1));
    assert.isTrue(relay.hasListeners);
    await platform.clock.advance(LISTENER_LIMIT_MS - 1);
    relay.take(frame(2));
    await platform.clock.advance(1);
    assert.deepEqual(runs(), [[1, 1]]);
    assert.isFalse(relay.hasListeners);
    relay.take(frame(3));
    await platform.clock.advance(100);
    assert.lengthOf(runs(), 1);
  });

  test('goes out by the hundred, numbered without a hole, and the rest with the task', async () => {
    const { relay, platform, runs } = bench();
    relay.take(frame(1));
    relay.hear({ kind: 'ping' }, frame(1));
    for (let entry = 2; entry <= 251; entry++) relay.take(frame(entry));
    assert.deepEqual(runs(), [
      [1, 100],
      [101, 100],
    ]);
    await platform.clock.advance(0);
    assert.deepEqual(runs().at(-1), [201, 50]);
    assert.equal(platform.clock.pending, 0);
  });

  test('comes before the word how far the leader is', () => {
    const { relay, posted } = bench();
    relay.take(frame(1));
    relay.hear({ kind: 'ping' }, frame(1));
    relay.take(frame(2));
    relay.hear({ kind: 'ping' }, frame(2));
    assert.deepEqual(
      posted.slice(-2).map((message) => [message.kind, 'next' in message ? message.next : -1]),
      [
        ['frames', 1],
        ['leader', 2],
      ],
    );
  });

  test('reaches a tab that attaches once: with what it lacked, or after it', async () => {
    const { relay, platform, posted, runs } = bench();
    relay.take(frame(1));
    relay.hear({ kind: 'ping' }, frame(1));
    relay.take(frame(2));
    relay.hear({ kind: 'attach', from: 'b', after: text(3, 1) }, frame(2));
    const attached = posted.findLast((message) => message.kind === 'attached');
    assert.deepEqual(attached, {
      kind: 'attached',
      session: 's',
      to: 'b',
      next: 2,
      frames: [frame(2)],
      last: undefined,
    });
    relay.take(frame(3));
    await platform.clock.advance(0);
    assert.deepEqual(runs(), [
      [1, 1],
      [2, 1],
    ]);
  });

  test('is the end of the topic to all who ask, until something comes after it', () => {
    const { relay, posted } = bench();
    relay.take(frame(1));
    relay.hear({ kind: 'ping' }, frame(1));
    relay.take('{"endOfTopic":false}');
    assert.isFalse(relay.sayEnd(), 'it has not ended');
    relay.take('{"endOfTopic":true}');
    assert.isTrue(relay.sayEnd());
    const said = posted.flatMap((message) => (message.kind === 'frames' ? message.frames : []));
    assert.deepEqual(said.slice(-2), ['{"endOfTopic":true}', '{"endOfTopic":true}']);
    relay.take('{"type":"AUTH_CHALLENGE"}');
    assert.isTrue(relay.sayEnd());
    relay.take(frame(2));
    assert.isFalse(relay.sayEnd(), 'it was made anew');
  });

  test('is told that a leader is there before its first frame, and once it has one', () => {
    const { relay, posted } = bench();
    relay.hear({ kind: 'attach', from: 'b', after: text(3, 1) }, undefined);
    assert.deepEqual(posted, [{ kind: 'leader', session: 's', isReady: false, next: 0 }]);
    relay.take(frame(1));
    assert.deepEqual(posted.at(-1), { kind: 'leader', session: 's', isReady: true, next: 1 });
  });

  test('leaves no timer at its end', () => {
    const { relay, platform } = bench();
    relay.hear({ kind: 'ping' }, undefined);
    relay.take(frame(1));
    assert.equal(platform.clock.pending, 1);
    relay.end();
    assert.equal(platform.clock.pending, 0);
  });
});
