/** Worry: tabs that share one connection, and what happens to the others when one of them goes, stalls or lies. */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { assertSchedules } from '../support/faults/assert-schedules.js';
import type { StartRule } from '../../src/protocol/stream-config.js';
import type { TabMessage } from '../../src/worker/tab-messages.js';
import { SharedStream, type SharingTab } from './support/shared-stream.js';

const CANARY = { apiKey: 'eght_canary' };
const ASKED = { ...CANARY, isAsked: true } as const;

async function threeLive(seed = 1): Promise<SharedStream> {
  const shared = new SharedStream(seed);
  for (let i = 0; i < 3; i++) shared.open();
  await shared.clock.advance(2_000);
  shared.broker.publish(5, false);
  await shared.clock.advance(12_000);
  return shared;
}

/** Two live tabs, whose pages need 60 ms for a key. */
async function twoAskedForKeys(): Promise<{
  readonly shared: SharedStream;
  readonly leader: SharingTab;
  readonly follower: SharingTab;
}> {
  const shared = new SharedStream(1);
  shared.answerMs = 60;
  const leader = shared.open({ kind: 'resume' }, ASKED);
  await shared.clock.advance(2_000);
  const follower = shared.open({ kind: 'resume' }, ASKED);
  await shared.clock.advance(2_000);
  shared.broker.publish(5, false);
  await shared.clock.advance(12_000);
  assert.deepEqual([leader.role, follower.role], ['leader', 'follower']);
  return { shared, leader, follower };
}

function assertWhole(shared: SharedStream, isAtRest = true): void {
  const faults = shared.alive.flatMap((tab) => tab.faults(shared.broker, isAtRest));
  assert.isEmpty([...faults, ...shared.broker.failures], faults.slice(0, 5).join('; '));
}

const roles = (shared: SharedStream): readonly string[] => shared.alive.map(({ role }) => role).sort();

