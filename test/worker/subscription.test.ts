/** A consumer's messages: in whatever order, each taken in once, answered when the page has it, sent back when it must be. */
import { assert } from '@open-wc/testing';
import type { ConsumerParameters } from '../../src/protocol/stream-config.js';
import { Hub } from '../../src/worker/hub.js';
import { formatMessageId } from '../../src/worker/message-id.js';
import { MAX_RECEIPTS } from '../../src/worker/receipts.js';
import { Sharing } from '../../src/worker/sharing.js';
import { SUBSCRIBED } from '../../src/worker/start-position.js';
import { bench, NOW, text, type IntakeBench } from './support/intake-bench.js';
import { draw, opened } from './support/stream-page.js';
import { settle, virtualPlatform } from './support/virtual-platform.js';

const EXCLUSIVE: ConsumerParameters = {
  subscriptionType: 'Exclusive',
  subscriptionInitialPosition: 'Latest',
};
const SHARED: ConsumerParameters = { ...EXCLUSIVE, subscriptionType: 'Shared' };
const DEAD_LETTER: ConsumerParameters = { ...SHARED, maxRedeliverCount: 2 };

const BROKEN = '***';
const fails = (): never => {
  throw new Error('secret');
};

function subscribed(parameters: ConsumerParameters, normalise?: () => never): IntakeBench {
  const made = bench(normalise, parameters);
  made.intake.begin(SUBSCRIBED, NOW);
  return made;
}

suite('A consumer’s intake', () => {
  test('takes in a lower id that comes late, and drops one that it has had', () => {
    const { intake, take, events, answers } = subscribed(SHARED);
    for (const entry of [5, 7, 3, 7, 5, 4]) take(3, entry, 60_000);
    assert.deepEqual(
      events.map((event) => event.split(' ')[1]),
      ['5', '7', '3', '4'],
    );
    assert.lengthOf(answers, 6, 'copies are answered too');
    assert.deepInclude(intake.counts(6, 0), { received: 6, delivered: 4, duplicates: 2 });
  });

  test('counts what is delivered again, and calls none of it live', () => {
    const { intake, take, events } = subscribed(SHARED);
    intake.caughtUp();
    take(3, 9);
    take(3, 4, 1_000, 'e30=', 1);
    take(3, 9, 0, 'e30=', 1);
    assert.deepEqual(events, ['E 9 live', 'E 4 missed']);
    assert.equal(intake.counts(0, 0).redelivered, 2);
  });

  test('calls what nobody on the subscription has had missed', () => {
    const { take, events } = subscribed(EXCLUSIVE);
    take(3, 1, 60_000);
    assert.deepEqual(events, ['E 1 missed']);
  });

  test('proves nothing and says no gap, however often reading starts again', () => {
    const { intake, take, gaps, verdicts } = subscribed(EXCLUSIVE);
    intake.begin(SUBSCRIBED, NOW);
    take(3, 9);
    intake.begin(SUBSCRIBED, NOW);
    take(3, 40);
    assert.isEmpty(gaps);
    assert.isEmpty(verdicts);
  });

  test('stays at the newest message when an old one comes late', () => {
    const { intake, take } = subscribed(SHARED);
    take(3, 9, 1_000);
    take(3, 4, 60_000, 'e30=', 1);
    assert.equal(intake.cursor.last?.messageId, text(3, 9));
  });

  test('answers a broken payload, so that it does not come round for ever', () => {
    const { take, answers, errors } = subscribed(SHARED);
    take(3, 1, 0, BROKEN);
    assert.deepEqual(answers, [text(3, 1)]);
    assert.deepEqual(errors, ['payload-not-base64']);
  });

  test('with a dead-letter policy sends a broken payload back each time, until it is dead', () => {
    const { take, answers, errors } = subscribed(DEAD_LETTER);
    for (const count of [0, 1, 2]) take(3, 1, 0, BROKEN, count);
    assert.deepEqual(
      answers,
      Array.from({ length: 3 }, () => `back ${text(3, 1)}`),
    );
    assert.lengthOf(errors, 3);
  });

  test('sends back once what a fault of ours could not take in, and then lets it go', () => {
    const { intake, take, answers, errors } = subscribed(EXCLUSIVE, fails);
    take(3, 1);
    assert.isUndefined(intake.cursor.last, 'it is not in');
    take(3, 1);
    assert.deepEqual(answers, [`back ${text(3, 1)}`, text(3, 1)]);
    assert.deepEqual(errors, ['internal', 'internal']);
    take(3, 1);
    assert.equal(intake.counts(0, 0).duplicates, 1);
  });

  test('does not answer what has no id: an answer that names nothing ends the session', () => {
    const { intake, take, answers, errors } = subscribed(EXCLUSIVE);
    for (const frame of ['hello', '[1]', '{"messageId":"garbage!","payload":"e30="}'])
      intake.take(frame, NOW);
    assert.isEmpty(answers);
    assert.lengthOf(errors, 3);
    take(3, 1);
    assert.deepEqual(answers, [text(3, 1)]);
  });

  for (const [parameters, covers] of [
    [EXCLUSIVE, [-60_000]],
    [SHARED, []],
    [{ ...EXCLUSIVE, subscriptionType: 'Failover' }, []],
  ] as const) {
    test(`claims ${covers.length === 0 ? 'no ' : ''}coverage with ${parameters.subscriptionType}`, () => {
      const made = subscribed(parameters);
      made.take(3, 1, 60_000);
      assert.deepEqual(made.covers, covers);
    });
  }
});

