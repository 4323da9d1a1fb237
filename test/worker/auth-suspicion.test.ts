/** Worry: is a wrong key dialed without end, or a restarting service taken for a wrong key? */
import { assert } from '@open-wc/testing';
import type { HostAnswer } from '../../src/protocol/connection-status.js';
import { BACKOFF_CAP_MS } from '../../src/worker/backoff.js';
import { REFUSALS_TO_SUSPECT, RESTART_ALLOWANCE_MS } from '../../src/worker/auth-suspicion.js';
import { draw, opened, text, type Page } from './support/stream-page.js';

const MINUTE = 60_000;
const REACHABLE = { probeHost: () => Promise.resolve('reachable' as const) };

/** The service refuses every handshake from now on, for so long. */
async function refuse(page: Page, ms: number): Promise<void> {
  const { platform } = page;
  for (const until = platform.now() + ms; platform.now() < until;) {
    const newest = platform.sockets.at(-1);
    if (newest?.readyState === 0) newest.drop();
    await platform.clock.advance(10);
  }
}

const answerAfter = (page: Page, ms: number, answer: HostAnswer): Promise<HostAnswer> =>
  new Promise((resolve) => void page.platform.setTimer(() => resolve(answer), ms));

const stateOf = ({ stream }: Page): string => stream.diagnostics().state;

