/** One stream from the page's messages to the socket and back, over a clock that moves when told. */
import { assert } from '@open-wc/testing';
import type { StreamConfig } from '../../src/protocol/stream-config.js';
import type { PositionStore } from '../../src/worker/position-store.js';
import { Stream } from '../../src/worker/stream.js';
import { memoryPositions, type SavedPositions } from './support/memory-positions.js';
import { RecordingModel } from './support/recording-model.js';
import { CANARY, draw, opened, text } from './support/stream-page.js';
import { virtualPlatform } from './support/virtual-platform.js';

const earlier: SavedPositions = { last: { messageId: text(3, 9), publishTime: 1_000 }, index: [] };

suite('A stream', () => {
  test('answers each message once and posts what it has, one update at a time', async () => {
    const page = await opened();
    page.socket().open();
    for (let entry = 0; entry < 5; entry++) page.deliver(3, entry);
    await page.platform.clock.advance(0);
    assert.deepEqual(
      page.socket().sent,
      [0, 1, 2, 3, 4].map((entry) => `{"messageId":"${text(3, entry)}"}`),
    );
    await page.platform.clock.advance(10_000);
    assert.lengthOf(page.updates(), 1, 'the page has not consumed the first');
    assert.equal(page.updates()[0]?.position, text(3, 4));
    page.deliver(3, 5);
    page.stream.consumed(1);
    await page.platform.clock.advance(100);
    assert.equal(page.updates()[1]?.position, text(3, 5));
  });

  test('holds answers back while the page has too much to consume, and lets go when it has not', async () => {
    const page = await opened();
    page.socket().open();
    await draw(page, 200);
    page.model.waiting = 500;
    page.deliver(3, 1);
    assert.isEmpty(page.socket().sent);
    await draw(page, 200);
    assert.deepEqual(page.socket().sent, [`{"messageId":"${text(3, 1)}"}`]);
  });

  test('does not take the silence of a service that it does not answer for the end of the past', async () => {
    const page = await opened({ start: { kind: 'earliest' } });
    page.socket().open();
    await page.platform.clock.advance(100);
    page.model.waiting = 500;
    page.deliver(3, 1, undefined, page.platform.now() - 60_000);
    for (let i = 0; i < 20; i++) {
      await page.platform.clock.advance(500);
      page.socket().deliver('{"endOfTopic":false}');
    }
    assert.equal(page.stream.diagnostics().state, 'catching-up');
    await draw(page, 2_000);
    page.socket().deliver('{"endOfTopic":false}');
    await draw(page, 100);
    assert.equal(page.stream.diagnostics().state, 'live');
  });

  test('sends an update of many events within 100 ms, whatever the last one cost', async () => {
    const page = await opened();
    page.socket().open();
    await draw(page, 200);
    page.deliver(3, 1);
    await page.platform.clock.advance(100);
    page.stream.consumed(300);
    const before = page.updates().length;
    page.deliver(3, 2);
    await page.platform.clock.advance(100);
    assert.lengthOf(page.updates(), before, 'drawing is owed for');
    page.model.waiting = 500;
    page.deliver(3, 3);
    await page.platform.clock.advance(1);
    assert.lengthOf(page.updates(), before + 1);
  });

  test('does not answer on one socket what came on another', async () => {
    const page = await opened();
    page.socket().open();
    // The page does not consume its first update until the second socket is open.
    await page.platform.clock.advance(200);
    page.model.waiting = 500;
    page.deliver(3, 1);
    page.socket().drop();
    await page.platform.clock.advance(1_000);
    page.socket().open();
    const questions = page.socket().sent.length;
    await draw(page, 300);
    page.deliver(3, 1);
    await page.platform.clock.advance(0);
    assert.deepEqual(page.socket().sent.slice(questions), [`{"messageId":"${text(3, 1)}"}`]);
  });

  test('says ten errors a second, whatever the number of broken messages', async () => {
    const page = await opened();
    page.socket().open();
    for (let entry = 0; entry < 300; entry++) page.deliver(3, entry, '***');
    page.deliver(3, 300);
    await draw(page, 500);
    assert.lengthOf(
      page.updates().flatMap((update) => update.errors),
      10,
    );
    assert.equal(page.stream.diagnostics().counts.rejected, 300);
    assert.equal(page.stream.diagnostics().counts.delivered, 1);
    assert.lengthOf(page.socket().sent, 301);
    assert.equal(page.stream.diagnostics().lastError?.code, 'payload-not-base64');
    const { length } = page.updates();
    page.platform.clock.jump(1_000);
    for (let entry = 301; entry < 600; entry++) page.deliver(3, entry, '***');
    await draw(page, 500);
    assert.lengthOf(
      page
        .updates()
        .slice(length)
        .flatMap((update) => update.errors),
      10,
    );
  });

  test('uses a new credential on the next dial, and at once if none is open', async () => {
    const page = await opened();
    page.socket().drop();
    page.stream.changeCredential({ token: 'fresh' });
    assert.lengthOf(page.platform.sockets, 2);
    assert.equal(new URL(page.socket().url).searchParams.get('token'), 'fresh');
    page.socket().open();
    page.stream.changeCredential({ token: 'fresher' });
    await draw(page, 1_000);
    assert.lengthOf(page.platform.sockets, 2, 'the service checks the key at the handshake only');
  });

  test('says nothing of its key, whatever goes wrong', async () => {
    const page = await opened({ saved: earlier });
    page.socket().drop();
    await draw(page, 2_000);
    page.socket().open();
    page.socket().deliver('hello');
    page.deliver(5, 0, '***');
    page.socket().drop(1011, 'server error');
    await draw(page, 40_000);
    const said = JSON.stringify([page.posted, page.stream.diagnostics(), page.saved, page.model.records]);
    assert.notInclude(said, CANARY);
    assert.include(said, 'relay.example');
  });

  test('tells its lag and its clock’s skew', async () => {
    const page = await opened();
    page.socket().open();
    const publishTime = new Date(page.platform.now() - 60_000).toISOString();
    page.socket().deliver(JSON.stringify({ messageId: text(3, 1), payload: 'e30=', publishTime }));
    await page.platform.clock.advance(500);
    assert.equal(page.updates().at(-1)?.clockSkewMs, 60_000);
    const { clockSkewMs, lagMs, lastMessageId } = page.stream.diagnostics();
    assert.equal(clockSkewMs, 60_000);
    assert.equal(lagMs, 500);
    assert.equal(lastMessageId, text(3, 1));
  });

  for (const aheadMs of [3_600_000, -3_600_000]) {
    test(`has read since it began, and not ${aheadMs} ms beside it, by the clock of the service`, async () => {
      const page = await opened();
      page.socket().open();
      const beganAt = page.platform.now() - aheadMs;
      await draw(page, 500);
      page.deliver(3, 1, undefined, page.platform.now() - aheadMs);
      page.deliver(3, 2, undefined, page.platform.now() - aheadMs);
      const covered = page.model.records.flatMap((record) => (record.kind === 'cover' ? [record.at] : []));
      assert.deepEqual(covered, [beganAt + aheadMs, beganAt]);
    });
  }

  test('does not take what waits for a busy page for a computer whose clock is wrong', async () => {
    const page = await opened();
    page.socket().open();
    await draw(page, 200);
    page.deliver(3, 0, undefined, page.platform.now() - 20);
    assert.equal(page.stream.diagnostics().clockSkewMs, 20);
    for (let second = 1; second < 600; second++) {
      page.model.waiting = 500;
      await page.platform.clock.advance(1_000);
      page.deliver(3, second, undefined, page.platform.now() - second * 500);
    }
    assert.equal(page.stream.diagnostics().clockSkewMs, 20);
  });

  test('asks its socket after a sleep whether it is still there, and has another one within 6 s', async () => {
    const page = await opened();
    page.socket().open();
    await draw(page, 1_000);
    assert.isEmpty(page.socket().sent);
    page.platform.clock.sleep(60_000);
    page.stream.woke(60_000);
    assert.deepEqual(page.socket().sent, ['{"type":"isEndOfTopic"}']);
    await draw(page, 6_000);
    assert.lengthOf(page.platform.sockets, 2);
  });

  test('wakes itself when a view changes with time alone', async () => {
    const page = await opened();
    page.socket().open();
    page.model.due = page.platform.now() + 5_000;
    await draw(page, 4_900);
    const before = page.updates().length;
    await draw(page, 200);
    assert.equal(page.updates().length, before + 1);
  });

  test('wakes itself by the service’s clock, from which this computer’s may differ', async () => {
    const page = await opened();
    page.socket().open();
    const serviceTime = (): number => page.platform.now() - 60_000;
    page.deliver(3, 1, undefined, serviceTime());
    await draw(page, 1_000);
    page.model.due = serviceTime() + 5_000;
    page.deliver(3, 2, undefined, serviceTime());
    await draw(page, 4_900);
    const before = page.updates().length;
    await draw(page, 200);
    assert.equal(page.updates().length, before + 1);
  });

  test('sleeps while the page does not consume, whatever is due', async () => {
    const page = await opened();
    page.socket().open();
    page.model.due = page.platform.now() + 5_000;
    await page.platform.clock.advance(60_000);
    assert.lengthOf(page.updates(), 1);
  });

  test('holds no socket and no timer once closed, and posts nothing more', async () => {
    const page = await opened();
    page.socket().open();
    page.deliver(3, 1);
    page.stream.close();
    assert.isFalse(page.socket().isHeld);
    assert.equal(page.platform.clock.pending, 0);
    const { length } = page.posted;
    page.stream.retry();
    page.stream.lifecycle('visible');
    page.stream.consumed(1);
    await page.platform.clock.advance(120_000);
    assert.lengthOf(page.posted, length);
    assert.lengthOf(page.platform.sockets, 1);
  });

  test('is connecting from the moment in which it was made, however long its store takes to open', async () => {
    const page = await opened({ store: () => new Promise(() => undefined) });
    const since = page.platform.now();
    page.stream.clear(1);
    await page.platform.clock.advance(1_000);
    assert.deepEqual(
      page.updates().map(({ connection }) => connection),
      [{ kind: 'connecting', since }],
    );
  });

  test('dials nothing when it is closed before its store has opened', async () => {
    let open: ((store: PositionStore) => void) | undefined;
    const store = new Promise<PositionStore>((resolve) => {
      open = resolve;
    });
    const platform = virtualPlatform({ store: () => store });
    const config: StreamConfig = {
      endpoint: 'wss://relay.example/ws/v2',
      tenant: 'acme',
      namespace: 'agent-v1',
      topic: 'a1',
      start: { kind: 'resume' },
    };
    const stream = new Stream(1, config, {}, platform, () => undefined, new RecordingModel());
    const opening = stream.open(platform.openStore(), { handover: undefined, wasOpen: false });
    stream.close();
    open?.(memoryPositions({ last: undefined, index: [] }));
    await opening;
    assert.equal(platform.sockets.length, 0);
  });
});
