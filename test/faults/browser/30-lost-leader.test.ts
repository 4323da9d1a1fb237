import { assert } from '@open-wc/testing';
import { HANDOVER_AFTER_MS } from '../../../src/worker/connection-state.js';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { feedOn } from '../../support/host-page.js';
import { created } from '../../support/payloads.js';
import { Producer, service, type Topic } from '../../support/service-client.js';
import { TopLevelTab } from '../../support/top-level-tab.js';
import { until } from '../../support/wait.js';

const LEADER_CHANGE_MS = 2_000;
/** For the commands that look, and for a busy computer. */
const SLACK_MS = 2_000;

const SHARING = `document.querySelector('x8-agent-feed').getDiagnostics().then(({ sharing }) => sharing.kind)`;

interface TwoTabs {
  readonly topic: Topic;
  readonly leader: TopLevelTab;
  readonly other: TopLevelTab;
  /** Of all that was published. */
  readonly ids: readonly string[];
  publish(count: number): Promise<void>;
  untilShown(tab: TopLevelTab): Promise<unknown>;
}

async function inTwoTabs(body: (tabs: TwoTabs) => Promise<void>): Promise<void> {
  const topic = await service.freshTopic();
  const producer = await Producer.open(topic);
  const leader = await TopLevelTab.open([feedOn(topic)]);
  await leader.untilConnection('live');
  const other = await TopLevelTab.open([feedOn(topic)]);
  const ids: string[] = [];
  try {
    await other.untilConnection('live');
    assert.equal(await leader.evaluate(SHARING), 'leader');
    assert.equal(await other.evaluate(SHARING), 'follower');
    await body({
      topic,
      leader,
      other,
      ids,
      publish: async (count) => {
        const events = Array.from({ length: count }, (_, index) => created(ids.length + index));
        ids.push(...(await producer.publish(events)));
      },
      untilShown: (tab) => tab.untilShown(ids.at(-1)),
    });
  } finally {
    await other.close();
    await leader.close();
    producer.close();
  }
}

faultSuite(30, () => {
  faultTest(
    30,
    'in tabs of their own: the tab that leads crashes in a burst, another takes over, and both have everything once',
    () =>
      inTwoTabs(async ({ topic, leader, other, ids, publish, untilShown }) => {
        const liveAt = performance.now();
        await publish(20);
        await untilShown(leader);
        await untilShown(other);
        // A lead that changes hands at once is a quarrel, and is waited out.
        await until('the follower to have stood', () => performance.now() > liveAt + 2 * HANDOVER_AFTER_MS);
        const crashed = leader.crash().then(() => performance.now());
        const publishAndLook = async (): Promise<boolean> => {
          await publish(5);
          return (await other.evaluate(SHARING)) === 'leader';
        };
        await until('another leader', publishAndLook, 10_000);
        const changeMs = performance.now() - (await crashed);
        console.log(`row 30: another tab led ${Math.round(changeMs)} ms after the crash`);
        await untilShown(other);

        await leader.reload();
        await leader.untilConnection('live');
        await publish(3);
        await untilShown(leader);
        await untilShown(other);

        assert.isAtMost(changeMs, LEADER_CHANGE_MS + SLACK_MS);
        assert.deepEqual(await other.ids(), ids);
        // Loaded again it shows its window anew, and what it had missed in its place.
        assert.deepEqual(await leader.ids(), ids);
        for (const tab of [leader, other]) {
          const { widgetEvents, exceptions } = await tab.record();
          assert.deepEqual(
            widgetEvents.filter(({ name }) => name === 'x8-gap'),
            [],
          );
          assert.deepEqual(exceptions, []);
        }
        const states = (await other.record()).widgetEvents
          .filter(({ name }) => name === 'x8-connection-change')
          .map(({ detail }) => (detail['connection'] as { readonly kind: string }).kind);
        assert.deepEqual(states, ['connecting', 'live'], 'nobody who follows is told of it');
        assert.equal((await service.seen(topic)).open.reader, 1);
      }),
  );

  faultTest(
    30,
    'in tabs of their own: the tab that leads is frozen, another takes over, and both have everything once',
    () =>
      inTwoTabs(async ({ topic, leader, other, ids, publish, untilShown }) => {
        await publish(2);
        await untilShown(other);

        const frozenAt = performance.now();
        await leader.freeze();
        await until('another leader', async () => (await other.evaluate(SHARING)) === 'leader', 20_000);
        const changeMs = performance.now() - frozenAt;
        console.log(`row 30: another tab led ${Math.round(changeMs)} ms after the freeze`);
        assert.isAtMost(changeMs, LEADER_CHANGE_MS + SLACK_MS);
        await publish(2);
        await untilShown(other);

        await leader.thaw();
        await untilShown(leader);
        for (const tab of [leader, other]) {
          assert.deepEqual(await tab.ids(), ids);
          assert.deepEqual((await tab.record()).exceptions, []);
        }
        await until('one socket', async () => (await service.seen(topic)).open.reader === 1, 20_000);
      }),
  );
});
