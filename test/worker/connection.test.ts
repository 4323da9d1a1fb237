/** The shell around the reducer: a socket at a time, deadlines by the clock, and nothing decided on its own. */
import { assert } from '@open-wc/testing';
import { Connection } from '../../src/worker/connection.js';
import { ASK, DATA, live, shell, started } from './support/connection-shell.js';

function handOver(connection: Connection, now: number): void {
  connection.dispatch({ kind: 'handover', now, chance: 0.5, lastDataAt: now });
}

suite('The connection', () => {
  test('dials, begins, and passes frames on in their order', () => {
    const { calls, socket, connection } = live();
    socket().deliver(DATA);
    socket().deliver('{}');
    assert.deepEqual(calls, ['dial with', 'begin', 'caught-up', `frame ${DATA}`, 'frame {}']);
    assert.equal(connection.reconnects, 0);
  });

  test('gives a dial up after 45 s, and tries another', async () => {
    const { connection, platform, socket } = started();
    const first = socket();
    await platform.clock.advance(44_999);
    assert.isTrue(first.isHeld);
    await platform.clock.advance(1);
    assert.isFalse(first.isHeld);
    assert.equal(connection.status.kind, 'connecting');
    await platform.clock.advance(1_000);
    assert.lengthOf(platform.sockets, 2);
  });

  test('cannot connect, after three dials that came to nothing', async () => {
    const { connection, platform, socket } = started();
    for (let dial = 0; dial < 3; dial++) {
      assert.equal(connection.status.kind, 'connecting');
      socket().drop();
      await platform.clock.advance(dial < 2 ? 3_000 : 0);
    }
    const { status } = connection;
    assert.equal(status.kind, 'cannot-connect');
    if (status.kind !== 'cannot-connect') return;
    assert.equal(status.attempt, 3);
    assert.deepEqual(status.cause, { kind: 'never-opened' });
    assert.isAbove(status.retryAt ?? 0, platform.now());
  });

  test('is reconnecting once it was open, however many dials come to nothing', async () => {
    const { connection, platform, socket } = live();
    for (let dial = 1; dial <= 6; dial++) {
      socket().drop();
      assert.deepInclude(connection.status, { kind: 'reconnecting', attempt: dial });
      await platform.clock.advance(30_000);
    }
  });

  test('takes no error for the page’s that a close follows, and leaves the next dial alone', async () => {
    const { connection, platform, socket } = started();
    socket().onerror?.();
    socket().drop();
    connection.dispatch({ kind: 'retry', now: platform.now() });
    await platform.clock.advance(2_000);
    assert.lengthOf(platform.sockets, 2);
    assert.isTrue(socket().isHeld);
    socket().drop();
    connection.dispatch({ kind: 'retry', now: platform.now() });
    socket().drop();
    assert.deepInclude(connection.status, { kind: 'cannot-connect', cause: { kind: 'never-opened' } });
  });

  test('does not dial again what the page forbids, however often its tab is shown, until it is asked to', async () => {
    const { connection, platform, socket } = started();
    socket().onerror?.();
    await platform.clock.advance(1_000);
    for (let shown = 0; shown < 10; shown++) {
      connection.dispatch({ kind: 'wake', now: platform.now() });
      await platform.clock.advance(10_000);
    }
    assert.lengthOf(platform.sockets, 1);
    assert.isFalse(socket().isHeld);
    connection.dispatch({ kind: 'retry', now: platform.now() });
    assert.lengthOf(platform.sockets, 2);
    socket().onerror?.();
    await platform.clock.advance(301_000);
    assert.lengthOf(platform.sockets, 3, 'by itself after five minutes');
  });

  for (const [url, isHttps, by] of [
    ['ws://relay.example/r', true, 'mixed-content'],
    ['ws://relay.example/r', false, 'policy'],
    ['wss://relay.example/r', true, 'policy'],
    // Browsers let an https page connect to its own computer.
    ['ws://localhost:8080/r', true, 'policy'],
    ['ws://127.0.0.1:8080/r', true, 'policy'],
    ['ws://[::1]:8080/r', true, 'policy'],
  ] as const) {
    test(`names ${by} where ${isHttps ? 'an https' : 'an http'} page may not open ${url}`, async () => {
      const made = shell({ isHttps });
      made.dial = { ...made.dial, url };
      made.connection.dispatch({ kind: 'start', now: made.platform.now() });
      made.socket().onerror?.();
      await made.platform.clock.advance(1_000);
      const { status } = made.connection;
      assert.deepInclude(status, { cause: { kind: 'blocked', by, source: new URL(url).origin } });
    });
  }

  test('survives a platform that forbids the address, and quotes no address', async () => {
    const made = shell();
    const platform = {
      ...made.platform,
      openSocket: (url: string): WebSocket => {
        dials++;
        throw new Error(`blocked: ${url}`);
      },
    };
    let dials = 0;
    const status: string[] = [];
    const connection = new Connection(platform, {
      credential: (then) => void then(true),
      refused: () => undefined,
      dial: () => ({ ...made.dial, url: 'wss://relay.example/?x-api-key=canary' }),
      openSocket: ({ url }) => platform.openSocket(url),
      begin: () => undefined,
      heldBackUntil: () => -Infinity,
      canGoOn: () => true,
      frame: () => 'nothing',
      positionUnknown: () => undefined,
      positionRefused: () => undefined,
      caughtUp: () => undefined,
      slept: () => undefined,
      changed: () => status.push(JSON.stringify(connection.status)),
    });
    connection.dispatch({ kind: 'start', now: platform.now() });
    await made.platform.clock.advance(60_000);
    assert.include(status.join(), '"blocked"');
    assert.equal(dials, 1, 'a policy stays as it is');
    assert.notInclude(status.join(), 'canary');
  });

  test('tells what a browser can see of a loss', async () => {
    const { connection, socket } = live();
    socket().drop(1001, `Idle timeout expired: ${'x'.repeat(500)}`);
    const { status } = connection;
    assert.equal(status.kind, 'reconnecting');
    if (status.kind !== 'reconnecting' || status.cause.kind !== 'closed')
      return assert.fail(JSON.stringify(status));
    assert.equal(status.cause.code, 1001);
    assert.isAtMost(status.cause.reason.length, 120);
  });

  for (const hasPosition of [true, false]) {
    test(`tells of the last refusal and not of the loss before it, ${hasPosition ? 'with' : 'without'} a position`, async () => {
      const made = live();
      made.dial = { ...made.dial, hasPosition };
      made.socket().drop(1006);
      await made.platform.clock.advance(1_000);
      made.socket().drop(1006);
      assert.deepInclude(made.connection.status, { cause: { kind: 'never-opened' } });
    });
  }

  test('tells why the service went away, also while it refuses dials until it is back', async () => {
    const { connection, platform, socket } = live();
    socket().drop(1012, 'restart');
    await platform.clock.advance(8_000);
    assert.lengthOf(platform.sockets, 2);
    socket().drop(1006);
    assert.deepInclude(connection.status, { cause: { kind: 'closed', code: 1012, reason: 'restart' } });
  });

  test('dials once, however often the page wakes', async () => {
    const { connection, platform, socket } = live();
    socket().drop();
    for (let i = 0; i < 10; i++) connection.dispatch({ kind: 'wake', now: platform.now() });
    assert.lengthOf(platform.sockets, 2);
  });

  test('is offline when the browser says so and the socket is gone', async () => {
    const { connection, platform, socket } = live();
    connection.dispatch({ kind: 'offline', now: platform.now() });
    assert.equal(connection.status.kind, 'live', 'the word of the browser alone is no proof');
    assert.deepEqual(socket().sent, [ASK]);
    await platform.clock.advance(5_000);
    const { status } = connection;
    if (status.kind !== 'offline') return assert.fail(status.kind);
    assert.isAbove(status.retryAt ?? 0, platform.now());
    connection.dispatch({ kind: 'wake', now: platform.now() });
    socket().open();
    assert.equal(connection.status.kind, 'live');
  });

  test('says no time for the next dial while it waits for room', () => {
    const { connection, platform, socket } = live();
    connection.dispatch({ kind: 'no-room', now: platform.now() });
    assert.isFalse(socket().isHeld);
    assert.deepInclude(connection.status, { kind: 'reconnecting', retryAt: undefined });
  });

  test('dials at once after a hand-over, and waits where the lead changes hands within 250 ms', async () => {
    for (const [ms, sockets] of [
      [249, 1],
      [250, 2],
    ] as const) {
      const { connection, platform } = live();
      await platform.clock.advance(ms);
      handOver(connection, platform.now());
      assert.lengthOf(platform.sockets, sockets);
    }
  });

  test('is live through a hand-over that is handed over before it has proven its place', async () => {
    const made = live();
    const { connection, platform } = made;
    made.dial = { ...made.dial, hasPosition: true, mustProve: true, isAtLatest: false };
    for (let handovers = 0; handovers < 3; handovers++) {
      await platform.clock.advance(1_000);
      handOver(connection, platform.now());
      assert.equal(connection.status.kind, 'live');
      made.socket().open();
      assert.equal(connection.status.kind, 'live');
    }
  });

  test('is live for the 5 s that a hand-over may take, and then reconnecting', async () => {
    const { connection, platform, socket } = live();
    await platform.clock.advance(1_000);
    handOver(connection, platform.now());
    await platform.clock.advance(4_999);
    assert.equal(connection.status.kind, 'live');
    assert.isTrue(socket().isHeld);
    await platform.clock.advance(1);
    assert.equal(connection.status.kind, 'reconnecting');
    assert.isFalse(socket().isHeld);
  });

  test('sends nothing without an open socket', () => {
    const { connection, socket } = started();
    assert.isFalse(connection.send('{}'));
    socket().open();
    assert.isTrue(connection.send('{}'));
    socket().drop();
    assert.isFalse(connection.send('{}'));
  });

  test('starts over when told to, on a socket of its own', async () => {
    const { connection, platform, socket } = live();
    const first = socket();
    connection.redial();
    assert.isFalse(first.isHeld);
    await platform.clock.advance(1_000);
    assert.lengthOf(platform.sockets, 2);
  });

  test('keeps the socket of an ended topic, and dials no other', async () => {
    const { connection, platform, socket, calls } = live();
    connection.dispatch({ kind: 'end-of-topic', now: platform.now(), isEnded: true });
    socket().deliver('a copy');
    assert.include(calls, 'frame a copy', 'it is read, and may bring news');
    socket().drop();
    await platform.clock.advance(600_000);
    assert.lengthOf(platform.sockets, 1);
    assert.equal(connection.status.kind, 'ended');
  });

  test('holds no socket and no timer once stopped', async () => {
    const { connection, platform, socket } = live();
    connection.dispatch({ kind: 'stop', now: platform.now() });
    assert.isFalse(socket().isHeld);
    assert.equal(platform.clock.pending, 0);
  });
});
