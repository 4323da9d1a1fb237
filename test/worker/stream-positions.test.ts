/** Where a stream starts, what it saves of where it is, and how it finds its place again. */
import { assert } from '@open-wc/testing';
import type { StorageState } from '../../src/protocol/diagnostics.js';
import { formatMessageId, parseMessageId } from '../../src/worker/message-id.js';
import type { PositionStore } from '../../src/worker/position-store.js';
import type { SavedPositions } from './support/memory-positions.js';
import { feedRequest } from '../domain/payloads.js';
import { CANARY, draw, opened, text, type Page, untilDialed } from './support/stream-page.js';
import { settle, virtualPlatform } from './support/virtual-platform.js';

const FEED = feedRequest({ maxItems: 10, mask: 'all' });
const ANSWER = '{"endOfTopic":false}';
const earlier = (): SavedPositions => ({ last: { messageId: text(3, 9), publishTime: 1_000 }, index: [] });

/** The socket opens, answers each question, and brings nothing until it is judged; then `ms` pass. */
async function answerInSilence(page: Page, ms: number): Promise<void> {
  const socket = page.socket();
  socket.open();
  socket.deliver(ANSWER);
  await draw(page, 10_100);
  socket.deliver(ANSWER);
  await draw(page, ms);
}

/** The service takes no dial that starts at a message id, until that is believed; returns where the dials started. */
async function refusePositions(page: Page): Promise<readonly string[]> {
  const dials: string[] = [];
  while (page.gaps().length === 0) {
    const socket = page.socket();
    if (dials.length > 6) throw new Error(`still no verdict after ${dials.join()}`);
    dials.push(socket.startsAt);
    if (['latest', 'earliest'].includes(socket.startsAt)) socket.open();
    else socket.drop();
    await untilDialed(page, socket);
    await draw(page, 0);
  }
  return dials;
}