const answer = (entry: number): string => `{"messageId":"${text(3, entry)}"}`;

suite('A stream with a subscription', () => {
  test('dials the consumer, and its subscription again after a loss', async () => {
    const page = await opened({ parameters: SHARED });
    page.socket().open();
    page.deliver(3, 1);
    page.socket().drop();
    await draw(page, 2_000);
    assert.lengthOf(page.platform.sockets, 2);
    for (const { url } of page.platform.sockets) {
      assert.match(url, /\/consumer\/persistent\/acme\/agent-v1\/a1\/s\?subscriptionType=Shared&/);
      assert.notInclude(url, 'messageId');
    }
  });

  test('says nothing of a gap, and gives no verdict, whatever comes after a loss', async () => {
    for (const start of ['resume', 'earliest'] as const) {
      const page = await opened({ parameters: SHARED, start: { kind: start } });
      page.socket().open();
      page.socket().drop();
      await draw(page, 2_000);
      page.socket().open();
      page.deliver(3, 1);
      page.deliver(3, 2);
      await draw(page, 1_000);
      page.socket().drop();
      await draw(page, 2_000);
      page.socket().open();
      page.deliver(3, 7);
      page.deliver(2, 0);
      await draw(page, 1_000);
      assert.isEmpty(page.gaps());
      assert.isUndefined(page.stream.diagnostics().continuity);
      assert.equal(page.stream.diagnostics().counts.delivered, 4);
    }
  });

  test('is dialed anew after ten silent minutes, also in partitions, where a reader could not go on', async () => {
    const page = await opened({ parameters: SHARED });
    page.socket().open();
    const messageId = formatMessageId({ ledger: 3, entry: 1, partition: 2, batchIndex: -1 });
    const publishTime = new Date(page.platform.now()).toISOString();
    page.socket().deliver(JSON.stringify({ messageId, payload: 'e30=', publishTime, redeliveryCount: 0 }));
    for (let seconds = 0; seconds < 660 && page.platform.sockets.length === 1; seconds += 30) {
      await draw(page, 30_000);
      if (page.socket().readyState === 1) page.socket().deliver('{"endOfTopic":false}');
    }
    assert.lengthOf(page.platform.sockets, 2);
  });

  test('stores no position and hands none over', async () => {
    const page = await opened({ parameters: EXCLUSIVE, handover: text(3, 1) });
    page.socket().open();
    page.deliver(3, 5);
    await draw(page, 1_000);
    page.stream.lifecycle('pagehide');
    page.stream.close();
    assert.deepEqual(page.saved, { last: undefined, index: [] });
    assert.isAbove(page.updates().length, 0);
    assert.isTrue(page.updates().every(({ position }) => position === undefined));
    assert.deepEqual(page.stream.diagnostics().storage, {
      kind: 'subscription',
      name: 's',
      type: 'Exclusive',
    });
    assert.equal(page.stream.diagnostics().lastMessageId, text(3, 5));
  });

  test('opens no database', async () => {
    let isOpened = false;
    const store = (): Promise<never> => {
      isOpened = true;
      return Promise.reject(new Error('not wanted'));
    };
    const platform = virtualPlatform({ store });
    const hub = new Hub(platform, () => undefined);
    const config = {
      endpoint: 'wss://relay.example/ws/v2',
      tenant: 'acme',
      namespace: 'agent-v1',
      topic: 'a1',
      start: { kind: 'resume' },
      subscription: { name: 's', parameters: EXCLUSIVE },
    } as const;
    hub.receive({ kind: 'open', stream: 1, config, credential: {}, handover: undefined, wasOpen: false });
    await settle();
    assert.lengthOf(platform.sockets, 1);
    assert.isFalse(isOpened);
  });

  test('answers what the page has on screen, and not before', async () => {
    const page = await opened({ parameters: EXCLUSIVE });
    page.socket().open();
    page.deliver(3, 1);
    await page.platform.clock.advance(1_000);
    page.deliver(3, 2);
    await page.platform.clock.advance(1_000);
    const ofMessages = (): readonly string[] =>
      page.socket().sent.filter((sent) => sent.includes('messageId'));
    assert.isEmpty(ofMessages(), 'the page has consumed nothing');
    page.stream.consumed(2);
    await page.platform.clock.advance(0);
    assert.deepEqual(ofMessages(), [answer(1)], 'the second is not in the first update');
    await draw(page, 500);
    page.stream.consumed(2);
    await page.platform.clock.advance(0);
    assert.deepEqual(ofMessages(), [answer(1), answer(2)]);
  });

  test('sends a negative answer in Pulsar’s words', async () => {
    const page = await opened({ parameters: DEAD_LETTER });
    page.socket().open();
    page.deliver(3, 1, BROKEN);
    await draw(page, 500);
    assert.deepEqual(page.socket().sent, [`{"type":"negativeAcknowledge","messageId":"${text(3, 1)}"}`]);
  });

  test('does not take the age of what comes again for a difference of clocks', async () => {
    const page = await opened({ parameters: SHARED });
    page.socket().open();
    await draw(page, 10_100);
    page.socket().deliver('{"endOfTopic":false}');
    await draw(page, 100);
    assert.equal(page.stream.diagnostics().state, 'live');
    const publishTime = new Date(page.platform.now() - 60_000).toISOString();
    const frame = { messageId: text(3, 0), payload: 'e30=', publishTime, redeliveryCount: 1 };
    page.socket().deliver(JSON.stringify(frame));
    assert.equal(page.stream.diagnostics().counts.delivered, 1);
    assert.isUndefined(page.stream.diagnostics().clockSkewMs);
  });

  test('does not answer on one socket what came on another', async () => {
    const page = await opened({ parameters: EXCLUSIVE });
    page.socket().open();
    page.deliver(3, 1);
    await page.platform.clock.advance(100);
    const publishedAt = page.platform.now();
    page.deliver(3, 2);
    page.socket().drop();
    await page.platform.clock.advance(1_000);
    page.socket().open();
    page.stream.consumed(2);
    await draw(page, 300);
    assert.isEmpty(page.socket().sent.filter((sent) => sent.includes('messageId')));
    page.deliver(3, 2, 'e30=', publishedAt);
    await draw(page, 300);
    assert.deepEqual(page.socket().sent.slice(-1), [answer(2)]);
    assert.equal(page.stream.diagnostics().counts.duplicates, 1);
  });

  for (const [goes, returns] of [
    ['freeze', 'resume'],
    ['pagehide', 'pageshow'],
  ] as const) {
    test(`holds nothing from ${goes} on, and dials on ${returns}`, async () => {
      const page = await opened({ parameters: SHARED });
      page.socket().open();
      page.deliver(3, 1);
      await page.platform.clock.advance(200);
      const publishedAt = page.platform.now();
      page.deliver(3, 2);
      page.stream.consumed(2);
      page.stream.lifecycle(goes);
      assert.deepEqual(page.socket().sent, [answer(1)], 'the second is not on screen');
      assert.isFalse(page.socket().isHeld);
      await page.platform.clock.advance(300_000);
      assert.lengthOf(page.platform.sockets, 1, 'nobody dials for a page that is away');
      page.stream.lifecycle(returns);
      assert.lengthOf(page.platform.sockets, 2);
      page.socket().open();
      page.deliver(3, 2, 'e30=', publishedAt);
      await draw(page, 300);
      assert.deepEqual(page.socket().sent, [answer(2)]);
      assert.equal(page.stream.diagnostics().counts.duplicates, 1);
    });
  }

  test('holds nothing of a page that is put away, with share="off" too', async () => {
    const page = await opened({ parameters: SHARED, share: 'off' });
    page.socket().open();
    page.stream.lifecycle('pagehide');
    assert.isFalse(page.socket().isHeld);
  });

  test('is called reconnecting by a page that comes back, and connecting if it never was connected', async () => {
    const page = await opened({ parameters: SHARED });
    const leaveAndReturn = async (): Promise<void> => {
      for (const event of ['pagehide', 'freeze', 'resume', 'pageshow'] as const) {
        page.stream.lifecycle(event);
        await draw(page, 1_000);
      }
    };
    await leaveAndReturn();
    page.socket().open();
    await draw(page, 1_000);
    await leaveAndReturn();
    page.socket().open();
    await draw(page, 1_000);
    const states = page.updates().map(({ connection }) => connection.kind);
    assert.deepEqual(
      states.filter((state, i) => state !== states[i - 1]),
      ['connecting', 'catching-up', 'reconnecting', 'catching-up'],
    );
    const causes = page
      .updates()
      .flatMap(({ connection }) => ('cause' in connection ? [connection.cause] : []));
    assert.deepEqual([...new Set(causes.map(({ kind }) => kind))], ['lifecycle'], 'nobody refused it');
  });

  test('is not dialed anew for a page that comes back, where the page’s policy forbids it', async () => {
    const page = await opened({ parameters: SHARED });
    // Chromium’s way to say so: an error that no close follows.
    page.socket().onerror?.();
    await draw(page, 2_000);
    assert.deepInclude(page.stream.diagnostics().cause, { kind: 'blocked', by: 'policy' });
    const { length } = page.platform.sockets;
    for (const event of ['pagehide', 'freeze', 'resume', 'pageshow'] as const) page.stream.lifecycle(event);
    await draw(page, 1_000);
    assert.lengthOf(page.platform.sockets, length, 'each dial is a violation report');
    page.stream.retry();
    assert.lengthOf(page.platform.sockets, length + 1);
  });

  for (const [parameters, state] of [
    [EXCLUSIVE, 'cannot-connect'],
    [SHARED, 'auth-suspected'],
  ] as const) {
    test(`is called ${state} when a reachable host refuses it as ${parameters.subscriptionType}`, async () => {
      const page = await opened({ parameters, probeHost: () => Promise.resolve('reachable') });
      for (let i = 0; i < 4; i++) {
        page.socket().drop();
        await draw(page, 10_000);
      }
      assert.equal(page.stream.diagnostics().state, state);
    });
  }

  test('does not take the silence of a full window for the end of the past', async () => {
    const page = await opened({ parameters: EXCLUSIVE });
    page.socket().open();
    const ago = new Date(page.platform.now() - 60_000).toISOString();
    const deliver = (entry: number): void =>
      page.socket().deliver(JSON.stringify({ messageId: text(3, entry), payload: 'e30=', publishTime: ago }));
    for (let entry = 0; entry < 1000; entry++) deliver(entry);
    // The page is busy for a while: nothing is consumed, nothing answered, and nothing more can come.
    for (let i = 0; i < 20; i++) {
      await page.platform.clock.advance(500);
      page.socket().deliver('{"endOfTopic":false}');
    }
    assert.equal(page.stream.diagnostics().state, 'catching-up');
    page.stream.consumed(2);
    await draw(page, 100);
    deliver(1000);
    assert.deepInclude(page.model.records.at(-1), { kind: 'event' });
    const last = page.model.records.at(-1);
    assert.equal(last?.kind === 'event' && last.entry.phase, 'missed');
    for (let i = 0; i < 4; i++) {
      await draw(page, 500);
      page.socket().deliver('{"endOfTopic":false}');
    }
    assert.equal(page.stream.diagnostics().state, 'live');
  });
});

