/** Worry: does an element that leaves a stream which others hold, and comes back, lose an event without a word? */
import { assert } from '@open-wc/testing';
import type { Subscription } from '../../src/client/stream.js';
import type { StartRule } from '../../src/protocol/stream-config.js';
import type { EventEntry } from '../../src/protocol/stream-event.js';
import type { ViewRequest } from '../../src/protocol/views.js';
import { updateOf, type UpdateMessage } from './support/fake-worker.js';
import { CONFIG, FEED, FakeSubscriber, Harness, REQUEST } from './support/harness.js';

const EMITS: ViewRequest = { ...REQUEST, wantsEvents: true };
const parameters = { subscriptionType: 'Exclusive', subscriptionInitialPosition: 'Latest' } as const;
const CONSUMER = { ...CONFIG, subscription: { name: 's', parameters } };

const [FIRST, SECOND, THIRD] = ['CAEQAQ==', 'CAEQAg==', 'CAEQAw=='];

suite('an element with emit-events that comes back', () => {
  let harness: Harness;
  let stays: Subscription;
  let goes: Subscription;

  setup(() => {
    harness = new Harness();
  });

  async function bothOn(config = CONFIG, request = EMITS): Promise<void> {
    stays = harness.subscribe({ config, request: EMITS }).subscription;
    goes = harness.subscribe({ config, request }).subscription;
    await harness.settle();
  }

  async function say(more: Partial<UpdateMessage> = {}, stream = stays.stream.number): Promise<void> {
    harness.worker.say(updateOf(stream, more));
    await harness.settle();
  }

  async function comesBack(
    left = goes,
    { request = EMITS, subscriber = new FakeSubscriber() } = {},
  ): Promise<Subscription> {
    const { config } = left.stream;
    const { subscription } = harness.subscribe({ config, request, subscriber, departure: left.left });
    await harness.settle();
    return subscription;
  }

  const openings = (): readonly (readonly [string | undefined, boolean])[] =>
    harness.worker.of('open').map(({ handover, wasOpen }) => [handover, wasOpen]);

  suite('while another holds its stream', () => {
    test('goes on where it was, on a stream of its own', async () => {
      await bothOn();
      await say({ position: FIRST });
      harness.client.close(goes);
      await say({ position: SECOND });
      const back = await comesBack();
      assert.notEqual(back.stream, stays.stream);
      assert.deepEqual(openings(), [
        [undefined, false],
        [FIRST, true],
      ]);
    });

    test('lacks what came after its removal, though it was still held then', async () => {
      await bothOn();
      await say({ position: FIRST });
      harness.client.release(goes);
      await say({ position: SECOND });
      harness.client.release(goes);
      await harness.time.advance(100);
      await comesBack();
      assert.equal(openings().at(-1)?.[0], FIRST);
    });

    test('has that when it is held again in time', async () => {
      await bothOn();
      await say({ position: FIRST });
      harness.client.release(goes);
      await say({ position: SECOND });
      assert.isTrue(harness.client.hold(goes));
      harness.client.close(goes);
      await comesBack();
      assert.equal(openings().at(-1)?.[0], SECOND);
    });

    test('says that it had no message yet', async () => {
      await bothOn();
      await say();
      harness.client.close(goes);
      await say({ position: FIRST });
      await comesBack();
      assert.deepEqual(openings().at(-1), [undefined, true]);
    });

    test('shares one stream with those that come back from the same place, not with others', async () => {
      await bothOn();
      const third = harness.subscribe({ request: EMITS }).subscription;
      await harness.settle();
      await say({ position: FIRST });
      for (const left of [goes, third]) harness.client.close(left);
      await say({ position: SECOND });
      harness.client.close(stays);
      const back = [stays, goes, third].map(
        (left) => harness.subscribe({ request: EMITS, departure: left.left }).subscription.stream,
      );
      await harness.settle();
      assert.equal(back[1], back[2]);
      assert.deepEqual(openings().slice(1), [
        [SECOND, true],
        [FIRST, true],
      ]);
    });

    test('joins where it only shows rows, or begins at now each time', async () => {
      await bothOn();
      await say({ position: FIRST });
      harness.client.close(goes);
      assert.equal((await comesBack(goes, { request: REQUEST })).stream, stays.stream);
      await bothOn({ ...CONFIG, start: { kind: 'latest' } satisfies StartRule });
      await say({ position: FIRST });
      harness.client.close(goes);
      assert.equal((await comesBack()).stream, stays.stream);
    });

    test('takes its place along when its credential parts it from the others, and stays there with the next', async () => {
      await bothOn();
      await say({ position: FIRST });
      harness.client.watch(goes, EMITS, { apiKey: 'new' });
      await harness.settle();
      assert.deepEqual(openings().at(-1), [FIRST, true]);
      for (const apiKey of ['new', 'newer']) {
        for (const held of [stays, goes]) harness.client.watch(held, EMITS, { apiKey });
        await harness.settle();
      }
      assert.lengthOf(openings(), 2);
      assert.notEqual(goes.stream, stays.stream);
    });

    test('leaves the place of the one that is behind to the next page', async () => {
      await bothOn();
      await say({ position: FIRST, lastMessageAt: 1 });
      harness.client.close(goes);
      await say({ position: THIRD, lastMessageAt: 3 });
      const { number } = (await comesBack()).stream;
      const noted = (): readonly string[] => {
        harness.page.window.dispatchEvent(new Event('pagehide'));
        return [...harness.storage.map.values()];
      };
      assert.deepEqual(noted(), [FIRST]);
      await say({ position: SECOND, lastMessageAt: 2 }, number);
      assert.deepEqual(noted(), [SECOND]);
      await say({ position: THIRD, lastMessageAt: 3 }, number);
      await say({ position: SECOND, lastMessageAt: 2 });
      assert.deepEqual(noted(), [SECOND]);
    });
  });

  suite('to a subscription', () => {
    /** An update with as many events, for those views. */
    const events = (taken: number, ...held: readonly Subscription[]): Partial<UpdateMessage> => ({
      taken,
      views: held.map(({ view }) => ({
        view,
        data: FEED,
        notices: [],
        events: Array<EventEntry>(taken).fill({} as EventEntry),
      })),
    });

    const omissions = (held: Subscription): readonly (string | undefined)[] =>
      (held.subscriber as FakeSubscriber).updates.flatMap(({ errors }) =>
        errors.map(({ code, message }) => `${code} ${/\d+/.exec(message)?.[0]}`),
      );

    test('shares the stream, and is told how many events others had', async () => {
      await bothOn(CONSUMER);
      await say(events(1, stays, goes));
      harness.client.close(goes);
      await say(events(2, stays));
      const back = await comesBack();
      assert.equal(back.stream, stays.stream);
      await say(events(3, stays, back));
      await say(events(1, stays, back));
      assert.deepEqual(omissions(back), ['events-omitted 2']);
      assert.isEmpty(omissions(stays));
      assert.isEmpty(omissions(goes));
    });

    test('hears nothing of that where it lacks nothing', async () => {
      await bothOn(CONSUMER);
      await say(events(1, stays, goes));
      harness.client.close(goes);
      const back = await comesBack();
      await say(events(1, stays, back));
      assert.isEmpty(omissions(back));
    });

    test('nor where it is new: what came before its first update is not its own', async () => {
      await bothOn(CONSUMER);
      await say(events(1, stays, goes));
      const late = harness.subscribe({ config: CONSUMER, request: EMITS }).subscription;
      await say(events(2, stays, goes));
      await say(events(1, stays, goes, late));
      await say(events(1, stays, goes, late));
      assert.isEmpty(omissions(late));
    });

    test('nor where it has just begun to ask for each event: it was not away', async () => {
      await bothOn(CONSUMER, REQUEST);
      await say(events(1, stays, goes));
      harness.client.watch(goes, EMITS);
      await say({ taken: 2 });
      await say(events(1, stays, goes));
      await say(events(1, stays, goes));
      assert.isEmpty(omissions(goes));
    });

    test('counts what came within the grace of its removal, unless it was back in time', async () => {
      await bothOn(CONSUMER);
      await say(events(1, stays, goes));
      harness.client.release(goes);
      await say(events(1, stays, goes));
      harness.client.hold(goes);
      harness.client.release(goes);
      await say(events(2, stays, goes));
      await harness.time.advance(100);
      const back = await comesBack();
      await say(events(1, stays, back));
      assert.deepEqual(omissions(back), ['events-omitted 2']);
    });

    test('counts on over the streams that came and went meanwhile', async () => {
      await bothOn(CONSUMER);
      await say(events(1, stays, goes));
      harness.client.close(goes);
      for (let time = 0; time < 2; time++) {
        await say(events(2, stays));
        harness.client.close(stays);
        stays = await comesBack(stays);
      }
      const back = await comesBack();
      await say(events(1, stays, back));
      assert.deepEqual(omissions(back), ['events-omitted 4']);
      assert.isEmpty(omissions(stays));
    });

    test('is given again what nobody was told before all left', async () => {
      await bothOn(CONSUMER);
      await say(events(1, stays, goes));
      for (const held of [stays, goes]) harness.client.release(held);
      await say(events(2, stays, goes));
      await harness.time.advance(100);
      const back = await comesBack();
      await say(events(2, back), back.stream.number);
      assert.isEmpty(omissions(back));
    });

    test('says nothing to an element that does not ask for each event', async () => {
      await bothOn(CONSUMER, REQUEST);
      await say(events(1, stays, goes));
      harness.client.close(goes);
      await say(events(2, stays));
      const back = await comesBack(goes, { request: REQUEST });
      await say(events(1, stays));
      assert.isEmpty(omissions(back));
    });
  });
});