suite('Tabs that read one stream', function () {
  this.timeout(60_000);

  test('have one socket between them, and each gets everything once', async () => {
    const shared = await threeLive();
    shared.broker.publish(300, false);
    await shared.clock.advance(3_000);
    assert.equal(shared.sockets, 1);
    assert.deepEqual(roles(shared), ['follower', 'follower', 'leader']);
    assertWhole(shared);
  });

  test('a lone tab dials within 5 ms', async () => {
    const shared = new SharedStream(1);
    const tab = shared.open();
    await shared.clock.advance(5);
    assert.equal(tab.tab.platform.sockets.length, 1);
  });

  test('a leader that is killed in a burst is followed within 2 s, and nobody sees it', async () => {
    const shared = await threeLive();
    const { leader } = shared;
    for (let i = 0; i < 20; i++) {
      shared.broker.publish(5, false);
      await shared.clock.advance(10);
      if (i === 10) shared.kill(leader);
    }
    await shared.clock.advance(2_000);
    assert.equal(shared.sockets, 1);
    assert.deepEqual(roles(shared), ['follower', 'leader']);
    assertWhole(shared);
    for (const { states, model } of shared.alive) {
      assert.deepEqual(states.slice(states.indexOf('live')), ['live']);
      const phases = model.records.slice(-100).map((one) => (one.kind === 'event' ? one.entry.phase : ''));
      assert.deepEqual([...new Set(phases)], ['live']);
    }
  });

  test('a tab that never had a message has a place when its leader goes', async () => {
    for (const isQuiet of [true, false]) {
      const shared = new SharedStream(1);
      shared.open();
      await shared.clock.advance(2_000);
      shared.broker.publish(5, false);
      await shared.clock.advance(2_000);
      const late = shared.open({ kind: 'latest' });
      await shared.clock.advance(2_000);
      assert.equal(late.role, 'follower');
      shared.kill(shared.leader);
      if (!isQuiet) shared.broker.publish(2, false);
      await shared.clock.advance(20_000);
      assert.equal(late.role, 'leader');
      assert.isEmpty(late.gaps);
      assert.deepEqual(late.states.slice(late.states.indexOf('live')), ['live']);
      assert.deepEqual(
        late.seqs(shared.broker),
        isQuiet ? [] : [5, 6],
        'what was there before is not its own',
      );
      shared.broker.publish(1, false);
      await shared.clock.advance(1_000);
      assertWhole(shared);
    }
  });

  test('a leader that is frozen with its page, without a word of its own, is followed within two seconds by one of the others', async () => {
    const shared = await threeLive();
    const { leader } = shared;
    const { lockNames, steals } = shared.browser;
    leader.tab.hang();
    shared.browser.say(lockNames[0] ?? '', { kind: 'frozen' });
    await shared.clock.advance(1_500);
    const others = shared.alive.filter((tab) => tab !== leader);
    assert.deepEqual(others.map(({ role }) => role).sort(), ['follower', 'leader']);
    assert.equal(shared.browser.steals - steals, 1);
    shared.broker.publish(3, false);
    await shared.clock.advance(1_000);
    leader.tab.thaw();
    await shared.clock.advance(20_000);
    assert.equal(shared.sockets, 1);
    assertWhole(shared);
  });

  test('nothing changes when the page of a tab is frozen that does not lead', async () => {
    const shared = await threeLive();
    const before = dials(shared);
    const [frozen] = shared.alive.filter(({ role }) => role === 'follower');
    frozen?.tab.hang();
    shared.browser.say(shared.browser.lockNames[0] ?? '', { kind: 'frozen' });
    await shared.clock.advance(5_000);
    frozen?.tab.thaw();
    await shared.clock.advance(5_000);
    assert.equal(shared.browser.steals, 0);
    assert.equal(dials(shared), before);
    assertWhole(shared);
  });

  test('a leader that closes its stream holds nothing any more', async () => {
    const shared = await threeLive();
    const { leader } = shared;
    leader.stream.close();
    await shared.clock.advance(250);
    assert.equal(shared.browser.holdingsOf(leader.tab), 0);
    assert.isEmpty(leader.tab.platform.sockets.filter(({ isHeld }) => isHeld));
  });

  test('a tab that is closed while it looks for the others has no timer left', async () => {
    const shared = new SharedStream(1);
    shared.browser.locks = 'never';
    const { stream, tab } = shared.open();
    await shared.clock.advance(10);
    assert.equal(shared.browser.holdingsOf(tab), 1, 'the channel');
    stream.close();
    await shared.clock.advance(250);
    assert.equal(shared.clock.pending, 0);
  });

  test('tabs that have closed their streams leave no timer', async () => {
    const shared = await threeLive();
    for (const { stream } of shared.alive) stream.close();
    await shared.clock.advance(1_000);
    assert.equal(shared.clock.pending, 0);
  });

  test('a tab that has the lead and no key to dial with leaves it to another', async () => {
    const shared = new SharedStream(1);
    shared.open();
    await shared.clock.advance(2_000);
    // It is asked again before the dial that the lead is for.
    shared.answerMs = 3_600_000;
    const keyless = shared.open({ kind: 'resume' }, { apiKey: 'once', isAsked: true });
    await shared.clock.advance(10);
    keyless.stream.changeCredential({ apiKey: 'once', isAsked: true });
    await shared.clock.advance(1_000);
    shared.answerMs = 0;
    const other = shared.open();
    await shared.clock.advance(1_000);
    assert.deepEqual([keyless.role, other.role], ['follower', 'follower']);
    shared.kill(shared.leader);
    await shared.clock.advance(1_000);
    assert.equal(other.role, 'leader');
  });

  test('a tab that comes later is given what it has missed since its last visit', async () => {
    const shared = new SharedStream(1);
    const leader = shared.open();
    await shared.clock.advance(2_000);
    shared.broker.publish(3, false);
    await shared.clock.advance(1_000);
    // What it is not shown is not kept as seen.
    leader.isConsuming = false;
    shared.broker.publish(5, false);
    await shared.clock.advance(1_000);
    const late = shared.open();
    await shared.clock.advance(1_000);
    assert.equal(late.role, 'follower');
    assert.deepEqual(late.seqs(shared.broker), [0, 1, 2, 3, 4, 5, 6, 7], 'its window, and the rest');
  });

  test('a leader that hangs is robbed of the lead, and follows when it wakes', async () => {
    const shared = await threeLive();
    const { leader } = shared;
    leader.tab.hang();
    shared.broker.publish(5, false);
    await shared.clock.advance(15_000);
    const others = shared.alive.filter((tab) => tab !== leader);
    assert.deepEqual(others.map(({ role }) => role).sort(), ['follower', 'leader']);
    leader.tab.thaw();
    await shared.clock.advance(15_000);
    assert.equal(shared.sockets, 1);
    assert.equal(leader.role, 'follower');
    assertWhole(shared);
  });

  test('a leader that has taken over from another is robbed and follows in its turn', async () => {
    const shared = await threeLive();
    shared.kill(shared.leader);
    await shared.clock.advance(2_000);
    const { leader } = shared;
    leader.tab.hang();
    await shared.clock.advance(15_000);
    leader.tab.thaw();
    await shared.clock.advance(1_000);
    assert.deepEqual(roles(shared), ['follower', 'leader']);
    assert.equal(leader.role, 'follower');
    assert.equal(shared.sockets, 1);
  });

  test('a page that goes into the cache holds nothing, and takes up again when it is shown', async () => {
    const shared = await threeLive();
    const { leader } = shared;
    leader.stream.lifecycle('pagehide');
    await shared.clock.advance(1);
    assert.equal(shared.browser.holdingsOf(leader.tab), 0);
    leader.tab.hang();
    await shared.clock.advance(2_000);
    assert.equal(shared.sockets, 1);
    shared.broker.publish(5, false);
    await shared.clock.advance(60_000);
    leader.tab.thaw();
    leader.stream.lifecycle('pageshow');
    await shared.clock.advance(1_000);
    assert.equal(leader.stream.diagnostics().state, 'live');
    assert.equal(leader.role, 'follower');
    const last = leader.model.records.at(-1);
    assert.equal(last?.kind === 'event' && last.entry.phase, 'missed');
    assert.equal(shared.sockets, 1);
    assertWhole(shared);
  });

  test('a page that goes into the cache while it waits to dial holds nothing there', async () => {
    const shared = await threeLive();
    const { leader } = shared;
    shared.broker.drop();
    await shared.clock.advance(1);
    leader.stream.lifecycle('pagehide');
    await shared.clock.advance(3_000);
    assert.equal(shared.browser.holdingsOf(leader.tab), 0);
    assert.equal(shared.sockets, 1);
    leader.stream.lifecycle('pageshow');
    await shared.clock.advance(1_000);
    assert.deepEqual(roles(shared), ['follower', 'follower', 'leader']);
    assertWhole(shared);
  });

  test('a page that goes into the cache while its dial hangs has met no refusal, of its key or of its position', async () => {
    for (const isBack of [false, true]) {
      const shared = new SharedStream(1);
      if (isBack) {
        shared.open();
        await shared.clock.advance(2_000);
        shared.broker.publish(5, false);
        await shared.clock.advance(12_000);
        shared.kill(shared.leader);
      }
      const { stream, tab } = shared.open();
      let probes = 0;
      tab.platform.probeHost = () => {
        probes++;
        return Promise.resolve('reachable');
      };
      shared.broker.fallSilent(60_000);
      for (let returns = 1; returns <= 5; returns++) {
        await shared.clock.advance(1_000);
        stream.lifecycle('pagehide');
        await shared.clock.advance(1_000);
        stream.lifecycle('pageshow');
        await shared.clock.advance(100);
        assert.equal(stream.diagnostics().state, 'connecting', `${returns} times`);
        assert.equal(tab.platform.sockets.at(-1)?.url.includes('messageId=latest'), !isBack);
      }
      assert.equal(probes, 0);
    }
  });

  test('what the service says of the leader’s key is told to no tab with another one, and the rest is', async () => {
    for (const [said, told] of [
      ['no access for eght_canary', ''],
      ['back at noon', 'back at noon'],
    ] as const) {
      const shared = new SharedStream(1);
      shared.open();
      await shared.clock.advance(2_000);
      const follower = shared.open({ kind: 'resume' }, { apiKey: 'eght_mine' });
      await shared.clock.advance(2_000);
      shared.broker.publish(5, false);
      await shared.clock.advance(12_000);
      assert.equal(follower.role, 'follower');
      shared.leader.tab.platform.sockets.at(-1)?.drop(4401, said);
      await shared.clock.advance(20);
      assert.notInclude(JSON.stringify(shared.browser.said), 'canary');
      assert.deepInclude(follower.stream.diagnostics().cause, { code: 4401, reason: told });
    }
  });

  test('a service that goes away is dialed by one tab at a time, and not at once', async () => {
    let early = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const shared = await threeLive(seed);
      const before = dials(shared);
      shared.broker.drop();
      await shared.clock.advance(20);
      early += dials(shared) - before;
      await shared.clock.advance(3_000);
      assert.equal(dials(shared), before + 1, `seed ${seed}`);
      assert.equal(shared.sockets, 1);
      assertWhole(shared, false);
    }
    // Each waits up to a second: 36 waits, of which one or two may be that short.
    assert.isAtMost(early, 2);
  });

  test('a lead that is stolen while the next dial waits for a key does not keep the dial waiting', async () => {
    const { shared, leader, follower } = await twoAskedForKeys();
    const [name = ''] = shared.browser.lockNames;
    shared.kill(leader);
    // Granted, the follower hangs up to start over as the leader, and is given its key 60 ms later.
    await until(shared, () => follower.role === 'alone');
    shared.browser.rob(name);
    shared.broker.publish(5, false);
    await shared.clock.advance(1_000);
    assert.equal(follower.role, 'alone');
    assertWhole(shared);
  });

  test('a page that goes into the cache between two dials holds no lead', async () => {
    const { shared, leader, follower } = await twoAskedForKeys();
    shared.kill(leader);
    await until(shared, () => follower.role === 'alone');
    follower.stream.lifecycle('pagehide');
    await shared.clock.advance(0);
    assert.equal(shared.browser.holdingsOf(follower.tab), 0);
  });

  test('frames that the channel loses are noticed and read again', async () => {
    const shared = await threeLive();
    shared.browser.loses = isFrames;
    shared.broker.publish(5, false);
    await shared.clock.advance(100);
    shared.browser.loses = () => false;
    shared.broker.publish(5, false);
    await shared.clock.advance(1_000);
    assertWhole(shared);
  });

  test('the last frames before a pause, which the channel loses, are noticed within seconds', async () => {
    const shared = await threeLive();
    shared.browser.loses = isFrames;
    shared.broker.publish(2, false);
    await shared.clock.advance(100);
    shared.browser.loses = () => false;
    await shared.clock.advance(7_000);
    assertWhole(shared);
  });

  test('a leader that is still connecting is waited for, and not dialed beside', async () => {
    const shared = new SharedStream(1);
    shared.broker.fallSilent(60_000);
    shared.open();
    await shared.clock.advance(1_000);
    shared.open();
    await shared.clock.advance(10_000);
    assert.equal(dials(shared), 1);
  });

  test('the service is asked no more often than one tab with its needs would ask', async () => {
    const shared = await threeLive();
    const questions = (): number =>
      shared.alive
        .flatMap(({ tab }) => tab.platform.sockets)
        .flatMap(({ sent }) => sent)
        .filter((text) => text.includes('isEndOfTopic')).length;
    const before = questions();
    await shared.clock.advance(100_000);
    assert.isAtLeast(questions() - before, 3);
    assert.isAtMost(questions() - before, 3 * 4, 'of three tabs, every 25 s');
  });

  test('a service that refuses dials while the leader reads on does not cost the position', async () => {
    const faults = await play(
      [
        { kind: 'refuse', count: 4 },
        { kind: 'publish', count: 1 },
        { kind: 'wait', count: 300 },
        { kind: 'join' },
        { kind: 'wait', count: 1_300 },
        { kind: 'kill', tab: 0 },
      ],
      16,
    );
    assert.isEmpty(faults);
  });

  test('nor that of a tab which reads apart, nor the leader its lead', async () => {
    const shared = new SharedStream(1);
    shared.broker.publish(3, false);
    const leader = shared.open();
    await shared.clock.advance(12_000);
    shared.broker.refusals = 1_000;
    const [, named] = shared.broker.everything;
    const apart = shared.open({ kind: 'message-id', messageId: named?.text ?? '' });
    await shared.clock.advance(180_000);
    assert.isEmpty(apart.gaps);
    assert.equal(leader.role, 'leader', 'who tries the service takes nothing away from those who read');
    assert.lengthOf(leader.tab.platform.sockets, 1);
    shared.broker.heal();
    await shared.clock.advance(60_000);
    assert.deepEqual(apart.seqs(shared.broker), [2]);
    assert.isEmpty(apart.gaps);
  });

  test('a follower finds out within 36 s that the service no longer answers', async () => {
    const shared = await threeLive();
    shared.broker.fallSilent(300_000);
    await shared.clock.advance(37_000);
    for (const { stream } of shared.alive) assert.notEqual(stream.diagnostics().state, 'live');
  });

  for (const said of ['offline', 'reconnecting'] as const) {
    test(`each tab is ${said} since the network went, whichever of them had the socket`, async () => {
      const shared = await threeLive();
      const lostAt = shared.clock.now;
      shared.broker.fallSilent(300_000);
      if (said === 'offline') for (const { stream } of shared.alive) stream.lifecycle('offline');
      await shared.clock.advance(60_000);
      for (const { stream } of shared.alive) {
        const { state, since } = stream.diagnostics();
        assert.equal(state, said);
        assert.isAtLeast(since, lostAt);
      }
    });
  }

  test('what is published while the computer sleeps is missed and not live, in the tab too that takes the lead over', async () => {
    const shared = await threeLive();
    const { leader } = shared;
    const others = shared.alive.filter((tab) => tab !== leader);
    shared.clock.sleep(3_600_000);
    // Nobody says that the session is gone.
    shared.broker.halfOpen();
    shared.broker.publish(5, false);
    leader.stream.woke(3_600_000);
    // Its clock ticks a little later.
    await shared.clock.advance(500);
    for (const { stream } of others) stream.woke(3_600_000);
    await shared.clock.advance(30_000);
    for (const { model } of others) {
      const phases = model.records.slice(-5).map((one) => (one.kind === 'event' ? one.entry.phase : ''));
      assert.deepEqual([...new Set(phases)], ['missed']);
    }
    assertWhole(shared);
  });

  /** Has more waiting for its page than it should, and less than makes it hang up. */
  async function congest(shared: SharedStream, slow: SharingTab): Promise<void> {
    slow.isConsuming = false;
    shared.broker.window = 1_000;
    shared.broker.publish(1, false);
    await shared.clock.advance(500);
    slow.model.waiting = 1_000;
    for (let i = 0; i < 150; i++) {
      shared.broker.publish(10, false);
      await shared.clock.advance(100);
    }
    for (const tab of shared.alive) if (tab !== slow) assert.isEmpty(tab.faults(shared.broker, true));
  }

  async function relieve(shared: SharedStream, slow: SharingTab): Promise<void> {
    slow.model.waiting = 0;
    slow.consume();
    await shared.clock.advance(20_000);
    assertWhole(shared);
    assert.equal(shared.sockets, 1);
  }

  test('a tab that does not keep up slows nobody, and lacks nothing when it does again', async () => {
    const shared = await threeLive();
    const [slow] = shared.alive.filter(({ role }) => role === 'follower');
    if (slow === undefined) throw new Error('no follower');
    await congest(shared, slow);
    assert.isAtMost(slow.seqs(shared.broker).length, 1_010);
    await relieve(shared, slow);
  });

  test('nor does it take the service for dead while it does not keep up', async () => {
    const shared = await threeLive();
    const [slow] = shared.alive.filter(({ role }) => role === 'follower');
    if (slow === undefined) throw new Error('no follower');
    await congest(shared, slow);
    const { reconnects } = slow.stream.diagnostics().counts;
    await shared.clock.advance(120_000);
    assert.equal(slow.role, 'follower');
    assert.equal(slow.stream.diagnostics().counts.reconnects, reconnects);
    await relieve(shared, slow);
  });

  test('a tab that comes when the topic has ended hears so from the leader, and dials no more', async () => {
    const shared = await threeLive();
    shared.broker.isTerminated = true;
    await shared.clock.advance(30_000);
    assert.equal(shared.leader.stream.diagnostics().state, 'ended');
    const late = shared.open({ kind: 'latest' });
    await shared.clock.advance(40_000);
    assert.equal(late.stream.diagnostics().state, 'ended');
    assert.isAtMost(late.stream.diagnostics().counts.reconnects, 0);
  });

  test('nor does it lack the end of a topic that ends meanwhile', async () => {
    const shared = await threeLive();
    const [slow] = shared.alive.filter(({ role }) => role === 'follower');
    if (slow === undefined) throw new Error('no follower');
    await congest(shared, slow);
    shared.broker.isTerminated = true;
    await shared.clock.advance(40_000);
    assert.equal(shared.leader.stream.diagnostics().state, 'ended');
    assert.notEqual(slow.stream.diagnostics().state, 'ended', 'there is more to come');
    slow.model.waiting = 0;
    slow.consume();
    await shared.clock.advance(40_000);
    assert.equal(slow.seqs(shared.broker).at(-1), shared.broker.newest);
    assert.equal(slow.stream.diagnostics().state, 'ended');
  });

  test('a topic that ended and was made anew stays live in all tabs, and is read on when the leader goes', async () => {
    const shared = await threeLive();
    const states = (): readonly string[] => shared.alive.map(({ stream }) => stream.diagnostics().state);
    shared.broker.isTerminated = true;
    await shared.clock.advance(60_000);
    assert.deepEqual(states(), ['ended', 'ended', 'ended']);
    shared.broker.isTerminated = false;
    shared.broker.recreate('same-cluster');
    shared.broker.publish(3, false);
    // Beyond each tab's next question.
    await shared.clock.advance(60_000);
    assert.deepEqual(states(), ['live', 'live', 'live']);
    shared.kill(shared.leader);
    await shared.clock.advance(5_000);
    shared.broker.publish(4, false);
    await shared.clock.advance(5_000);
    assert.equal(shared.sockets, 1);
    assertWhole(shared);
  });

  test('a topic that ended is still listened to when the leader goes, so that one made anew is read', async () => {
    const shared = await threeLive();
    shared.broker.isTerminated = true;
    await shared.clock.advance(60_000);
    shared.kill(shared.leader);
    await shared.clock.advance(60_000);
    assert.equal(shared.sockets, 1);
    assert.deepEqual(
      shared.alive.map(({ stream }) => stream.diagnostics().state),
      ['ended', 'ended'],
    );
    shared.broker.isTerminated = false;
    shared.broker.recreate('same-cluster');
    shared.broker.publish(3, false);
    await shared.clock.advance(60_000);
    assert.equal(shared.sockets, 1);
    assertWhole(shared);
  });

  test('a leader that does not keep up gives the lead away', async () => {
    const shared = await threeLive();
    const { leader } = shared;
    await congest(shared, leader);
    assert.deepEqual(roles(shared), ['follower', 'follower', 'leader']);
    assert.equal(leader.role, 'follower');
    await relieve(shared, leader);
  });

  test('a leader that fell behind while it was alone gives the lead away to whoever comes', async () => {
    const shared = new SharedStream(3);
    shared.broker.window = 1_000;
    const first = shared.open();
    await shared.clock.advance(2_000);
    shared.broker.publish(3_000, false);
    await shared.clock.advance(10_000);
    shared.kill(first);
    const behind = shared.open({ kind: 'earliest' });
    behind.isConsuming = false;
    for (let i = 0; i < 400; i++) {
      behind.model.waiting = 600;
      await shared.clock.advance(5);
    }
    assert.isAtMost(behind.seqs(shared.broker).length, 1_100);
    const next = shared.open({ kind: 'earliest' });
    await shared.clock.advance(60_000);
    assert.deepEqual(next.gaps, []);
    assert.lengthOf(next.seqs(shared.broker), 3_000);
    behind.model.waiting = 0;
    behind.consume();
    await shared.clock.advance(60_000);
    shared.broker.publish(1, false);
    await shared.clock.advance(2_000);
    assert.equal(shared.sockets, 1);
    assertWhole(shared);
  });

  test('a tab that wants what the leader never had reads it apart, and joins', async () => {
    const shared = new SharedStream(3);
    shared.broker.publish(3_000, false);
    shared.open();
    await shared.clock.advance(2_000);
    const late = shared.open({ kind: 'earliest' });
    await shared.clock.advance(200);
    assert.equal(late.role, 'alone');
    await shared.clock.advance(30_000);
    shared.broker.publish(1, false);
    await shared.clock.advance(1_000);
    assert.deepEqual(roles(shared), ['follower', 'leader']);
    assert.equal(late.role, 'follower');
    assert.equal(shared.sockets, 1);
    assert.equal(late.seqs(shared.broker)[0], 0);
    assertWhole(shared);
  });

  test('a tab that reads apart joins after the next message when the last one that it has cannot be read', async () => {
    const shared = new SharedStream(3);
    shared.broker.publish(3_000, false);
    shared.open();
    await shared.clock.advance(2_000);
    const late = shared.open({ kind: 'earliest' });
    while (late.seqs(shared.broker).length < 3_000) await shared.clock.advance(10);
    assert.equal(late.role, 'alone');
    for (const { socket } of shared.broker.sessions) socket.deliver('{"messageId":"spoilt');
    await shared.clock.advance(1_000);
    shared.broker.publish(1, false);
    await shared.clock.advance(1_000);
    assert.equal(late.role, 'follower');
    assert.equal(shared.sockets, 1);
    assertWhole(shared);
  });

  test('a tab that reads apart takes the lead with the socket that it has, and the others hear of it', async () => {
    const shared = new SharedStream(3);
    shared.broker.publish(3_000, false);
    const first = shared.open();
    await shared.clock.advance(2_000);
    shared.broker.publish(1, false);
    await shared.clock.advance(100);
    const apart = shared.open({ kind: 'earliest' });
    await shared.clock.advance(10);
    const follower = shared.open({ kind: 'latest' });
    await shared.clock.advance(400);
    assert.deepEqual([apart.role, follower.role], ['alone', 'follower']);
    shared.kill(first);
    await shared.clock.advance(100);
    assert.equal(apart.role, 'leader');
    shared.broker.publish(1, false);
    await shared.clock.advance(1_000);
    assert.deepEqual(follower.seqs(shared.broker), [3_001]);
    await shared.clock.advance(30_000);
    assert.equal(follower.role, 'follower');
    assert.lengthOf(apart.tab.platform.sockets, 1);
    assert.equal(shared.sockets, 1);
    assertWhole(shared);
  });

  test('a tab that its page forbids to connect says so', async () => {
    const shared = new SharedStream(1);
    shared.broker.fallSilent(60_000);
    const tab = shared.open();
    await shared.clock.advance(100);
    // Chromium’s way to say so: an error that no close follows.
    tab.tab.platform.sockets.at(-1)?.onerror?.();
    await shared.clock.advance(2_000);
    assert.deepInclude(tab.stream.diagnostics().cause, { kind: 'blocked' });
  });

  for (const locks of ['never', 'refused', 'missing'] as const) {
    test(`each tab works alone within a second where locks are ${locks}`, async () => {
      const shared = new SharedStream(1);
      shared.browser.locks = locks;
      shared.open();
      shared.open();
      await shared.clock.advance(100);
      if (locks !== 'never') assert.equal(dials(shared), 2, 'there is nothing to wait for');
      await shared.clock.advance(900);
      assert.equal(shared.sockets, 2);
      shared.broker.publish(20, false);
      await shared.clock.advance(2_000);
      assert.deepEqual(roles(shared), ['alone', 'alone']);
      assertWhole(shared);
    });
  }

  test('each tab works alone where there are no channels', async () => {
    const shared = new SharedStream(1);
    shared.browser.channels = 'refused';
    shared.open();
    shared.open();
    await shared.clock.advance(1_000);
    assert.equal(shared.sockets, 2);
    assert.deepEqual(roles(shared), ['alone', 'alone']);
  });

  test('what others say on the channel is checked, and no key is ever said', async () => {
    const shared = await threeLive();
    const name = shared.browser.lockNames[0] ?? '';
    const frames = shared.browser.said.findLast(isFrames);
    if (frames === undefined) throw new Error('nothing was relayed');
    const { session, next, frames: sent } = frames;
    shared.browser.say(name, { kind: 'frames', session, next: next + sent.length, frames: 'abc' });
    for (const message of hostile) shared.browser.say(name, message);
    await shared.clock.advance(30_000);
    shared.broker.publish(5, false);
    await shared.clock.advance(2_000);
    assertWhole(shared);
    for (const { stream } of shared.alive) assert.equal(stream.diagnostics().counts.rejected, 0);
    assert.notInclude(JSON.stringify(shared.browser.said) + name, 'canary');
  });

  test('what is meant for other tabs, or is said of a socket that nobody reads through, costs no dial', async () => {
    const shared = await threeLive();
    const name = shared.browser.lockNames[0] ?? '';
    const session = shared.browser.said.findLast(isFrames)?.session ?? '';
    const [dialsBefore, rolesBefore] = [dials(shared), roles(shared)];
    const reconnects = (): readonly number[] =>
      shared.alive.map(({ stream }) => stream.diagnostics().counts.reconnects);
    const before = reconnects();
    shared.browser.say(name, { kind: 'over', session: 'another', code: 1006, reason: '' });
    shared.browser.say(name, { kind: 'frames', session: 'another', next: 7, frames: ['{}'] });
    shared.browser.say(name, { kind: 'elsewhere', session, to: 'another' });
    shared.browser.say(name, {
      kind: 'attached',
      session,
      to: 'another',
      next: 0,
      frames: [],
      last: undefined,
    });
    await shared.clock.advance(2_000);
    assert.deepEqual(roles(shared), rolesBefore);
    assert.deepEqual(reconnects(), before);
    assert.equal(dials(shared), dialsBefore);
    assertWhole(shared);
  });

  test('a question of another tab is put anew where one is under way, and only the answer to the newest is relayed as one', async () => {
    const shared = await threeLive();
    const name = shared.browser.lockNames[0] ?? '';
    const questions = (): number =>
      shared.leader.tab.platform.sockets
        .flatMap(({ sent }) => sent)
        .filter((text) => text.includes('isEndOfTopic')).length;
    const [putBefore, saidBefore] = [questions(), shared.browser.said.length];
    shared.browser.say(name, { kind: 'ask' });
    shared.browser.say(name, { kind: 'ask' });
    await shared.clock.advance(1_000);
    assert.equal(questions() - putBefore, 2);
    const relayed = shared.browser.said.slice(saidBefore).filter(isFrames);
    assert.deepEqual(
      relayed.flatMap(({ frames }) => frames),
      ['{"type":"isEndOfTopic"}', '{"endOfTopic":false}'],
      'after a sign of life',
    );
    assertWhole(shared);
  });

  test('a slow service that is asked by one tab after the other is not taken for dead', async () => {
    const shared = new SharedStream(1);
    for (let i = 0; i < 9; i++) shared.open();
    await shared.clock.advance(2_000);
    shared.broker.publish(5, false);
    await shared.clock.advance(12_000);
    const { leader } = shared;
    const before = dials(shared);
    const [socket] = leader.tab.platform.sockets;
    assert.isDefined(socket);
    const deliver = socket.deliver.bind(socket);
    socket.deliver = (data) => void shared.clock.setTimer(() => deliver(data), 2_000);
    // Somebody goes through his tabs.
    for (const { stream } of shared.alive.filter((tab) => tab !== leader)) {
      stream.lifecycle('visible');
      await shared.clock.advance(1_000);
    }
    await shared.clock.advance(10_000);
    assert.equal(dials(shared), before);
    assert.equal(leader.role, 'leader');
    assertWhole(shared);
  });

  test('a refusal is one, however long the tab has waited for the leader before it dialed', async () => {
    const shared = new SharedStream(1);
    shared.broker.fallSilent(18_500);
    const first = shared.open();
    await shared.clock.advance(1_000);
    const { tab } = shared.open();
    let probes = 0;
    tab.platform.probeHost = () => {
      probes++;
      return Promise.resolve('unknown');
    };
    await shared.clock.advance(18_000);
    assert.equal(dials(shared), 1);
    shared.broker.refusals = 3;
    shared.kill(first);
    await shared.clock.advance(30_000);
    assert.equal(shared.sockets, 1);
    assert.equal(probes, 1, 'with the third refusal');
  });

  test("a tab that reads apart goes on when the leader's socket ends", async () => {
    const shared = new SharedStream(3);
    shared.broker.publish(3_000, false);
    const first = shared.open();
    await shared.clock.advance(2_000);
    const apart = shared.open({ kind: 'earliest' });
    await shared.clock.advance(200);
    assert.equal(apart.role, 'alone');
    const [socket] = first.tab.platform.sockets;
    socket?.drop();
    assert.equal(apart.role, 'alone');
    await shared.clock.advance(30_000);
    assert.equal(apart.stream.diagnostics().counts.reconnects, 0);
    shared.broker.publish(1, false);
    await shared.clock.advance(1_000);
    assertWhole(shared);
  });

  test('nothing is lost or doubled, whatever tabs do', async () => {
    const played = fc.tuple(fc.array(act, { minLength: 1, maxLength: 30 }), fc.integer());
    await assertSchedules('shared-socket', played, ([acts, luck]) => play(acts, luck), { numRuns: 300 });
  });
});

