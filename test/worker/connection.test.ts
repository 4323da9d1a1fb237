/** The shell around the reducer: a socket at a time, deadlines by the clock, and nothing decided on its own. */
import { assert } from '@open-wc/testing';
import { Connection, type ConnectionHost, type Dial } from '../../src/worker/connection.js';
import { virtualPlatform, type FakeSocket, type VirtualPlatform } from './support/virtual-platform.js';

const ASK = '{"type":"isEndOfTopic"}';
const DATA = '{"messageId":"CAMQADAA","payload":""}';

interface Shell {
  readonly connection: Connection;
  readonly platform: VirtualPlatform;
  readonly calls: string[];
  /** How the next dials look. */
  dial: Dial;
  heldBackUntil: number;
  socket(): FakeSocket;
}

function shell(): Shell {
  const platform = virtualPlatform();
  const calls: string[] = [];
  const host: ConnectionHost = {
    dial: (carriesPosition) => {
      calls.push(`dial ${carriesPosition ? 'with' : 'without'}`);
      return { ...made.dial, hasPosition: made.dial.hasPosition && carriesPosition };
    },
    begin: () => calls.push('begin'),
    heldBackUntil: () => made.heldBackUntil,
    frame: (data) => {
      calls.push(`frame ${String(data)}`);
      return data === DATA;
    },
    positionUnknown: () => calls.push('position-unknown'),
    positionRefused: () => calls.push('position-refused'),
    caughtUp: () => calls.push('caught-up'),
    changed: () => undefined,
  };
  const connection = new Connection(platform, host);
  const made: Shell = {
    connection,
    platform,
    calls,
    dial: {
      url: 'wss://relay.example/r?messageId=latest',
      hasPosition: false,
      mustProve: false,
      isAtLatest: true,
    },
    heldBackUntil: -Infinity,
    socket: () => {
      const socket = platform.sockets.at(-1);
      if (socket === undefined) throw new Error('nothing was dialed');
      return socket;
    },
  };
  return made;
}

function started(): Shell {
  const made = shell();
  made.connection.dispatch({ kind: 'start', now: made.platform.now() });
  return made;
}

function live(): Shell {
  const made = started();
  made.socket().open();
  assert.equal(made.connection.status.kind, 'live');
  return made;
}

function answer({ connection, platform }: Shell): void {
  connection.dispatch({ kind: 'end-of-topic', now: platform.now(), isEnded: false });
}

const proving: Dial = {
  url: 'wss://relay.example/r?messageId=x',
  hasPosition: true,
  mustProve: true,
  isAtLatest: false,
};

