import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { Network } from '../../support/faults/proxied-service.js';
import { feedOn, tileOn } from '../../support/host-page.js';
import { created } from '../../support/payloads.js';
import { Producer, service } from '../../support/service-client.js';
import { TopLevelTab } from '../../support/top-level-tab.js';
import { until } from '../../support/wait.js';
import { engineOf } from '../../support/faults/engine.js';

const LIVE_MS = 1_000;
/** For the commands that look, and for a busy computer. */
const SLACK_MS = 2_000;
/** Chromium freezes workers with their page, on a busy computer before they have heard of it. */
const MISSED_FREEZES = 5;

/** Where the sender is not kept, Chromium drops it within four to seventeen. */
const ROUNDS = 30;

const NOT_RESTORED = `JSON.stringify(performance.getEntriesByType('navigation')[0]?.notRestoredReasons ?? null)`;

faultSuite(10, () => {
  faultTest(
    10,
    'in a tab of its own: away and back is live at once, loses nothing and shows nothing twice',
    async () => {
      const topic = await service.freshTopic();
      const network = await Network.before(service);
      const proxied = network.topic(topic);
      const producer = await Producer.open(topic);
      const tab = await TopLevelTab.open([feedOn(proxied), tileOn(proxied, '591')]);
      try {
        await tab.untilConnection('live');
        const published = [...(await producer.publish([created(0), created(1)]))];
        const last = async (): Promise<string | undefined> => (await tab.record()).events.at(-1)?.messageId;
        await until('the first events', async () => (await last()) === published.at(-1));
        const { events: before } = await tab.record();

        await tab.leave();
        published.push(...(await producer.publish(Array.from({ length: 20 }, (_, i) => created(i + 2)))));
        await tab.back();
        const backAt = performance.now();
        await until('what was missed', async () => (await last()) === published.at(-1), 20_000);
        const backMs = performance.now() - backAt;
        await tab.untilConnection('live');

        const { shows, events, widgetEvents, exceptions } = await tab.record();
        const wasKept = shows.at(-1) === true;
        const reasons = await tab.evaluate<string>(NOT_RESTORED);
        console.log(
          `row 10: kept for Back: ${wasKept}, reasons against it: ${reasons}, all shown ${Math.round(backMs)} ms after`,
        );
        const after = events.filter(({ phase }) => phase !== 'replayed').map(({ messageId }) => messageId);
        // A page that was kept still has its record; one that was loaded again begins a new one.
        const earlier = wasKept ? [] : before.map(({ messageId }) => messageId);
        assert.deepEqual([...earlier, ...after], published);
        assert.deepEqual(
          widgetEvents.filter(({ name }) => name === 'x8-gap'),
          [],
        );
        assert.deepEqual(exceptions, []);
        if (engineOf(navigator.userAgent) === 'chromium') assert.isTrue(wasKept, `eligible: ${reasons}`);
        assert.isAtMost(backMs, LIVE_MS + SLACK_MS);
        const { connections } = await network.state();
        assert.lengthOf(
          connections.filter(({ state, isWebSocket }) => state === 'open' && isWebSocket),
          1,
        );
      } finally {
        await tab.close();
        producer.close();
        await network.close();
      }
    },
  );

  faultTest(
    10,
    'in a tab of its own: a task of the page that is on its way when the page is put away comes when it is back',
    async () => {
      const tab = await TopLevelTab.open([]);
      try {
        await tab.evaluate(`import('/src/client/macrotask.ts').then(({ macrotask }) => {
          window.turns = [0, 0, 0];
          window.turns.forEach((_, i) => macrotask(function again() { window.turns[i]++; macrotask(again); }));
        })`);
        const turns = (): Promise<readonly number[] | undefined> => tab.evaluate('window.turns');
        for (let round = 1; round <= ROUNDS; round++) {
          await tab.leave();
          // In the meantime what nothing refers to is collected.
          await new Promise((resolve) => setTimeout(resolve, 50 + 10 * round));
          await tab.back();
          const before = await turns();
          await until(
            `all loops to go on after ${round} rounds`,
            async () => (await turns())?.every((count, i) => count > (before?.[i] ?? 0)) === true,
            5_000,
          );
        }
      } finally {
        await tab.close();
      }
    },
  );

  for (const [name, goAway, comeBack] of [
    ['cached', 'leave', 'back'],
    ['frozen', 'freeze', 'thaw'],
  ] as const) {
    faultTest(
      10,
      `in a tab of its own: a page with a subscription that is ${name} holds nothing, and takes up where it was`,
      async () => {
        const topic = await service.freshTopic();
        const producer = await Producer.open(topic);
        const tab = await TopLevelTab.open([
          feedOn(topic, { subscription: 's', 'subscription-type': 'shared' }),
        ]);
        try {
          await tab.untilConnection('catching-up');
          const before = await producer.publish([created(0), created(1)]);
          await tab.untilShown(before.at(-1));
          await tab.untilConnection('live');

          await tab[goAway]();
          const isFree = async (): Promise<boolean> => !(await service.seen(topic)).open.consumer;
          for (let again = 0; name === 'frozen' && again < MISSED_FREEZES; again++) {
            const hasHeard = await until('the worker to hear of it', isFree, 2_000).catch(() => false);
            if (hasHeard) break;
            console.info('row 10: the worker was frozen before it had heard of it');
            await tab.thaw();
            await tab.freeze();
          }
          await until('nothing to be held', isFree);
          const missed = await producer.publish(Array.from({ length: 20 }, (_, i) => created(i + 2)));
          await tab[comeBack]();
          await tab.untilShown(missed.at(-1));

          const { shows, widgetEvents, exceptions } = await tab.record();
          const isSamePage = name === 'frozen' || shows.at(-1) === true;
          assert.deepEqual(await tab.ids(), isSamePage ? [...before, ...missed] : missed);
          assert.deepEqual(exceptions, []);
          const states = widgetEvents
            .filter((event) => event.name === 'x8-connection-change')
            .map(({ detail }) => (detail['connection'] as { readonly kind: string }).kind);
          assert.notInclude(states, 'idle');
          if (!isSamePage) return;
          // A page that is busy may hear of the first of them together with the second.
          const since = states.slice(states.indexOf('live') + 1);
          assert.include(since, 'catching-up');
          assert.includeMembers(['reconnecting', 'catching-up', 'live'], [...new Set(since)]);
        } finally {
          await tab.close();
          producer.close();
        }
      },
    );
  }
});