suite('A key that the service does not take', () => {
  test('is suspected after three refusals by a host that answers, and dialed once in five minutes', async () => {
    const page = await opened(REACHABLE);
    await refuse(page, MINUTE);
    assert.equal(stateOf(page), 'auth-suspected');
    assert.isAtMost(page.platform.sockets.length, 6);
    const before = page.platform.sockets.length;
    await refuse(page, 5 * MINUTE);
    assert.equal(page.platform.sockets.length, before + 1);
    await refuse(page, 5 * MINUTE);
    assert.equal(page.platform.sockets.length, before + 2);
    assert.equal(stateOf(page), 'auth-suspected');
  });

  test('is suspected with the third refusal, before which nobody asks the host', async () => {
    let probes = 0;
    const page = await opened({
      probeHost: () => {
        probes++;
        return Promise.resolve('reachable' as const);
      },
    });
    for (let refusals = 1; refusals <= REFUSALS_TO_SUSPECT; refusals++) {
      assert.equal(probes, 0);
      assert.notEqual(stateOf(page), 'auth-suspected');
      page.socket().drop();
      await page.platform.clock.advance(refusals < REFUSALS_TO_SUSPECT ? 2_000 : 0);
    }
    assert.lengthOf(page.platform.sockets, REFUSALS_TO_SUSPECT);
    assert.equal(probes, 1);
    assert.equal(stateOf(page), 'auth-suspected');
  });

  test('is not suspected because a connection was lost: that is no refusal', async () => {
    let probes = 0;
    const page = await opened({
      probeHost: () => {
        probes++;
        return Promise.resolve('reachable' as const);
      },
    });
    page.socket().open();
    await draw(page, 15_000);
    for (let lost = 1; lost <= REFUSALS_TO_SUSPECT; lost++) {
      page.socket().drop();
      await page.platform.clock.advance(2_000);
      assert.equal(probes, 0, 'a loss and two refusals at most');
    }
    page.socket().drop();
    assert.equal(probes, 1);
  });

  for (const chance of [0, 0.25, 0.999]) {
    for (const hostMs of [0, 1_000, 4_900]) {
      test(`costs at most six dials in a minute (chance ${chance}, host asked for ${hostMs} ms)`, async () => {
        const page = await opened({
          probeHost: () => answerAfter(page, hostMs, 'reachable'),
          chance: () => chance,
        });
        await refuse(page, MINUTE);
        assert.isAtMost(page.platform.sockets.length, 6);
      });
    }
  }

  test('is dialed by back-off once its host turns out to be away, also where that takes 5 s', async () => {
    const page = await opened({ probeHost: () => answerAfter(page, 4_900, 'unreachable'), chance: () => 0 });
    await refuse(page, 4_800);
    assert.lengthOf(page.platform.sockets, 4, 'left alone until the host is known to be away');
    await refuse(page, 200);
    assert.isAbove(page.platform.sockets.length, 4);
  });

  test('is dialed by back-off while its host stays away, however long each answer takes', async () => {
    const page = await opened({ probeHost: () => answerAfter(page, 4_900, 'unreachable') });
    await refuse(page, 10_000);
    for (let seconds = 0; seconds < 300; seconds += BACKOFF_CAP_MS / 1_000) {
      const { length } = page.platform.sockets;
      await refuse(page, BACKOFF_CAP_MS);
      assert.isAbove(page.platform.sockets.length, length, `${seconds} s`);
    }
  });

  test('is not suspected after one refusal, nor after two', async () => {
    const page = await opened(REACHABLE);
    for (let refusals = 1; refusals < REFUSALS_TO_SUSPECT; refusals++) {
      page.socket().drop();
      await page.platform.clock.advance(6_000);
      assert.notEqual(stateOf(page), 'auth-suspected', `${refusals} refused`);
    }
  });

  test('is not suspected where the host does not answer either, or nobody can tell', async () => {
    for (const answer of ['unreachable', 'unknown'] as const) {
      const page = await opened({ probeHost: () => Promise.resolve(answer) });
      await refuse(page, 10 * MINUTE);
      assert.equal(stateOf(page), 'cannot-connect', answer);
    }
  });

  test('is dialed by back-off again as soon as its host does not answer any more', async () => {
    let answer: 'reachable' | 'unreachable' = 'reachable';
    const page = await opened({ probeHost: () => Promise.resolve(answer) });
    await refuse(page, MINUTE);
    assert.equal(stateOf(page), 'auth-suspected');
    answer = 'unreachable';
    page.stream.retry();
    await refuse(page, 20);
    assert.equal(stateOf(page), 'cannot-connect');
    const { length } = page.platform.sockets;
    await refuse(page, BACKOFF_CAP_MS);
    assert.isAbove(page.platform.sockets.length, length);
  });

  test('costs the page one report where its policy forbids to ask, and one more with another key', async () => {
    let probes = 0;
    const page = await opened({
      probeHost: () => {
        probes++;
        return Promise.resolve('unknown' as const);
      },
    });
    await refuse(page, 10 * MINUTE);
    assert.equal(probes, 1);
    page.stream.changeCredential({ apiKey: 'second' });
    await refuse(page, 10 * MINUTE);
    assert.equal(probes, 2);
    page.stream.retry();
    page.socket().open();
    await draw(page, 15_000);
    page.socket().drop();
    await refuse(page, 10 * MINUTE);
    assert.equal(probes, 3, 'a host that was there is asked anew');
  });

  test('has the host asked again and again while that does not answer', async () => {
    let probes = 0;
    const page = await opened({
      probeHost: () => {
        probes++;
        return Promise.resolve('unreachable' as const);
      },
    });
    await refuse(page, 10 * MINUTE);
    assert.isAbove(probes, 1);
  });

  test('is not suspected because a host that was away has not quite come back', async () => {
    let answer: 'reachable' | 'unreachable' = 'unreachable';
    const page = await opened({ probeHost: () => Promise.resolve(answer), chance: () => 0.1 });
    await refuse(page, MINUTE);
    answer = 'reachable';
    page.stream.retry();
    page.socket().drop();
    await page.platform.clock.advance(100);
    assert.equal(stateOf(page), 'cannot-connect');
  });

  test('is given two minutes where the service took it before: a restart behind a proxy looks the same', async () => {
    const page = await opened(REACHABLE);
    page.socket().open();
    await draw(page, 15_000);
    page.socket().drop();
    await refuse(page, RESTART_ALLOWANCE_MS - 5_000);
    assert.equal(stateOf(page), 'reconnecting');
    await refuse(page, MINUTE);
    assert.equal(stateOf(page), 'auth-suspected');
  });

  test('is not suspected before the saved position was left out of a dial', async () => {
    const last = { messageId: text(3, 7), publishTime: Date.UTC(2026, 10, 20, 9) };
    const page = await opened({ ...REACHABLE, saved: { last, index: [] } });
    for (let dials = 1; dials <= 3; dials++) {
      page.socket().drop();
      await page.platform.clock.advance(200);
      assert.notEqual(stateOf(page), 'auth-suspected', `${dials} refused with the position`);
      await page.platform.clock.advance(6_000);
    }
    page.socket().drop();
    await page.platform.clock.advance(200);
    assert.equal(stateOf(page), 'auth-suspected', 'refused without the position too');
  });

  test('is no longer suspected once the service takes it', async () => {
    const page = await opened(REACHABLE);
    await refuse(page, 10_000);
    page.stream.retry();
    page.socket().open();
    await draw(page, 20_000);
    assert.equal(stateOf(page), 'live');
  });

  test('is given up at once for another one, also while a dial with it hangs', async () => {
    const page = await opened(REACHABLE);
    await refuse(page, 10_000);
    const before = page.platform.sockets.length;
    page.stream.changeCredential({ apiKey: 'second' });
    assert.lengthOf(page.platform.sockets, before + 1);
    assert.include(page.socket().url, 'x-api-key=second');
    assert.notEqual(stateOf(page), 'auth-suspected', 'nothing is known of the second key');
    const hanging = page.socket();
    page.stream.changeCredential({ apiKey: 'third' });
    assert.isFalse(hanging.isHeld);
    assert.include(page.socket().url, 'x-api-key=third');
    page.socket().open();
    assert.equal(page.platform.sockets.filter(({ isHeld }) => isHeld).length, 1);
  });

  test('leaves an open connection alone when it changes: the service checks at the handshake only', async () => {
    const page = await opened();
    page.socket().open();
    page.stream.changeCredential({ apiKey: 'second' });
    assert.lengthOf(page.platform.sockets, 1);
    page.socket().drop();
    await page.platform.clock.advance(2_000);
    assert.include(page.socket().url, 'x-api-key=second');
  });

  test('says whether the host answers, for the words', async () => {
    const page = await opened({ probeHost: () => Promise.resolve('unreachable' as const) });
    await refuse(page, MINUTE);
    await draw(page, 200);
    const connection = page.updates().at(-1)?.connection;
    assert.deepInclude(connection, { cause: { kind: 'never-opened', host: 'unreachable' } });
  });
});
