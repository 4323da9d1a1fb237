import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

const RETRIED = [1000, 1001, 1005, 1006, 1011, 1012, 1013, 3, 4401];

/** Said by a service to everybody, so the first waits are spread (docs/decisions/0012). */
const GOING_AWAY = [1001, 1012, 1013];

/** The longest wait before the n-th dial of a series of sessions that did not last. */
const longestWaitMs = (failures: number): number =>
  failures < 3 ? Math.max(1_000, 500 * 2 ** failures) : 60_000;

faultSuite(4, () => {
  faultTest(4, 'each code is followed by a dial, and the page is told the code and the reason', async () => {
    for (const code of RETRIED) {
      const made = await liveWorld();
      const { clock, service, page } = made;
      service.drop(code, 'said by the service');
      await clock.advance(0);
      const told = page.diagnostics().state;
      assert.equal(told, 'reconnecting', `after ${code}`);
      await clock.advance(GOING_AWAY.includes(code) ? 8_000 : 1_000);
      const causes = page.updates.map(({ update: { connection } }) =>
        connection.kind === 'reconnecting' ? connection.cause : undefined,
      );
      assert.deepInclude(causes, { kind: 'closed', code, reason: 'said by the service' });
      assert.isAtLeast(page.sockets.length, 2, `a dial after ${code}`);
      await assertHonest(made);
    }
  });

  for (const [handshake, kind] of [
    ['refuse', 'never-opened'],
    ['hang', 'connect-timeout'],
  ] as const) {
    faultTest(
      4,
      `what the service said when it went is said until four dials have failed (${handshake})`,
      async () => {
        for (const code of GOING_AWAY) {
          const { clock, service, page } = await liveWorld();
          const before = service.dialsAt.length;
          service.handshake = handshake;
          service.drop(code, 'maintenance');
          const causes = new Map<number, string | undefined>();
          for (let second = 0; second < 400; second++) {
            await clock.advance(1_000);
            const ended =
              service.dialsAt.length - before - (page.sockets.some(({ isHeld }) => isHeld) ? 1 : 0);
            causes.set(ended, page.diagnostics().cause?.kind);
          }
          const told = [1, 2, 3, 4, 5].map((failed) => causes.get(failed));
          assert.deepEqual(told, ['closed', 'closed', 'closed', kind, kind], `after ${code}`);
        }
      },
    );
  }

  faultTest(4, 'no code is dialed again faster than the back-off grows', async () => {
    for (const code of RETRIED) {
      const made = await liveWorld();
      const { clock, service } = made;
      const dials = service.dialsAt.length;
      const until = clock.now + 60_000;
      while (clock.now < until) {
        service.drop(code);
        await clock.advance(50);
      }
      // Three within seconds; after that the service is called unstable, and asked twice a minute at most.
      assert.isAtMost(service.dialsAt.length - dials, 3 + 2, `dials in a minute after ${code}`);
      assert.isAtLeast(service.dialsAt.length - dials, 3);
      await assertHonest(made);
    }
  });

  faultTest(
    4,
    'a frame too large for the service (1009) is tried at most 3 times, then the stream has failed',
    async () => {
      for (const earlier of [undefined, 1011]) {
        const { clock, service, page } = await liveWorld();
        if (earlier !== undefined) {
          service.drop(earlier);
          await clock.advance(2_000);
          service.publish(1);
          await clock.advance(15_000);
        }
        const dials = service.dialsAt.length;
        for (let i = 0; i < 2_400; i++) {
          service.drop(1009, 'message too large');
          await clock.advance(50);
        }
        assert.equal(service.dialsAt.length - dials, 3);
        assert.equal(String(page.diagnostics().state), 'failed');
      }
    },
  );

  faultTest(4, 'the waits between failures are what full jitter allows', async () => {
    const { clock, service } = await liveWorld();
    const before = service.dialsAt.length;
    for (let i = 0; i < 3_000; i++) {
      service.drop(1011);
      await clock.advance(20);
    }
    const dials = service.dialsAt.slice(before);
    for (const [i, at] of dials.entries()) {
      const previous = i === 0 ? undefined : dials[i - 1];
      if (previous !== undefined) assert.isAtMost(at - previous, longestWaitMs(i) + 100);
    }
  });
});