const hostile: readonly unknown[] = [
  null,
  'leader',
  { kind: 'toString' },
  { kind: 'attach', from: {}, after: 1 },
  { kind: 'frames', session: 'x', next: 0, frames: 'abc' },
  { kind: 'frames', session: 'x', next: 0, frames: Array.from({ length: 5_000 }, () => '{}') },
  { kind: 'leader', session: 'x'.repeat(10_000), isReady: true, next: 0 },
  { kind: 'over', session: 'nobody', code: 1000, reason: '' },
  { kind: 'attached', session: 'x', to: 'x', next: 0, frames: [], last: { messageId: 'x' } },
];

async function until(shared: SharedStream, isSo: () => boolean): Promise<void> {
  for (let ms = 0; !isSo(); ms++) {
    if (ms === 2_000) throw new Error(`not so within 2 s: ${isSo.toString()}`);
    await shared.clock.advance(1);
  }
}

const isFrames = (message: unknown): message is Extract<TabMessage, { kind: 'frames' }> =>
  (message as TabMessage).kind === 'frames';

function dials(shared: SharedStream): number {
  return shared.alive.reduce((sum, { tab }) => sum + tab.platform.sockets.length, 0);
}

type Act =
  | { readonly kind: 'publish' | 'wait'; readonly count: number }
  | { readonly kind: 'join' | 'join-at-latest' | 'drop' | 'unload' }
  | {
      readonly kind: 'kill' | 'close' | 'hang' | 'thaw' | 'hide' | 'show' | 'slow' | 'fast';
      readonly tab: number;
    }
  | { readonly kind: 'refuse'; readonly count: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      count: fc.constantFrom(1, 5, 20, 60, 300, 1_000, 6_000, 30_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('join' as const, 'join-at-latest' as const, 'drop' as const, 'unload' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('kill', 'kill', 'close', 'hang', 'thaw', 'hide', 'show', 'slow', 'fast'),
      tab: fc.nat({ max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('refuse' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
);

async function play(acts: readonly Act[], luck: number): Promise<readonly string[]> {
  const shared = new SharedStream(luck);
  const { broker, clock } = shared;
  const hidden = new Set<SharingTab>();
  // Every other page is asked for its key, and is slower than a lead waits on its way to the next dial, or is not.
  shared.answerMs = Math.abs(luck) % 150;
  const credential = luck % 2 === 0 ? CANARY : ASKED;
  const open = (start?: StartRule): void => void shared.open(start, credential);
  open();
  open();
  await clock.advance(1_500);
  for (const one of acts) {
    await clock.advance(1);
    const tab = 'tab' in one ? shared.alive[one.tab % Math.max(1, shared.alive.length)] : undefined;
    switch (one.kind) {
      case 'publish':
        broker.publish(one.count, false);
        break;
      case 'wait':
        await clock.advance(one.count);
        break;
      case 'join':
        if (shared.alive.length < 5) open();
        break;
      case 'join-at-latest':
        if (shared.alive.length < 5) open({ kind: 'latest' });
        break;
      case 'drop':
        broker.drop();
        break;
      case 'unload':
        broker.roll();
        break;
      case 'refuse':
        broker.refusals = one.count;
        break;
      case 'kill':
        if (tab !== undefined) shared.kill(tab);
        break;
      case 'close':
        tab?.stream.close();
        if (tab !== undefined) shared.kill(tab);
        break;
      case 'hang':
        tab?.tab.hang();
        break;
      case 'thaw':
        tab?.tab.thaw();
        break;
      case 'hide':
        if (tab === undefined || hidden.has(tab)) break;
        tab.tab.run(() => tab.stream.lifecycle('pagehide'));
        hidden.add(tab);
        break;
      case 'show':
        if (tab === undefined || !hidden.delete(tab)) break;
        tab.tab.run(() => tab.stream.lifecycle('pageshow'));
        break;
      case 'slow':
        if (tab !== undefined) {
          tab.isConsuming = false;
          tab.model.collects = true;
        }
        break;
      case 'fast':
        if (tab !== undefined) tab.model.collects = false;
        tab?.consume();
        break;
      default:
        one satisfies never;
    }
  }
  broker.heal();
  open();
  for (const tab of shared.alive) {
    tab.tab.thaw();
    if (hidden.has(tab)) tab.tab.run(() => tab.stream.lifecycle('pageshow'));
    tab.model.collects = false;
    tab.consume();
  }
  await clock.advance(120_000);
  broker.publish(3, false);
  await clock.advance(30_000);
  const faults = shared.alive.flatMap((tab) => tab.faults(broker, true));
  if (shared.sockets !== 1) faults.push(`${shared.sockets} sockets at rest`);
  return [...faults, ...broker.failures];
}
