/** Worry: does the worker's question for a credential reach everybody who has one, and its answer only this stream? */
import { assert } from '@open-wc/testing';
import { updateOf } from './support/fake-worker.js';
import { CONFIG, FakeSubscriber, Harness } from './support/harness.js';

const ASKED = { isAsked: true } as const;

function gives(apiKey: string | undefined): FakeSubscriber {
  const subscriber = new FakeSubscriber();
  subscriber.answer = () => Promise.resolve(apiKey === undefined ? undefined : { ...ASKED, apiKey });
  return subscriber;
}

suite('a credential that the worker asks for', () => {
  let harness: Harness;
  setup(() => {
    harness = new Harness();
  });

  async function asked(...subscribers: readonly FakeSubscriber[]): Promise<void> {
    for (const subscriber of subscribers) harness.subscribe({ subscriber, credential: ASKED });
    await harness.settle();
    harness.worker.say({ kind: 'credential-wanted', stream: 1 });
    await harness.settle();
  }

  test('one answer for all holders keeps them together', async () => {
    await asked(gives('new'), gives('new'));
    assert.lengthOf(harness.worker.of('open'), 1);
    assert.deepEqual(harness.worker.of('credential').at(-1)?.credential, { ...ASKED, apiKey: 'new' });
  });

  test('holders with different answers part', async () => {
    await asked(gives('one'), gives('two'));
    const opened = harness.worker.of('open').map(({ credential }) => credential.apiKey);
    assert.deepEqual(opened, [undefined, 'one', 'two']);
    assert.lengthOf(harness.worker.of('credential'), 0, 'nobody is left on the first stream');
  });

  test('a key that its holder was given after its answer, while others are still asked, is newer', async () => {
    let answerOther = (): void => undefined;
    const other = new FakeSubscriber();
    other.answer = () =>
      new Promise((resolve) => (answerOther = () => resolve({ ...ASKED, apiKey: 'newer' })));
    harness.subscribe({ subscriber: other, credential: ASKED });
    const { subscription } = harness.subscribe({ subscriber: gives('new'), credential: ASKED });
    await harness.settle();
    harness.worker.say({ kind: 'credential-wanted', stream: 1 });
    await harness.settle();
    harness.client.watch(subscription, subscription.request, { ...ASKED, apiKey: 'newer' });
    answerOther();
    await harness.settle();
    assert.isEmpty(harness.worker.of('credential').filter(({ stream }) => stream !== 1));
    const keys = [...harness.worker.of('open'), ...harness.worker.of('credential')];
    assert.notInclude(
      keys.map(({ credential }) => credential?.apiKey),
      'new',
    );
  });

  test('who leaves hears of it, and whoever stays does not', async () => {
    const [goes, stays] = [gives('new'), gives('new')];
    const { subscription } = harness.subscribe({ subscriber: goes, credential: ASKED });
    harness.subscribe({ subscriber: stays, credential: ASKED });
    await harness.settle();
    harness.client.release(subscription);
    await harness.time.advance(50);
    assert.equal(goes.ends, 0, 'it may be held again');
    await harness.time.advance(100);
    assert.deepEqual([goes.ends, stays.ends], [1, 0]);
  });

  for (const kind of ['latest', 'resume'] as const) {
    for (const position of [undefined, 'CAEQAQ==']) {
      const place = position === undefined ? 'no place go on without one' : 'a place go on at it';
      test(`holders who part from a stream with ${place}, with start="${kind}"`, async () => {
        const config = { ...CONFIG, start: { kind } };
        for (const subscriber of [gives('one'), gives('two')])
          harness.subscribe({ config, subscriber, credential: ASKED });
        await harness.settle();
        harness.worker.say(updateOf(1, { position }));
        harness.worker.say({ kind: 'credential-wanted', stream: 1 });
        await harness.settle();
        const opened = harness.worker.of('open').map(({ handover, wasOpen }) => ({ handover, wasOpen }));
        const parted = { handover: position, wasOpen: true };
        assert.deepEqual(opened, [{ handover: undefined, wasOpen: false }, parted, parted]);
      });
    }
  }

  for (const isFirst of [true, false]) {
    const order = isFirst ? 'first' : 'last';
    test(`a holder that comes while the others are asked is asked with them, and shares what they get: ${order} to answer`, async () => {
      const early = gives('key');
      const late = gives('key');
      const waiting: (() => void)[] = [];
      for (const subscriber of [early, late]) {
        const { answer } = subscriber;
        subscriber.answer = () => new Promise((resolve) => waiting.push(() => resolve(answer())));
      }
      await asked(early);
      harness.subscribe({ subscriber: late, credential: ASKED });
      assert.deepEqual([early.asked, late.asked], [1, 1], 'the page has one function for both');
      for (const answer of isFirst ? waiting.reverse() : waiting) {
        await harness.settle();
        assert.lengthOf(harness.worker.of('credential'), 0);
        answer();
      }
      await harness.settle();
      assert.lengthOf(harness.worker.of('open'), 1);
      const given = harness.worker.of('credential').map(({ credential }) => credential?.apiKey);
      assert.deepEqual([...new Set(given)], ['key'], 'nothing is dialed without a key');
    });
  }

  test('a holder that fails while the others part is not dialed for without a key', async () => {
    await asked(gives(undefined), gives('new'));
    const opened = harness.worker.of('open').map(({ stream, credential }) => [stream, credential.apiKey]);
    assert.deepEqual(opened, [
      [1, undefined],
      [2, 'new'],
    ]);
    assert.deepEqual(harness.worker.of('credential'), [
      { kind: 'credential', stream: 1, credential: undefined },
    ]);
  });

  test('a holder that comes after the others were asked is not asked before the worker wants it', async () => {
    await asked(gives('key'));
    const late = gives('key');
    harness.subscribe({ subscriber: late, credential: { ...ASKED, apiKey: 'key' } });
    await harness.settle();
    assert.equal(late.asked, 0);
    assert.lengthOf(harness.worker.of('open'), 1);
  });

  test('a holder that fails stays with the others’ old one and stops nobody', async () => {
    await asked(gives(undefined), gives('new'));
    const credentials = [...harness.worker.of('open'), ...harness.worker.of('credential')];
    assert.include(
      credentials.map(({ credential }) => credential?.apiKey),
      'new',
    );
  });

  test('nobody has one: the worker is told so', async () => {
    await asked(gives(undefined));
    const answers = harness.worker.of('credential');
    assert.lengthOf(answers, 1);
    assert.isUndefined(answers[0]?.credential);
  });

  test('an answer that comes after the stream has ended is not posted to it', async () => {
    const subscriber = gives('late');
    let answer: (credential: undefined) => void = () => undefined;
    subscriber.answer = () => new Promise((resolve) => (answer = resolve));
    const { subscription } = harness.subscribe({ subscriber, credential: ASKED });
    await harness.settle();
    harness.worker.say({ kind: 'credential-wanted', stream: 1 });
    await harness.settle();
    harness.client.close(subscription);
    answer(undefined);
    await harness.settle();
    assert.lengthOf(harness.worker.of('credential'), 0);
  });
});
