import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { feedOn } from '../../support/host-page.js';
import { created } from '../../support/payloads.js';
import { Producer, service } from '../../support/service-client.js';
import { TopLevelTab } from '../../support/top-level-tab.js';
import { until } from '../../support/wait.js';

const LEADER_CHANGE_MS = 2_000;
/** For the commands that look, and for a busy computer. */
const SLACK_MS = 2_000;

const SHARING = `document.querySelector('x8-agent-feed').getDiagnostics().then(({ sharing }) => sharing.kind)`;

faultSuite(30, () => {
  faultTest(
    30,
    'in tabs of their own: the tab that leads is frozen, another takes over, and both have everything once',
    async () => {
      const topic = await service.freshTopic();
      const producer = await Producer.open(topic);
      const frozen = await TopLevelTab.open([feedOn(topic)]);
      await frozen.untilConnection('live');
      const other = await TopLevelTab.open([feedOn(topic)]);
      try {
        await other.untilConnection('live');
        assert.equal(await frozen.evaluate(SHARING), 'leader');
        const ids = [...(await producer.publish([created(0), created(1)]))];
        const idsOf = async (tab: TopLevelTab): Promise<readonly string[]> =>
          (await tab.record()).events.map(({ messageId }) => messageId);
        const untilShown = (tab: TopLevelTab): Promise<unknown> =>
          until('the last event', async () => (await idsOf(tab)).at(-1) === ids.at(-1), 20_000);
        await untilShown(other);

        const frozenAt = performance.now();
        await frozen.freeze();
        await until('another leader', async () => (await other.evaluate(SHARING)) === 'leader', 20_000);
        const changeMs = performance.now() - frozenAt;
        console.log(`row 30: another tab led ${Math.round(changeMs)} ms after the freeze`);
        assert.isAtMost(changeMs, LEADER_CHANGE_MS + SLACK_MS);
        ids.push(...(await producer.publish([created(2), created(3)])));
        await untilShown(other);

        await frozen.thaw();
        await untilShown(frozen);
        for (const tab of [frozen, other]) {
          assert.deepEqual(await idsOf(tab), ids);
          assert.deepEqual((await tab.record()).exceptions, []);
        }
        await until('one socket', async () => (await service.seen(topic)).open.reader === 1, 20_000);
      } finally {
        await other.close();
        await frozen.close();
        producer.close();
      }
    },
  );
});
