/** Worry: does each fault do what the protocol page says, strike only what it names, and end when it should? */
import { strict as assert } from 'node:assert';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import { CORRUPTIONS } from '../../demo/server/corrupt-frame.js';
import { numbers, useStandIn } from './stand-in.js';

suite('faults', () => {
  const standIn = useStandIn();

  test('what is no fault is answered with 400 and one plain sentence', async () => {
    for (const [body, words] of [
      ['not json', /one JSON object/],
      ['[]', /one JSON object/],
      [{}, /must be one of refuse/],
      [{ fault: 'explode' }, /got "explode"/],
      [{ fault: 'refuse' }, /"status" must be one of 401/],
      [{ fault: 'refuse', status: 418 }, /got 418/],
      [{ fault: 'refuse', status: 401, count: 0 }, /"count" must be a whole number from 1/],
      [{ fault: 'delay' }, /needs "ms"/],
      [{ fault: 'refuse-connections' }, /needs "forMs"/],
      [{ fault: 'stall', topic: 'nonsense' }, /"topic" must be tenant\/namespace\/topic; got "nonsense"/],
      [{ fault: 'stall', kind: 'reeder' }, /"kind" must be one of reader/],
      [{ fault: 'stall', tpoic: 'a/b/c' }, /knows no field "tpoic"/],
      [{ fault: 'corrupt-next', how: 'badly' }, /"how" must be one of broken-json/],
    ] as const) {
      const { status, body: answer } = await standIn.fault(body);
      assert.equal(status, 400, JSON.stringify(body));
      assert.match(answer.reason ?? '', words);
    }
  });

  test('refuse answers so many handshakes with its status, on its topic and kind only', async () => {
    const topic = standIn.freshTopic();
    const other = standIn.freshTopic();
    await standIn.fault({ fault: 'refuse', status: 503, count: 2, topic, kind: 'reader' });
    const reader = { kind: 'reader', topic } as const;
    assert.equal(await standIn.statusOf({ kind: 'reader', topic: other }), 101);
    assert.equal(await standIn.statusOf({ kind: 'producer', topic }), 101);
    assert.deepEqual(
      [await standIn.statusOf(reader), await standIn.statusOf(reader), await standIn.statusOf(reader)],
      [503, 503, 101],
    );
    const state = await standIn.state(topic);
    assert.deepEqual(
      state.handshakes.map(({ status }) => status),
      [101, 503, 503, 101],
    );
  });

  test('refuse without a kind leaves producers alone', async () => {
    const topic = standIn.freshTopic();
    await standIn.fault({ fault: 'refuse', status: 401, topic });
    assert.equal(await standIn.statusOf({ kind: 'producer', topic }), 101);
    assert.equal(await standIn.statusOf({ kind: 'reader', topic }), 401);
  });

  test('clear ends the faults of its topic and no other', async () => {
    const topic = standIn.freshTopic();
    const other = standIn.freshTopic();
    await standIn.fault({ fault: 'refuse', status: 404, topic });
    await standIn.fault({ fault: 'refuse', status: 404, topic: other });
    await standIn.fault({ fault: 'clear', topic });
    assert.equal(await standIn.statusOf({ kind: 'reader', topic }), 101);
    assert.equal(await standIn.statusOf({ kind: 'reader', topic: other }), 404);
  });

  test('a handshake left hanging gets no byte, and ends with clear', async () => {
    const topic = standIn.freshTopic();
    await standIn.fault({ fault: 'hang', topic });
    const { hostname, port } = new URL(standIn.service.origin);
    const socket = connect(Number(port), hostname);
    let received = 0;
    socket.on('data', (data) => (received += data.length));
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.write(
      `GET /ws/v2/reader/persistent/${topic} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await until('the handshake is seen', async () => (await observed(topic)) === 1);
    await standIn.fault({ fault: 'clear', topic });
    await ended;
    assert.equal(received, 0);
    assert.deepEqual(
      (await standIn.state(topic)).handshakes.map(({ status }) => status),
      [0],
    );
  });

  test('drop without a code ends the socket without a close frame', async () => {
    const topic = standIn.freshTopic();
    const reader = await standIn.reader(topic);
    const other = await standIn.reader(standIn.freshTopic());
    assert.equal((await standIn.fault({ fault: 'drop', topic })).body.sessions, 1);
    assert.equal((await reader.waitForClose()).code, 1006);
    assert.equal(await other.askEndOfTopic(), false);
  });

  test('drop with a code sends it, also an empty close frame', async () => {
    for (const [code, reason] of [
      [1001, 'going away'],
      [1012, ''],
      [4401, 'no more'],
      [1005, ''],
    ] as const) {
      const topic = standIn.freshTopic();
      const reader = await standIn.reader(topic);
      await standIn.fault({ fault: 'drop', code, reason, topic });
      assert.deepEqual(await reader.waitForClose(), { code, reason });
    }
  });

  test('drop after so many messages lets the last of them arrive', async () => {
    const topic = standIn.freshTopic();
    const publisher = await standIn.publisher(topic);
    await publisher.publish(numbers(10));
    await standIn.fault({ fault: 'drop', afterMessages: 7, topic });
    const reader = await standIn.reader(topic, { messageId: 'earliest' });
    assert.equal((await reader.waitForClose()).code, 1006);
    assert.deepEqual(reader.texts, numbers(7));
    // It strikes once.
    const again = await standIn.reader(topic, { messageId: 'earliest' });
    assert.equal((await again.waitFor(10)).length, 10);
  });

  test('stall holds the sockets open now, both ways, and new ones work', async () => {
    const topic = standIn.freshTopic();
    const publisher = await standIn.publisher(topic);
    const reader = await standIn.reader(topic, { receiverQueueSize: 3 });
    assert.equal((await standIn.fault({ fault: 'stall', topic })).body.sessions, 1);
    await publisher.publish(numbers(5));
    const second = await standIn.reader(topic, { messageId: 'earliest' });
    await second.waitFor(5);
    const waiting = reader.askEndOfTopic();
    // The answers below have travelled the same way as anything the first reader could have got.
    assert.equal(await second.askEndOfTopic(), false);
    assert.deepEqual(reader.texts, []);
    const [stalled] = (await standIn.state(topic)).sessions.filter(({ kind }) => kind === 'reader');
    assert.equal(stalled?.framesReceived, 0, 'its question is not read');
    await standIn.fault({ fault: 'clear', topic });
    assert.equal(await waiting, false);
    await reader.waitFor(3);
    assert.deepEqual(reader.texts, numbers(3));
  });

  test('stall for a time ends by itself', async () => {
    const topic = standIn.freshTopic();
    const reader = await standIn.reader(topic);
    await standIn.fault({ fault: 'stall', forMs: 150, topic });
    const started = performance.now();
    assert.equal(await reader.askEndOfTopic(), false);
    assert.ok(performance.now() - started >= 100);
  });

  test('delay holds every frame back by its time, in order', async () => {
    const topic = standIn.freshTopic();
    const publisher = await standIn.publisher(topic);
    await standIn.fault({ fault: 'delay', ms: 200, topic });
    const reader = await standIn.reader(topic);
    const started = performance.now();
    await publisher.publish(numbers(20));
    const first = performance.now();
    await reader.waitFor(20);
    assert.ok(performance.now() - started >= 190, `${performance.now() - started} ms`);
    assert.ok(first - started < 190, 'the producer is not delayed');
    assert.deepEqual(reader.texts, numbers(20));
    await standIn.fault({ fault: 'clear', topic });
    const later = performance.now();
    await publisher.publish(['last']);
    await reader.waitFor(21);
    assert.ok(performance.now() - later < 190);
  });

  test('each corruption strikes the next message only, and its id stays right', async () => {
    for (const how of CORRUPTIONS.filter((each) => each !== 'invalid-utf8-frame')) {
      const topic = standIn.freshTopic();
      const publisher = await standIn.publisher(topic);
      const [id] = await publisher.publish(['{"i":0}', '{"i":1}']);
      await standIn.fault({ fault: 'corrupt-next', how, topic });
      const spoilt = await standIn.reader(topic, { messageId: 'earliest' });
      const good = how === 'unknown-type' || how === 'binary';
      await spoilt.socket.waitUntil(
        'two messages',
        () => spoilt.socket.frames.length >= (how === 'unknown-type' ? 3 : 2),
      );
      const [first = ''] = spoilt.socket.frames;
      switch (how) {
        case 'broken-json':
        case 'truncated':
          assert.throws(() => JSON.parse(first), how);
          break;
        case 'not-an-object':
          assert.ok(Array.isArray(JSON.parse(first)));
          break;
        case 'no-message-id':
          assert.equal(JSON.parse(first).messageId, undefined);
          break;
        case 'bad-base64':
        case 'invalid-utf8':
        case 'not-json':
        case 'json-array':
          assert.equal(JSON.parse(first).messageId, id, how);
          assert.notEqual(JSON.parse(first).payload, Buffer.from('{"i":0}').toString('base64'));
          break;
        case 'unknown-type':
          assert.deepEqual(JSON.parse(first), { type: 'AUTH_CHALLENGE', challenge: {} });
          break;
        case 'binary':
          assert.equal(JSON.parse(first).messageId, id);
          break;
        default:
          how satisfies never;
      }
      if (!good) {
        assert.equal(
          Buffer.from(JSON.parse(spoilt.socket.frames[1] ?? '').payload, 'base64').toString(),
          '{"i":1}',
        );
      }
      const later = await standIn.reader(topic, { messageId: 'earliest' });
      await later.waitFor(2);
      assert.deepEqual(later.texts, ['{"i":0}', '{"i":1}'], how);
    }
  });

  test('a text frame that is not UTF-8 makes the client end the connection', async () => {
    const topic = standIn.freshTopic();
    const reader = await standIn.reader(topic);
    const publisher = await standIn.publisher(topic);
    await standIn.fault({ fault: 'corrupt-next', how: 'invalid-utf8-frame', topic });
    await publisher.publish(['x']);
    // RFC 6455 asks for 1007; a client that hangs up at once reports 1006.
    assert.ok([1006, 1007].includes((await reader.waitForClose()).code));
  });

  test('refuse-connections closes the port for a time and leaves open sockets alone', async () => {
    const topic = standIn.freshTopic();
    const reader = await standIn.reader(topic);
    const { origin } = standIn.service;
    await standIn.fault({ fault: 'refuse-connections', forMs: 300 });
    await until('the port is closed', async () => !(await isListening(origin)));
    assert.equal(await reader.askEndOfTopic(), false);
    await until('the port is open again', () => isListening(origin));
    assert.equal(await standIn.statusOf({ kind: 'reader', topic }), 101);
  });

  test('restart drops every socket and comes back on its port with everything confirmed', async () => {
    const topic = standIn.freshTopic();
    const publisher = await standIn.publisher(topic);
    const ids = await publisher.publish(numbers(3));
    const reader = await standIn.reader(topic);
    await standIn.fault({ fault: 'restart' });
    assert.equal((await reader.waitForClose()).code, 1006);
    assert.equal((await publisher.socket.waitForClose()).code, 1006);
    await until('it listens again', () => isListening(standIn.service.origin));
    const after = await standIn.reader(topic, { messageId: ids[0] ?? '' });
    await after.waitFor(2);
    const again = await standIn.publisher(topic);
    const [newId = ''] = await again.publish(['3']);
    await after.waitFor(3);
    assert.deepEqual(after.texts, numbers(3, 1));
    assert.notEqual(newId.slice(0, 3), (ids[0] ?? '').slice(0, 3), 'the ledger has rolled');
  });

  test('a page may call the door and the admin calls', async () => {
    for (const path of ['/_faults', '/admin/v2/brokers/health']) {
      const preflight = await fetch(`${standIn.service.origin}${path}`, { method: 'OPTIONS' });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
      assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /POST/);
    }
    const health = await fetch(`${standIn.service.origin}/admin/v2/brokers/health`);
    assert.equal(await health.text(), 'ok');
    assert.equal(health.headers.get('access-control-allow-origin'), '*');
  });

  async function observed(topic: string): Promise<number> {
    try {
      return (await standIn.state(topic)).handshakeCount;
    } catch {
      // Nothing was seen on the topic so far.
      return 0;
    }
  }
});

async function isListening(origin: string): Promise<boolean> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function until(what: string, isMet: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!(await isMet())) {
    if (performance.now() > deadline) {
      throw new Error(`Waited 5 s in vain until ${what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