suite('The connection', () => {
  test('dials, begins, and passes frames on in their order', () => {
    const { calls, socket, connection } = live();
    socket().deliver(DATA);
    socket().deliver('{}');
    assert.deepEqual(calls, ['dial with', 'begin', 'caught-up', `frame ${DATA}`, 'frame {}']);
    assert.equal(socket().binaryType, 'arraybuffer');
    assert.equal(connection.reconnects, 0);
  });

  test('asks after 25 s of silence, and leaves a service that answers alone', async () => {
    const { connection, platform, socket } = live();
    await platform.clock.advance(24_999);
    assert.isEmpty(socket().sent);
    await platform.clock.advance(1);
    assert.deepEqual(socket().sent, [ASK]);
    connection.dispatch({ kind: 'end-of-topic', now: platform.now(), isEnded: false });
    await platform.clock.advance(24_999);
    assert.deepEqual(socket().sent, [ASK]);
    assert.lengthOf(platform.sockets, 1);
  });

  test('replaces a dead socket within 36 s of its last byte, without waiting for its close', async () => {
    const { platform, socket, calls } = live();
    const dead = socket();
    dead.deliver(DATA);
    await platform.clock.advance(36_000);
    assert.lengthOf(platform.sockets, 2);
    assert.isFalse(dead.isHeld);
    const before = calls.length;
    dead.readyState = 1;
    dead.deliver(DATA);
    dead.drop();
    assert.lengthOf(calls, before, 'a late word of the dead socket was heard');
  });

  test('takes data for an answer', async () => {
    const { platform, socket } = live();
    await platform.clock.advance(30_000);
    socket().deliver(DATA);
    await platform.clock.advance(20_000);
    assert.lengthOf(platform.sockets, 1);
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
      socket().drop();
      await platform.clock.advance(dial < 2 ? 30_000 : 0);
    }
    const { status } = connection;
    assert.equal(status.kind, 'cannot-connect');
    if (status.kind !== 'cannot-connect') return;
    assert.equal(status.attempt, 3);
    assert.deepEqual(status.cause, { kind: 'never-opened' });
    assert.isAbove(status.retryAt ?? 0, platform.now());
  });

  test('survives a platform that forbids the address, and quotes no address', async () => {
    const made = shell();
    const platform = {
      ...made.platform,
      openSocket: (url: string): WebSocket => {
        throw new Error(`blocked: ${url}`);
      },
    };
    const status: string[] = [];
    const connection = new Connection(platform, {
      dial: () => ({ ...made.dial, url: 'wss://relay.example/?x-api-key=canary' }),
      begin: () => undefined,
      heldBackUntil: () => -Infinity,
      frame: () => false,
      positionUnknown: () => undefined,
      positionRefused: () => undefined,
      caughtUp: () => undefined,
      changed: () => status.push(JSON.stringify(connection.status)),
    });
    connection.dispatch({ kind: 'start', now: platform.now() });
    await made.platform.clock.advance(60_000);
    assert.include(status.join(), '"blocked"');
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
    assert.equal(connection.status.kind, 'offline');
    connection.dispatch({ kind: 'wake', now: platform.now() });
    socket().open();
    assert.equal(connection.status.kind, 'live');
  });

  test('asks at once after a wake-up, and gives a zombie 5 s', async () => {
    const { connection, platform, socket } = live();
    platform.clock.jump(1_800_000);
    connection.dispatch({ kind: 'wake', now: platform.now() });
    assert.deepEqual(socket().sent, [ASK]);
    await platform.clock.advance(10_000);
    assert.lengthOf(platform.sockets, 2);
  });

  test('says that the position is unknown after 10 s of silence and an answer', async () => {
    const made = shell();
    made.dial = proving;
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    made.socket().open();
    assert.deepEqual(made.socket().sent, [ASK]);
    answer(made);
    await made.platform.clock.advance(10_000);
    assert.deepEqual(made.socket().sent, [ASK, ASK]);
    assert.notInclude(made.calls, 'position-unknown');
    answer(made);
    await made.platform.clock.advance(0);
    assert.include(made.calls, 'position-unknown');
  });

  test('does not take its own sleep for the silence of the service', async () => {
    const made = shell();
    made.dial = proving;
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    made.socket().open();
    answer(made);
    made.platform.clock.jump(60_000);
    await made.platform.clock.advance(0);
    made.socket().deliver(DATA);
    made.connection.dispatch({ kind: 'proven', now: made.platform.now() });
    answer(made);
    await made.platform.clock.advance(5_000);
    assert.notInclude(made.calls, 'position-unknown');
    assert.lengthOf(made.platform.sockets, 1);
  });

  test('does not take a service that falls silent in the middle of a replay for an unknown position', async () => {
    const made = shell();
    made.dial = proving;
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    made.socket().open();
    made.connection.dispatch({ kind: 'end-of-topic', now: made.platform.now(), isEnded: false });
    await made.platform.clock.advance(1_000);
    made.socket().deliver(DATA);
    await made.platform.clock.advance(60_000);
    assert.notInclude(made.calls, 'position-unknown');
    assert.isAbove(made.platform.sockets.length, 1);
  });

  test('does not take the silence of a full window for an answer', async () => {
    const made = shell();
    made.dial = proving;
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    made.socket().open();
    made.connection.dispatch({ kind: 'end-of-topic', now: made.platform.now(), isEnded: false });
    made.heldBackUntil = made.platform.now() + 60_000;
    await made.platform.clock.advance(60_000);
    assert.notInclude(made.calls, 'position-unknown');
    assert.equal(made.connection.status.kind, 'catching-up');
  });

  test('has caught up half a second after the last message, once that silence is answered', async () => {
    const made = shell();
    made.dial = { ...proving, mustProve: false };
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    made.socket().open();
    for (let i = 0; i < 5; i++) {
      await made.platform.clock.advance(400);
      made.socket().deliver(DATA);
    }
    await made.platform.clock.advance(499);
    assert.isEmpty(made.socket().sent);
    await made.platform.clock.advance(1);
    assert.deepEqual(made.socket().sent, [ASK]);
    assert.deepInclude(made.connection.status, { kind: 'catching-up', taken: 5 });
    answer(made);
    await made.platform.clock.advance(0);
    assert.equal(made.connection.status.kind, 'live');
  });

  test('does not call history live because the service takes seconds to read its first message', async () => {
    const made = shell();
    made.dial = { ...proving, mustProve: false };
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    made.socket().open();
    await made.platform.clock.advance(9_999);
    assert.isEmpty(made.socket().sent);
    await made.platform.clock.advance(1);
    answer(made);
    await made.platform.clock.advance(0);
    assert.equal(made.connection.status.kind, 'live');
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
    socket().deliver(DATA);
    assert.include(calls, `frame ${DATA}`, 'the answer may overtake the last messages');
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
