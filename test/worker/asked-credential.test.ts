/** Worry: does a short-lived key reach the very next dial, whatever the page does about it? */
import { assert } from '@open-wc/testing';
import { opened, type Page } from './support/stream-page.js';

const ASKED = { credential: { isAsked: true } } as const;

const asked = ({ posted }: Page): number => posted.filter(({ kind }) => kind === 'credential-wanted').length;

suite('A credential that the page gives on demand', () => {
  test('is asked for before each dial, and nothing is dialed without it', async () => {
    const page = await opened(ASKED);
    assert.deepEqual(
      page.posted.filter(({ kind }) => kind === 'credential-wanted'),
      [{ kind: 'credential-wanted', stream: 7 }],
    );
    assert.lengthOf(page.platform.sockets, 0);
    page.stream.changeCredential({ apiKey: 'first', isAsked: true });
    assert.include(page.socket().url, 'x-api-key=first');
    page.socket().open();
    page.socket().drop();
    await page.platform.clock.advance(2_000);
    assert.equal(asked(page), 2);
    assert.lengthOf(page.platform.sockets, 1, 'the old key is not dialed again');
    page.stream.changeCredential({ apiKey: 'second', isAsked: true });
    assert.include(page.socket().url, 'x-api-key=second');
  });

  test('is asked for again with the back-off when the page has none', async () => {
    const page = await opened(ASKED);
    for (let failures = 1; failures <= 4; failures++) {
      page.stream.changeCredential(undefined);
      assert.equal(asked(page), failures);
      await page.platform.clock.advance(30_000);
      assert.equal(asked(page), failures + 1);
    }
    const { state } = page.stream.diagnostics();
    assert.equal(state, 'cannot-connect');
    page.stream.changeCredential({ token: 'rotated', isAsked: true });
    assert.include(page.socket().url, 'token=rotated');
    assert.lengthOf(page.platform.sockets, 1);
  });

  test('that the page does not have for a while says nothing against the position', async () => {
    const page = await opened(ASKED);
    const give = (apiKey: string): void => page.stream.changeCredential({ apiKey, isAsked: true });
    give('first');
    page.socket().open();
    page.deliver(3, 1);
    await page.platform.clock.advance(1_000);
    page.socket().drop();
    await page.platform.clock.advance(1_000);
    give('second');
    const { startsAt } = page.socket();
    assert.notEqual(startsAt, 'latest');
    page.socket().drop();
    for (let failures = 0; failures < 4; failures++) {
      await page.platform.clock.advance(30_000);
      page.stream.changeCredential(undefined);
    }
    await page.platform.clock.advance(30_000);
    give('third');
    assert.equal(page.socket().startsAt, startsAt);
    page.socket().open();
    assert.lengthOf(page.platform.sockets, 3);
  });

  test('is not waited for beyond the 45 s of a dial, and a late answer is used at once', async () => {
    const page = await opened({ ...ASKED, chance: () => 0.999 });
    await page.platform.clock.advance(45_000);
    page.stream.changeCredential({ apiKey: 'late', isAsked: true });
    assert.equal(asked(page), 1, 'it is fresh');
    assert.include(page.socket().url, 'x-api-key=late');
    await page.platform.clock.advance(40_000);
    assert.equal(asked(page), 1, 'the wait is over, and this dial is the one');
  });

  test('that comes unasked for ends a wait, and is not asked for again', async () => {
    const page = await opened(ASKED);
    page.stream.changeCredential({ apiKey: 'first', isAsked: true });
    page.socket().drop();
    page.stream.changeCredential({ apiKey: 'second', isAsked: true });
    assert.equal(asked(page), 1);
    assert.include(page.socket().url, 'x-api-key=second');
  });

  test('that comes while a dial is under way is the next dial’s: this one goes on', async () => {
    const page = await opened(ASKED);
    page.stream.changeCredential({ apiKey: 'first', isAsked: true });
    for (let second = 1; second <= 30; second++) {
      await page.platform.clock.advance(1_000);
      page.stream.changeCredential({ apiKey: `made-anew-${second}`, isAsked: true });
    }
    assert.lengthOf(page.platform.sockets, 1, 'a handshake may take longer than the page’s next frame');
    assert.isTrue(page.socket().isHeld);
    page.socket().drop();
    await page.platform.clock.advance(2_000);
    assert.equal(asked(page), 2, 'it may be 30 s old by now');
    page.stream.changeCredential({ apiKey: 'made-anew-30', isAsked: true });
    assert.include(page.socket().url, 'x-api-key=made-anew-30');
  });

  test('takes the place of a fixed one at once, and a dial with that is given up', async () => {
    const page = await opened();
    const [fixed] = page.platform.sockets;
    page.stream.changeCredential({ isAsked: true });
    assert.isFalse(fixed?.isHeld);
    page.stream.changeCredential({ apiKey: 'first', isAsked: true });
    assert.include(page.socket().url, 'x-api-key=first');
    page.stream.changeCredential({ apiKey: 'fixed again' });
    assert.include(page.socket().url, 'x-api-key=fixed%20again');
  });

  test('that is made anew for each dial and always wrong is not dialed without end', async () => {
    const page = await opened({ ...ASKED, probeHost: () => Promise.resolve('reachable' as const) });
    let minted = 0;
    let answered = 0;
    const refuse = async (durationMs: number): Promise<void> => {
      for (let ms = 0; ms < durationMs; ms += 10) {
        if (asked(page) > answered) {
          answered = asked(page);
          page.stream.changeCredential({ token: `minted-${++minted}`, isAsked: true });
        }
        const newest = page.platform.sockets.at(-1);
        if (newest?.readyState === 0) newest.drop();
        await page.platform.clock.advance(10);
      }
    };
    await refuse(60_000);
    assert.equal(page.stream.diagnostics().state, 'auth-suspected');
    assert.isAtMost(page.platform.sockets.length, 6);
    // What the page does once when it hears of it.
    page.stream.changeCredential({ token: 'minted-again', isAsked: true });
    const before = page.platform.sockets.length;
    await refuse(200_000);
    assert.lengthOf(page.platform.sockets, before);
  });
});

suite('A key that the page has set', () => {
  test('is no other key when it is set again, and no reason to dial before the time', async () => {
    const page = await opened({ credential: { apiKey: 'same' } });
    for (let refusals = 0; refusals < 3; refusals++) {
      page.socket().drop();
      await page.platform.clock.advance(20_000);
    }
    page.socket().drop();
    const { length } = page.platform.sockets;
    for (let set = 0; set < 10; set++) page.stream.changeCredential({ apiKey: 'same' });
    assert.lengthOf(page.platform.sockets, length);
    page.stream.changeCredential({ apiKey: 'other' });
    assert.lengthOf(page.platform.sockets, length + 1);
    assert.include(page.socket().url, 'x-api-key=other');
  });
});