suite('A stream’s place', () => {
  test('reads its place before it dials, and dials with its key', async () => {
    const { socket } = await opened({ saved: earlier() });
    assert.deepEqual(parseMessageId(socket().startsAt)?.entry, 8);
    assert.equal(new URL(socket().url).searchParams.get('x-api-key'), CANARY);
  });

  test('starts at the hand-over of a reload', async () => {
    const { socket } = await opened({ saved: earlier(), handover: text(3, 12) });
    assert.equal(parseMessageId(socket().startsAt)?.entry, 11);
  });

  for (const start of ['latest', 'resume'] as const) {
    test(`a worker that takes over from a dead one goes on where the page is, with start="${start}"`, async () => {
      const page = await opened({ start: { kind: start }, handover: text(3, 12), wasOpen: true });
      assert.equal(parseMessageId(page.socket().startsAt)?.entry, 11);
      page.socket().open();
      page.deliver(3, 12, undefined, page.platform.now() - 3_000);
      page.deliver(3, 13, undefined, page.platform.now() - 2_000);
      await draw(page, 1_000);
      assert.deepEqual(page.stream.diagnostics().continuity, { kind: 'continuous' });
      const phases = page.model.records.flatMap((one) => (one.kind === 'event' ? [one.entry.phase] : []));
      assert.deepEqual(phases, ['replayed', 'missed']);
    });
  }

  test('one that takes over before anything had come says that something may be missing', async () => {
    const page = await opened({ wasOpen: true });
    assert.equal(page.socket().startsAt, 'latest');
    page.socket().open();
    await draw(page, 1_000);
    assert.deepEqual(page.gaps(), ['no-cursor']);
  });

  test('nor does it go on where another page has been, with start="latest"', async () => {
    const page = await opened({ start: { kind: 'latest' }, saved: earlier(), wasOpen: true });
    assert.equal(page.socket().startsAt, 'latest');
    page.socket().open();
    await draw(page, 1_000);
    assert.deepEqual(page.gaps(), ['no-cursor']);
  });

  test('hands on what it was handed, for a page that is left before anything has come', async () => {
    const page = await opened({ handover: text(3, 12) });
    await draw(page, 1_000);
    assert.equal(page.updates().at(-1)?.position, text(3, 12));
  });

  test('reads a span of time from the beginning of the topic, and shows nothing older than the span', async () => {
    const page = await opened({ start: { kind: 'since', durationMs: 60_000 } });
    assert.equal(page.socket().startsAt, 'earliest');
    page.socket().open();
    page.deliver(3, 1, undefined, page.platform.now() - 61_000);
    page.deliver(3, 2, undefined, page.platform.now() - 59_000);
    await draw(page, 1_000);
    const shown = page.model.records.flatMap((one) => (one.kind === 'event' ? [one.entry.messageId] : []));
    assert.deepEqual(shown, [text(3, 2)]);
  });

  test('reads back as far as its views look, and no further for one that is gone', async () => {
    const now = Date.UTC(2026, 10, 20, 9);
    const index = [9, 1].map((hours) => ({
      messageId: text(3, hours),
      publishTime: now - hours * 3_600_000,
    }));
    const page = await opened({ saved: { last: { messageId: text(5, 5), publishTime: now }, index } });
    const redialed = async (): Promise<string> => {
      page.socket().drop();
      await page.platform.clock.advance(30_000);
      return page.socket().startsAt;
    };
    assert.equal(page.socket().startsAt, text(3, 0));
    page.stream.watch(1, FEED);
    assert.equal(await redialed(), text(3, 8));
    page.stream.unwatch(1);
    assert.equal(await redialed(), text(3, 0));
  });

  test('a new visit with start="latest" has no part in the one before', async () => {
    const page = await opened({ start: { kind: 'latest' }, saved: earlier(), handover: text(3, 12) });
    assert.equal(page.socket().startsAt, 'latest');
    page.socket().open();
    await draw(page, 1_000);
    assert.isEmpty(page.gaps());
    assert.isUndefined(page.updates().at(-1)?.position, 'nor has a worker that takes over');
  });

  test('hands over where the earlier visit ended while its window is read again, and goes on from there', async () => {
    const index = [{ publishTime: 500, messageId: text(3, 2) }];
    const page = await opened({ saved: { ...earlier(), index } });
    assert.equal(parseMessageId(page.socket().startsAt)?.entry, 1);
    page.socket().open();
    const positions: (string | undefined)[] = [];
    for (const entry of [2, 5, 9, 10]) {
      page.deliver(3, entry);
      await draw(page, 200);
      positions.push(page.updates().at(-1)?.position);
    }
    assert.deepEqual(positions, [text(3, 9), text(3, 9), text(3, 9), text(3, 10)]);
    assert.equal(page.saved.last?.messageId, text(3, 10));
  });

  test('saves a position after it was on screen, not before', async () => {
    const page = await opened();
    page.socket().open();
    page.deliver(3, 1);
    await page.platform.clock.advance(1_000);
    assert.equal(page.saved.last?.messageId, undefined);
    page.stream.consumed(1);
    await settle();
    assert.equal(page.saved.last?.messageId, text(3, 1));
  });

  for (const aheadMs of [600_000, -600_000]) {
    test(`files them under the service’s time, though this computer’s clock is ten minutes ${aheadMs > 0 ? 'behind' : 'ahead'}`, async () => {
      const page = await opened();
      page.socket().open();
      for (let entry = 0; entry < 30; entry++) {
        page.deliver(3, entry, undefined, page.platform.now() + aheadMs);
        await draw(page, 10_000);
        page.socket().deliver(ANSWER);
      }
      await draw(page, 1_000);
      const newest = page.saved.index.at(-1);
      const behind = page.platform.now() + aheadMs - (newest?.publishTime ?? 0);
      assert.isAtMost(behind, 80_000);
      assert.isAtLeast(behind, 0);
      assert.isAtLeast(page.saved.index.length, 4);
    });
  }

  test('saves where each minute began, so that the next visit can read its window again', async () => {
    const page = await opened();
    page.socket().open();
    for (let entry = 0; entry < 6; entry++) {
      page.deliver(3, entry);
      await draw(page, 30_000);
      page.socket().deliver(ANSWER);
    }
    const begun = page.saved.index.map(({ messageId }) => parseMessageId(messageId)?.entry);
    assert.deepEqual(begun, [0, 2, 4]);
  });

  for (const event of ['hidden', 'freeze', 'pagehide', 'close'] as const) {
    test(`saves what was on screen at once on ${event}`, async () => {
      const page = await opened();
      page.socket().open();
      await draw(page, 400);
      page.deliver(3, 1);
      await draw(page, 60);
      page.deliver(3, 2);
      await draw(page, 120);
      assert.equal(page.saved.last?.messageId, text(3, 1), 'the second one is not due yet');
      if (event === 'close') page.stream.close();
      else page.stream.lifecycle(event);
      await settle();
      assert.equal(page.saved.last?.messageId, text(3, 2));
    });
  }

  test('saves within 250 ms though the page has more to draw than it can', async () => {
    const page = await opened();
    page.socket().open();
    page.model.due = page.platform.now() + 3_600_000;
    for (let entry = 0; entry < 200; entry++) {
      page.deliver(3, entry);
      await draw(page, 10);
    }
    const behind = 199 - (parseMessageId(page.saved.last?.messageId ?? '')?.entry ?? 0);
    assert.isAtMost(behind, 50, 'half a second at 100 messages a second');
  });

  test('says once that it cannot keep its place, and reads from now', async () => {
    const store: PositionStore = {
      state: { kind: 'memory', reason: 'SecurityError' },
      load: () => Promise.resolve({ last: undefined, index: [] }),
      saveLast: () => Promise.resolve(),
      saveIndex: () => Promise.resolve(),
      forget: () => Promise.resolve(),
      close: () => undefined,
    };
    const again = await opened({
      store: () => Promise.resolve(store),
      handover: text(3, 1),
      wasOpen: true,
    });
    assert.equal(parseMessageId(again.socket().startsAt)?.entry, 0, 'the page itself remembers');
    const page = await opened({ store: () => Promise.resolve(store), handover: text(3, 1) });
    assert.equal(page.socket().startsAt, 'latest');
    page.socket().open();
    const errors = (): readonly string[] =>
      page.updates().flatMap((update) => update.errors.map(({ code }) => code));
    await draw(page, 1_000);
    assert.deepEqual(errors(), ['storage-unavailable'], 'before anything has come');
    page.deliver(3, 1);
    await draw(page, 5_000);
    assert.deepEqual(errors(), ['storage-unavailable']);
    assert.equal(page.updates().at(-1)?.connection.kind, 'live');
  });

  test('says that it cannot keep its place once a save has failed, though nothing comes after it', async () => {
    let state: StorageState = { kind: 'indexeddb' };
    const store: PositionStore = {
      get state() {
        return state;
      },
      load: () => Promise.resolve({ last: undefined, index: [] }),
      saveLast: async () => {
        await settle();
        state = { kind: 'memory', reason: 'QuotaExceededError' };
      },
      saveIndex: () => Promise.resolve(),
      forget: () => Promise.resolve(),
      close: () => undefined,
    };
    const page = await opened({ store: () => Promise.resolve(store) });
    page.socket().open();
    page.deliver(3, 1);
    await draw(page, 1_000);
    const errors = page.updates().flatMap((update) => update.errors);
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['storage-unavailable'],
    );
  });

  test('is continuous over a loss', async () => {
    const page = await opened();
    page.socket().open();
    const publishedAt = page.platform.now();
    page.deliver(3, 1, undefined, publishedAt);
    page.socket().drop();
    await draw(page, 1_000);
    assert.equal(parseMessageId(page.socket().startsAt)?.entry, 0);
    page.socket().open();
    page.deliver(3, 1, undefined, publishedAt);
    page.deliver(3, 2);
    await draw(page, 1_000);
    assert.deepEqual(page.stream.diagnostics().continuity, { kind: 'continuous' });
    assert.isEmpty(page.gaps());
    assert.deepInclude(page.stream.diagnostics().counts, { delivered: 2, duplicates: 1, reconnects: 1 });
  });

  test('is continuous over a loss after an event that came in chunks', async () => {
    const page = await opened();
    page.socket().open();
    const publishTime = new Date(page.platform.now()).toISOString();
    const deliverChunks = (): void => {
      // Entries 1 to 7 of ledger 5.
      page
        .socket()
        .deliver(JSON.stringify({ messageId: 'CAUQBzAAOgYIBRABMAA=', payload: 'e30=', publishTime }));
    };
    deliverChunks();
    page.socket().drop();
    await draw(page, 1_000);
    assert.equal(page.socket().startsAt, text(5, 0), 'from between its chunks it would not come again');
    page.socket().open();
    // What another producer wrote between its chunks.
    page.deliver(5, 4);
    deliverChunks();
    page.deliver(5, 8);
    await draw(page, 1_000);
    assert.deepEqual(page.stream.diagnostics().continuity, { kind: 'continuous' });
    assert.isEmpty(page.gaps());
    assert.deepInclude(page.stream.diagnostics().counts, { delivered: 2, duplicates: 2 });
  });

  test('loses nothing and says no gap where a reader is stuck and the next one is fed', async () => {
    const page = await opened({ saved: earlier() });
    await answerInSilence(page, 100);
    page.socket().open();
    page.deliver(3, 9, undefined, 1_000);
    page.deliver(3, 10);
    await draw(page, 1_000);
    assert.deepEqual(page.stream.diagnostics().continuity, { kind: 'continuous' });
    assert.isEmpty(page.gaps());
    assert.equal(page.saved.last?.messageId, text(3, 10));
  });

  test('doubles nothing where a service was silent for longer than anybody waits', async () => {
    const page = await opened();
    page.socket().open();
    const publishedAt = page.platform.now();
    const deliver = (entry: number): void => page.deliver(3, entry, undefined, publishedAt + entry);
    deliver(1);
    deliver(2);
    await draw(page, 1_000);
    page.socket().drop();
    await draw(page, 1_000);
    for (const socket of [1, 2]) {
      await answerInSilence(page, 100);
      assert.lengthOf(page.gaps(), socket - 1);
    }
    deliver(2);
    deliver(3);
    await draw(page, 1_000);
    const rows = page.model.records.map(({ kind }) => kind).filter((kind) => kind.startsWith('gap'));
    assert.deepEqual(rows, ['gap', 'gap-taken-back'], 'nothing was lost');
    assert.equal(parseMessageId(page.socket().startsAt)?.entry, 1, 'it reads again from the place it had');
    page.socket().open();
    deliver(2);
    deliver(3);
    await draw(page, 1_000);
    assert.deepEqual(page.gaps(), ['position-unknown']);
    assert.deepEqual(page.stream.diagnostics().continuity, { kind: 'continuous' });
    assert.deepInclude(page.stream.diagnostics().counts, { delivered: 3, duplicates: 1 });
  });

  test('finds its place where each reader of a service needs 12 s before its first message', async () => {
    const page = await opened({ saved: earlier() });
    for (let dial = 0; dial < 12; dial++) {
      const socket = page.socket();
      socket.open();
      for (let second = 0; second < 12 && page.socket() === socket; second++) {
        socket.deliver(ANSWER);
        await draw(page, 1_000);
      }
      if (page.socket() !== socket) continue;
      for (const entry of [9, 10]) page.deliver(3, entry, undefined, 1_000 + entry - 9);
      await draw(page, 1_000);
    }
    assert.deepEqual(page.gaps(), ['position-unknown']);
    assert.deepEqual(page.stream.diagnostics().continuity, { kind: 'continuous' });
    assert.equal(page.saved.last?.messageId, text(3, 10));
  });

  test('waits twice as long for its place each time that the service was late, and 160 s at most', async () => {
    const page = await opened({ saved: earlier() });
    const gaps = (): number => page.model.records.filter(({ kind }) => kind === 'gap').length;
    const waits: number[] = [];
    for (let round = 1; round <= 6; round++) {
      let answers = 0;
      for (let seconds = 0; gaps() < round; seconds++) {
        if (seconds > 400) throw new Error(`no verdict in round ${round}`);
        const socket = page.socket();
        if (socket.readyState === 0) answers = 0;
        socket.open();
        socket.deliver(ANSWER);
        answers++;
        await page.platform.clock.advance(1_000);
      }
      // The first answer comes with the opening.
      waits.push(answers - 1);
      page.deliver(3, 9, undefined, 1_000);
      await page.platform.clock.advance(1_000);
    }
    assert.deepEqual(waits, [10, 20, 40, 80, 160, 160]);
  });

  test('saves the place on a topic that took the old one’s name, though its ids are lower', async () => {
    const page = await opened({ saved: { last: { messageId: text(9, 9), publishTime: 1_000 }, index: [] } });
    page.socket().open();
    page.deliver(3, 0);
    await draw(page, 1_000);
    assert.deepEqual(page.gaps(), ['position-unknown']);
    assert.equal(page.saved.last?.messageId, text(3, 0));
  });

  test('tells a gap, and shows what comes, on a topic whose broker was emptied and gives the same ids again', async () => {
    const page = await opened();
    page.socket().open();
    page.deliver(3, 9);
    await draw(page, 1_000);
    page.socket().drop();
    await draw(page, 1_000);
    page.socket().open();
    page.deliver(3, 9);
    page.deliver(3, 10);
    await draw(page, 1_000);
    assert.deepEqual(page.gaps(), ['position-unknown']);
    assert.deepInclude(page.stream.diagnostics().counts, { delivered: 3, duplicates: 0 });
    assert.equal(page.saved.last?.messageId, text(3, 10));
  });

  test('does not take a hand-over for another topic’s whose time it does not know, in this visit or the next', async () => {
    const saved = earlier();
    const first = await opened({ saved, handover: text(3, 12) });
    first.socket().open();
    first.deliver(3, 12, undefined, 3_000);
    await draw(first, 1_000);
    const next = await opened({ saved, handover: text(3, 12) });
    next.socket().open();
    next.deliver(3, 12, undefined, 3_000);
    await draw(next, 1_000);
    assert.deepEqual([...first.gaps(), ...next.gaps()], []);
  });

  test('does not save the old topic’s place once the new one is known', async () => {
    const page = await opened();
    page.socket().open();
    page.deliver(9, 9);
    await draw(page, 1_000);
    page.deliver(9, 10);
    await page.platform.clock.advance(200);
    page.socket().drop();
    await page.platform.clock.advance(1_000);
    page.socket().open();
    page.deliver(3, 0);
    page.stream.consumed(1);
    await draw(page, 2_000);
    assert.equal(page.saved.last?.messageId, text(3, 0));
  });

  test('reads its window anew where a position was unknown', async () => {
    const page = await opened({ start: { kind: 'since', durationMs: 7_200_000 }, saved: earlier() });
    for (const socket of [1, 2]) {
      await answerInSilence(page, 5_000);
      assert.lengthOf(page.gaps(), socket - 1);
    }
    assert.deepEqual(page.gaps(), ['position-unknown']);
    assert.lengthOf(page.platform.sockets, 3);
    assert.equal(page.socket().startsAt, 'earliest');
  });

  test('does not try a refused message id of the page for ever', async () => {
    const page = await opened({ start: { kind: 'message-id', messageId: text(3, 3) } });
    const dials: string[] = [];
    for (let dial = 0; dial < 12; dial++) {
      const socket = page.socket();
      dials.push(socket.startsAt);
      if (socket.startsAt === 'latest') socket.open();
      if (socket.startsAt !== 'latest' || dial > 6) socket.drop();
      await untilDialed(page, socket);
    }
    assert.isAtMost(dials.filter((start) => start !== 'latest').length, 4);
    assert.deepEqual(
      page.gaps().filter((kind) => kind === 'position-refused'),
      ['position-refused'],
    );
  });

  test('says where it was when the service refuses what came after a message that the page had named', async () => {
    const page = await opened({ start: { kind: 'message-id', messageId: text(3, 3) } });
    page.socket().open();
    page.deliver(3, 3);
    page.deliver(3, 4);
    await draw(page, 1_000);
    page.socket().drop();
    await draw(page, 1_000);
    await refusePositions(page);
    const gaps = page.updates().flatMap((update) => update.gaps);
    assert.deepEqual(
      gaps.map(({ kind, from }) => [kind, from?.messageId]),
      [['position-refused', text(3, 4)]],
    );
    assert.isUndefined(page.saved.last, 'the next visit would try it again');
  });

  test('begins its index with what had come when silence spoke against its place', async () => {
    const start = { kind: 'since', durationMs: 7_200_000 } as const;
    const page = await opened({ start, saved: earlier() });
    page.socket().open();
    page.deliver(3, 0);
    page.socket().deliver(ANSWER);
    await draw(page, 10_100);
    page.socket().deliver(ANSWER);
    await draw(page, 1_000);
    assert.deepEqual(page.gaps(), ['position-unknown']);
    assert.lengthOf(page.platform.sockets, 1, 'the span of time is being read');
    page.deliver(3, 1);
    await draw(page, 1_000);
    assert.equal(page.saved.last?.messageId, text(3, 1));
    assert.deepEqual(
      page.saved.index.map(({ messageId }) => messageId),
      [text(3, 0)],
    );
  });

  test('says nothing of what it had kept where a message id of the page is refused', async () => {
    const page = await opened({ start: { kind: 'message-id', messageId: text(3, 3) }, saved: earlier() });
    while (page.socket().startsAt !== 'latest') {
      const socket = page.socket();
      socket.drop();
      await untilDialed(page, socket);
    }
    // A try without the id, the id once more, and then without it.
    page.socket().open();
    const again = page.socket();
    again.drop();
    await untilDialed(page, again);
    page.socket().open();
    await draw(page, 1_000);
    const gaps = page.updates().flatMap((update) => update.gaps);
    assert.deepEqual(gaps, [{ kind: 'position-refused', from: undefined, to: undefined }]);
    assert.equal(page.saved.last?.messageId, text(3, 9), 'which stays');
  });

  test('forgets a position that is refused, what was handed over too, and asks for its span of time again', async () => {
    const index = [{ publishTime: 500, messageId: text(3, 2) }];
    const page = await opened({
      start: { kind: 'since', durationMs: 60_000 },
      saved: { ...earlier(), index },
      handover: text(3, 9),
    });
    const dials = await refusePositions(page);
    assert.deepEqual(dials.slice(-3), ['earliest', text(3, 1), 'earliest']);
    assert.deepEqual(page.gaps(), ['position-refused']);
    assert.deepEqual(page.saved, { last: undefined, index: [] });
    assert.isUndefined(page.updates().at(-1)?.position);
    page.socket().drop();
    await draw(page, 1_000);
    assert.equal(page.socket().startsAt, 'earliest', 'nothing has come yet');
  });

  test('does not try a place on a topic with partitions again, and says so after each loss', async () => {
    const part = (entry: number): string =>
      formatMessageId({ ledger: 3, entry, partition: 1, batchIndex: -1 });
    const page = await opened({ saved: { last: { messageId: part(9), publishTime: 1_000 }, index: [] } });
    await refusePositions(page);
    const publishTime = new Date(page.platform.now()).toISOString();
    page.socket().deliver(JSON.stringify({ messageId: part(10), payload: 'e30=', publishTime }));
    await draw(page, 1_000);
    const { length } = page.platform.sockets;
    const lost = page.socket();
    lost.drop();
    await untilDialed(page, lost);
    assert.equal(page.socket().startsAt, 'latest');
    page.socket().open();
    await draw(page, 1_000);
    assert.lengthOf(page.platform.sockets, length + 1);
    assert.deepEqual(page.gaps(), ['position-refused', 'position-refused']);
  });

  test('reads nothing twice after the service refused its position', async () => {
    const page = await opened({ start: { kind: 'earliest' } });
    page.socket().open();
    page.deliver(3, 1);
    let last = page.socket();
    last.drop();
    const dials: string[] = [];
    for (let dial = 0; dial < 6; dial++) {
      await untilDialed(page, last);
      last = page.socket();
      const { startsAt } = page.socket();
      if (page.socket().readyState !== 0) break;
      dials.push(startsAt);
      if (startsAt === 'latest') page.socket().open();
      else page.socket().drop();
      await settle();
    }
    await draw(page, 1_000);
    assert.deepEqual(dials.slice(3), ['latest', dials[0], 'latest']);
    assert.deepEqual(page.gaps(), ['position-refused']);
    last = page.socket();
    last.drop();
    await untilDialed(page, last);
    assert.equal(page.socket().startsAt, 'latest');
  });

  test('forgets a position that is unknown, and takes it back when it was there after all', async () => {
    const page = await opened({ saved: earlier() });
    for (const socket of [1, 2]) {
      await answerInSilence(page, 1_000);
      assert.lengthOf(page.gaps(), socket - 1);
    }
    assert.equal(page.saved.last?.messageId, undefined);
    assert.isUndefined(page.updates().at(-1)?.position);
    page.deliver(3, 9, undefined, 1_000);
    await draw(page, 200);
    assert.equal(page.saved.last?.messageId, text(3, 9));
    assert.equal(page.updates().at(-1)?.position, text(3, 9));
  });

  test('keeps what was stored when a message id of the page’s own is not on the topic', async () => {
    const index = [{ publishTime: virtualPlatform().now() - 3_600_000, messageId: text(3, 2) }];
    const start = { kind: 'message-id', messageId: text(3, 3) } as const;
    const page = await opened({ start, saved: { ...earlier(), index } });
    for (let socket = 0; socket < 2; socket++) {
      assert.equal(page.socket().startsAt, text(3, 2));
      await answerInSilence(page, 5_000);
    }
    assert.deepEqual(page.gaps(), ['position-unknown']);
    await draw(page, 1_000);
    assert.equal(page.saved.last?.messageId, text(3, 9));
    page.deliver(3, 20);
    await draw(page, 1_000);
    assert.equal(page.saved.last?.messageId, text(3, 20));
    assert.deepEqual(page.saved.index[0], index[0]);
  });

  test('keeps what was stored when a message id of the page’s own is refused', async () => {
    const page = await opened({
      start: { kind: 'message-id', messageId: text(3, 3) },
      saved: earlier(),
    });
    for (let dial = 0; dial < 6; dial++) {
      const socket = page.socket();
      if (socket.startsAt === 'latest') socket.open();
      else socket.drop();
      await untilDialed(page, socket);
    }
    assert.deepEqual(page.gaps(), ['position-refused']);
    assert.equal(page.saved.last?.messageId, text(3, 9));
  });
});
