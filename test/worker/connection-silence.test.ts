/** What the connection makes of silence: a dead peer, an unknown position, the end of catching up, or nothing at all. */
import { assert } from '@open-wc/testing';
import { answer, ASK, DATA, live, proving, shell, type Shell } from './support/connection-shell.js';

/** The socket opens, answers each question, and brings nothing. */
async function answerInSilence(made: Shell): Promise<void> {
  const socket = made.socket();
  socket.open();
  assert.deepEqual(socket.sent, [ASK]);
  answer(made);
  await made.platform.clock.advance(10_000);
  assert.deepEqual(socket.sent, [ASK, ASK]);
  answer(made);
  await made.platform.clock.advance(0);
}

suite('The connection, in silence', () => {
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

  test('replaces a socket that answers and brings nothing more, once', async () => {
    const made = live();
    const { connection, platform, socket } = made;
    socket().deliver(DATA);
    const causes: string[] = [];
    let answered = 0;
    const talk = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 5_000) {
        await platform.clock.advance(5_000);
        const held = socket();
        if (held.readyState === 0) {
          const { status } = connection;
          causes.push('cause' in status ? status.cause.kind : status.kind);
          held.open();
          answered = 0;
        }
        if (held.sent.length <= answered) continue;
        answered = held.sent.length;
        connection.dispatch({ kind: 'end-of-topic', now: platform.now(), isEnded: false });
      }
    };
    await talk(595_000);
    assert.lengthOf(platform.sockets, 1, 'nine minutes and more are a quiet hour of the day');
    await talk(60_000);
    assert.lengthOf(platform.sockets, 2);
    assert.isFalse(platform.sockets[0]?.isHeld);
    assert.deepEqual(causes, ['silence']);
    await talk(3_600_000);
    assert.lengthOf(platform.sockets, 2, 'the new one brought nothing new either, so the topic is quiet');
  });

  test('calls a service unstable that opens and never says a word, until it does', async () => {
    const { connection, platform, socket } = live();
    for (let session = 1; session <= 3; session++) {
      await platform.clock.advance(36_000);
      await platform.clock.advance(60_000);
      if (session < 3) assert.notEqual(connection.status.kind, 'unstable', `after session ${session}`);
      socket().open();
    }
    assert.equal(connection.status.kind, 'unstable');
    await platform.clock.advance(15_000);
    assert.equal(connection.status.kind, 'unstable', 'nothing was heard yet');
    socket().deliver(DATA);
    await platform.clock.advance(0);
    assert.equal(connection.status.kind, 'live');
  });

  test('is live again when a topic that ended has news, and dials again when that is lost', async () => {
    const { connection, platform, socket } = live();
    connection.dispatch({ kind: 'end-of-topic', now: platform.now(), isEnded: true });
    assert.equal(connection.status.kind, 'ended');
    socket().deliver(DATA);
    assert.equal(connection.status.kind, 'live');
    socket().drop();
    await platform.clock.advance(2_000);
    assert.lengthOf(platform.sockets, 2);
  });

  test('takes no answer to a question of before the silence for news of it', async () => {
    const made = shell();
    made.dial = proving;
    const { connection, platform, calls } = made;
    connection.dispatch({ kind: 'start', now: platform.now() });
    const socket = made.socket();
    socket.open();
    socket.deliver(DATA);
    // All that happens in 15 s waits for the worker, which a browser has frozen.
    platform.clock.sleep(15_000);
    answer(made);
    await platform.clock.advance(0);
    assert.notInclude(calls, 'position-unknown');
    assert.deepEqual(socket.sent, [ASK, ASK]);
    socket.deliver(DATA);
    answer(made);
    await platform.clock.advance(9_000);
    assert.notInclude(calls, 'position-unknown');
    await platform.clock.advance(1_000);
    answer(made);
    await platform.clock.advance(0);
    assert.include(calls, 'position-unknown');
  });

  test('calls a position unknown when the topic ends without it', () => {
    const made = shell();
    made.dial = proving;
    const { connection, platform, calls } = made;
    connection.dispatch({ kind: 'start', now: platform.now() });
    made.socket().open();
    connection.dispatch({ kind: 'end-of-topic', now: platform.now(), isEnded: true });
    assert.include(calls, 'position-unknown');
    assert.equal(connection.status.kind, 'ended');
  });

  test('keeps a socket that pauses after ten minutes of messages', async () => {
    const made = live();
    const { platform, socket } = made;
    for (let minute = 0; minute < 40; minute++) {
      socket().deliver(DATA);
      await platform.clock.advance(20_000);
    }
    await platform.clock.advance(10_000);
    assert.deepEqual(socket().sent, [ASK]);
    assert.lengthOf(platform.sockets, 1);
  });

  test('asks at once after a wake-up, and gives a zombie 5 s', async () => {
    const { connection, platform, socket } = live();
    platform.clock.jump(1_800_000);
    connection.dispatch({ kind: 'wake', now: platform.now() });
    assert.deepEqual(socket().sent, [ASK]);
    await platform.clock.advance(10_000);
    assert.lengthOf(platform.sockets, 2);
  });

  test('waits no longer than 5 s after a wake-up for the answer to an earlier question', async () => {
    const { connection, platform, socket } = live();
    await platform.clock.advance(26_000);
    connection.dispatch({ kind: 'wake', now: platform.now() });
    assert.deepEqual(socket().sent, [ASK], 'it has been asked');
    await platform.clock.advance(4_999);
    assert.equal(connection.status.kind, 'live');
    await platform.clock.advance(1);
    assert.equal(connection.status.kind, 'reconnecting');
  });

  test('says that the position is unknown after 10 s of silence and an answer, on two sockets in a row', async () => {
    const made = shell();
    made.dial = proving;
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    await answerInSilence(made);
    assert.lengthOf(made.platform.sockets, 2);
    assert.isFalse(made.platform.sockets[0]?.isHeld);
    assert.notInclude(made.calls, 'position-unknown');
    await answerInSilence(made);
    assert.include(made.calls, 'position-unknown');
    assert.lengthOf(made.platform.sockets, 2);
  });

  test('is live no more when the socket that took it over is silent', async () => {
    const made = live();
    made.dial = proving;
    await made.platform.clock.advance(1_000);
    const now = made.platform.now();
    made.connection.dispatch({ kind: 'handover', now, chance: 0.5, lastDataAt: now });
    assert.equal(made.connection.status.kind, 'live');
    made.socket().open();
    assert.equal(made.connection.status.kind, 'live', 'it goes on where it was');
    await answerInSilence(made);
    assert.lengthOf(made.platform.sockets, 3);
    assert.equal(made.connection.status.kind, 'reconnecting');
  });

  test('asks another socket for the position when one is silent, and believes it', async () => {
    const made = shell();
    made.dial = proving;
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    await answerInSilence(made);
    made.socket().open();
    made.socket().deliver(DATA);
    made.connection.dispatch({ kind: 'proven', now: made.platform.now() });
    made.socket().drop();
    await made.platform.clock.advance(1_000);
    await answerInSilence(made);
    assert.lengthOf(made.platform.sockets, 4, 'a socket of long ago says nothing about this one');
    assert.notInclude(made.calls, 'position-unknown');
  });

  test('forgets the silence of a position that was not carried on', async () => {
    const made = shell();
    made.dial = proving;
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    await answerInSilence(made);
    made.dial = { ...proving, mustProve: false };
    made.socket().drop();
    await made.platform.clock.advance(1_000);
    made.socket().open();
    made.dial = proving;
    made.socket().drop();
    await made.platform.clock.advance(1_000);
    await answerInSilence(made);
    assert.notInclude(made.calls, 'position-unknown');
  });

  test('needs no second socket where the first has brought something', async () => {
    const made = shell();
    made.dial = proving;
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    made.socket().open();
    made.socket().deliver(DATA);
    answer(made);
    await made.platform.clock.advance(10_000);
    answer(made);
    await made.platform.clock.advance(0);
    assert.include(made.calls, 'position-unknown');
    assert.lengthOf(made.platform.sockets, 1);
  });

  test('asks a socket after a sleep, and keeps it, whatever looks at the clock first', async () => {
    const made = live();
    const { connection, platform, socket } = made;
    socket().deliver(DATA);
    await platform.clock.advance(1_000);
    platform.clock.jump(1_800_000);
    connection.dispatch({ kind: 'room', now: platform.now() });
    await platform.clock.advance(0);
    assert.deepEqual(socket().sent, [ASK]);
    answer(made);
    await platform.clock.advance(25_000);
    assert.deepEqual(socket().sent, [ASK, ASK]);
    assert.lengthOf(platform.sockets, 1);
  });

  test('asks again after a sleep where a question was out, once, and keeps a socket that answers', async () => {
    for (const isAlive of [true, false]) {
      const made = live();
      const { platform, socket } = made;
      await platform.clock.advance(25_000);
      assert.deepEqual(socket().sent, [ASK]);
      platform.clock.jump(1_800_000);
      await platform.clock.advance(0);
      assert.deepEqual(socket().sent, [ASK, ASK]);
      if (isAlive) answer(made);
      await platform.clock.advance(4_999);
      assert.isTrue(socket().isHeld);
      await platform.clock.advance(1_001);
      assert.lengthOf(platform.sockets, isAlive ? 1 : 2);
    }
  });

  test('takes a silence of less than two minutes for the service’s, and a longer one for its own sleep', async () => {
    for (const [silentMs, sockets] of [
      [119_999, 2],
      [120_000, 1],
    ] as const) {
      const made = live();
      made.socket().deliver(DATA);
      for (let passed = 0; passed < 575_000; passed += 25_000) {
        await made.platform.clock.advance(25_000);
        answer(made);
      }
      made.platform.clock.jump(silentMs);
      await made.platform.clock.advance(0);
      assert.lengthOf(made.platform.sockets, sockets);
    }
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
    for (let passed = 0; passed < 60_000; passed += 25_000) {
      await made.platform.clock.advance(25_000);
      assert.equal(made.socket().sent.at(-1), ASK, 'the session is kept alive all the same');
      answer(made);
    }
    assert.notInclude(made.calls, 'position-unknown');
    assert.equal(made.connection.status.kind, 'catching-up');
  });

  test('finds a dead peer though its answers are held back', async () => {
    const made = live();
    made.heldBackUntil = made.platform.now() + 600_000;
    await made.platform.clock.advance(36_000);
    assert.lengthOf(made.platform.sockets, 2);
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

  test('asks half a second after a message that came with the opening, though it is unstable', async () => {
    const made = shell();
    made.dial = { ...proving, mustProve: false };
    made.connection.dispatch({ kind: 'start', now: made.platform.now() });
    for (let session = 0; session < 3; session++) {
      made.socket().open();
      made.socket().drop();
      await made.platform.clock.advance(60_000);
    }
    made.socket().open();
    assert.equal(made.connection.status.kind, 'unstable');
    made.socket().deliver(DATA);
    await made.platform.clock.advance(499);
    assert.isEmpty(made.socket().sent);
    await made.platform.clock.advance(1);
    assert.deepEqual(made.socket().sent, [ASK]);
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
});
