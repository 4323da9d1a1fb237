/** Worry: does the proxy send a client again what a service never would: what it has not had, or what has holes? */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { suite, test } from 'node:test';
import WebSocket, { WebSocketServer } from 'ws';
import { FaultProxy } from '../support/faults/proxy/fault-proxy.js';
import { encodeMessageId } from '../support/service/message-id.js';

const idOf = (entry: number): string => encodeMessageId({ ledgerId: 1n, entryId: BigInt(entry) });
const ENTRIES = new Map(Array.from({ length: 40 }, (_, entry) => [idOf(entry), entry]));

/** A reader that answers all that it can name, and writes down the entries (`?` for a message without a name). */
class Reader {
  readonly had: (number | '?')[] = [];
  readonly #socket: WebSocket;
  readonly #mayAnswer: boolean;

  constructor(base: string, after: number, mayAnswer = true) {
    const query = new URLSearchParams({ messageId: idOf(after) });
    this.#mayAnswer = mayAnswer;
    this.#socket = new WebSocket(`${base}/ws/v2/reader/persistent/a/b/c?${query}`);
    this.#socket.on('error', () => undefined);
    this.#socket.on('message', (data: Buffer) => {
      const [, messageId = ''] = /^\{"messageId":"([^"]+)".*[^,]\}$/.exec(data.toString()) ?? [];
      this.had.push(ENTRIES.get(messageId) ?? '?');
      if (this.#mayAnswer) this.#socket.send(JSON.stringify({ messageId }));
    });
  }

  /** What was sent has come, is answered, and the proxy has read the answers; or the connection has ended. */
  async settled(): Promise<void> {
    const ended = new Promise((resolve) => this.#socket.once('close', resolve));
    if (this.#socket.readyState === WebSocket.CONNECTING)
      await Promise.race([once(this.#socket, 'open'), ended]);
    // Frames come in order: behind the first pong lies all that was sent, behind the second the answers to it.
    for (let round = 0; round < 2 && this.#socket.readyState === WebSocket.OPEN; round++) {
      const pong = once(this.#socket, 'pong');
      this.#socket.ping();
      await Promise.race([pong, ended]);
    }
  }

  close(): void {
    this.#socket.close();
  }
}

/** A service that sends each reader `count` messages after the one that it names. */
async function withProxy(
  count: () => number,
  body: (open: (after: number, mayAnswer?: boolean) => Promise<Reader>, proxy: FaultProxy) => Promise<void>,
): Promise<void> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket, { url = '' }) => {
    const after = new URL(url, 'http://localhost').searchParams.get('messageId') ?? '';
    const first = (ENTRIES.get(after) ?? 0) + 1;
    for (let entry = first; entry < first + count(); entry++)
      socket.send(JSON.stringify({ messageId: idOf(entry), payload: '' }));
  });
  const proxy = await FaultProxy.open({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  const readers: Reader[] = [];
  try {
    await body(async (after, mayAnswer) => {
      const reader = new Reader(`ws://127.0.0.1:${proxy.state.port}`, after, mayAnswer);
      readers.push(reader);
      await reader.settled();
      return reader;
    }, proxy);
  } finally {
    for (const reader of readers) reader.close();
    await proxy.close();
    for (const client of server.clients) client.terminate();
    server.close();
  }
}

suite('what comes again through the proxy', () => {
  test('on the same socket is what that socket has brought, whatever another one of that address has', () =>
    withProxy(
      () => 3,
      async (open, proxy) => {
        const [old, young] = [await open(0), await open(20)];
        await proxy.perform({ fault: 'replay', when: 'now', count: 2 });
        await Promise.all([old.settled(), young.settled()]);
        assert.deepEqual(old.had, [1, 2, 3, 2, 3]);
        assert.deepEqual(young.had, [21, 22, 23, 22, 23]);
      },
    ));

  test('on the same socket has no hole before what comes next, answered or not', () =>
    withProxy(
      () => 3,
      async (open, proxy) => {
        const silent = await open(0, false);
        await proxy.perform({ fault: 'replay', when: 'now', count: 2 });
        await silent.settled();
        assert.deepEqual(silent.had, [1, 2, 3, 2, 3]);
        await proxy.perform({ fault: 'replay', when: 'at-dial', count: 2 });
        assert.deepEqual((await open(2)).had, [3, 4, 5]);
      },
    ));

  test('after a dial is what lies before the place from which the client reads on, in order and once', () =>
    withProxy(
      () => 5,
      async (open, proxy) => {
        // Another client reads the same again, later.
        for (const after of [0, 5, 2]) await open(after);
        await proxy.perform({ fault: 'replay', when: 'at-dial', count: 4 });
        assert.deepEqual((await open(7)).had, [7, 8, 8, 9, 10, 11, 12]);
        await proxy.perform({ fault: 'replay', when: 'at-dial', count: 4 });
        assert.deepEqual((await open(20)).had.slice(0, 5), [9, 10, 11, 12, 21]);
      },
    ));

  test('has no message that arrived spoilt, and none from before it, though another client had it whole', () =>
    withProxy(
      () => 5,
      async (open, proxy) => {
        await proxy.perform({ fault: 'corrupt', how: 'broken-json', count: 2 });
        const spoilt = await open(0);
        await open(0);
        await proxy.perform({ fault: 'replay', when: 'now', count: 9 });
        await spoilt.settled();
        assert.deepEqual(spoilt.had, ['?', '?', 3, 4, 5, 3, 4, 5]);
        await proxy.perform({ fault: 'replay', when: 'at-dial', count: 9 });
        assert.deepEqual((await open(5)).had.slice(0, 4), [3, 4, 5, 6]);
      },
    ));
});

suite('what the proxy says that it has spoilt', () => {
  test('is told apart by what a page says of it: an error with a name, one without, or nothing', () =>
    withProxy(
      () => 1,
      async (open, proxy) => {
        for (const [entry, how] of (['not-json', 'no-message-id', 'raw-bytes'] as const).entries()) {
          await proxy.perform({ fault: 'corrupt', how, count: 1 });
          await open(entry);
        }
        assert.deepEqual(
          proxy.state.spoilt.map(({ messageId, said }) => [messageId, said]),
          [
            [idOf(1), 'named'],
            [idOf(2), 'nameless'],
            [idOf(3), 'nothing'],
          ],
        );
      },
    ));
});