suite('A subscription at a service that keeps to no window', () => {
  test('keeps twice a window for a page that draws nothing, and reads on when it does', async () => {
    const page = await opened({ parameters: EXCLUSIVE });
    page.socket().open();
    page.deliver(3, 0);
    await page.platform.clock.advance(1_000);
    for (let entry = 1; entry < 5_000; entry++) page.deliver(3, entry);
    const taken = page.model.records.filter(({ kind }) => kind === 'event');
    assert.lengthOf(taken, MAX_RECEIPTS);
    const { state } = page.stream.diagnostics();
    assert.equal(state, 'reconnecting');
    assert.lengthOf(page.platform.sockets, 1, 'dialed only when there is room');
    page.stream.consumed(2);
    await draw(page, 500);
    assert.lengthOf(page.platform.sockets, 2);
  });
});

suite('A subscription', () => {
  test('is shared by no tabs: its answers are meant for the broker', () => {
    const config = {
      endpoint: 'wss://relay.example/ws/v2',
      tenant: 'acme',
      namespace: 'agent-v1',
      topic: 'a1',
      start: { kind: 'resume' },
    } as const;
    const reasonOf = (subscription: boolean): unknown =>
      new Sharing(
        virtualPlatform(),
        subscription ? { ...config, subscription: { name: 'crm', parameters: EXCLUSIVE } } : config,
        { probe: () => undefined, standAfter: () => undefined },
      ).state;
    assert.deepEqual(reasonOf(true), { kind: 'alone', reason: 'a subscription' });
    assert.notDeepEqual(reasonOf(false), reasonOf(true));
  });
});
