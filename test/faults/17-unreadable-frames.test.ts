import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../support/faults/fault-test.js';
import { dataFrame } from '../support/faults/model/service.js';
import type { Message } from '../support/faults/model/topic.js';
import { assertHonest, liveWorld } from '../support/faults/model/world.js';

const withPayload = (payload: string) => (message: Message) =>
  JSON.stringify({ ...(JSON.parse(dataFrame(message)) as object), payload });

/** Frames that carry a message that cannot be shown. */
const UNREADABLE: Readonly<Record<string, (message: Message) => unknown>> = {
  'broken JSON': (message) => dataFrame(message).slice(0, -1),
  'bad base64': withPayload('*** this is not base64 ***'),
  'invalid UTF-8': withPayload(btoa('\xff\xfe{}')),
  'a payload that is not JSON': withPayload(btoa('hello')),
};

faultSuite(17, () => {
  for (const [name, frameOf] of Object.entries(UNREADABLE)) {
    faultTest(
      17,
      `${name}: one error with its id, answered, the next event comes, no reconnect`,
      async () => {
        const made = await liveWorld();
        const { clock, service, page } = made;
        const sound = service.frameOf;
        service.frameOf = frameOf;
        service.publish(1);
        await clock.advance(200);
        service.frameOf = sound;
        service.publish(1);
        await clock.advance(1_000);
        const spoilt = service.topic.everything[3]?.text;
        assert.lengthOf(page.errors, 1);
        if (name !== 'broken JSON') assert.equal(page.errors[0]?.messageId, spoilt);
        const [session] = service.open;
        assert.equal(session?.freed, session?.delivered.length, 'every message is answered');
        assert.equal(page.events.at(-1)?.messageId, service.topic.everything[4]?.text);
        assert.equal(page.diagnostics().counts.reconnects, 0);
      },
    );
  }

  for (const what of ['the next event', 'nothing more'] as const) {
    faultTest(
      17,
      `the proof of the place comes unreadable, and then ${what}: read again, it is no gap`,
      async () => {
        for (let seed = 1; seed <= 10; seed++) {
          const made = await liveWorld({ seed });
          const { clock, service, page } = made;
          service.drop();
          if (what === 'the next event') service.publish(2);
          service.spoil('broken-json', 1);
          await clock.advance(40_000);
          assert.deepEqual(page.gaps, []);
          assert.equal(page.diagnostics().state, 'live');
          await assertHonest(made);
        }
      },
    );
  }

  faultTest(
    17,
    'a proof of the place that never comes readable is one gap, after it was read twice',
    async () => {
      const { clock, service, page } = await liveWorld();
      const proof = service.topic.everything.at(-1);
      service.frameOf = (message) => (message === proof ? '{"' : dataFrame(message));
      service.drop();
      service.publish(2);
      await clock.advance(60_000);
      assert.deepEqual(
        page.gaps.map(({ kind }) => kind),
        ['history-expired'],
      );
      assert.lengthOf(page.events, 5);
      assert.lengthOf(page.sockets, 3);
    },
  );

  faultTest(17, 'a binary frame is read like any other', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    service.frameOf = (message) => new TextEncoder().encode(dataFrame(message)).buffer;
    service.publish(2);
    await clock.advance(1_000);
    assert.lengthOf(page.events, 5);
    assert.deepEqual(page.errors, []);
    await assertHonest(made);
  });

  faultTest(17, 'an unknown type is neither shown nor answered', async () => {
    const made = await liveWorld();
    const { clock, service, page } = made;
    const [session] = service.open;
    const answers = session?.answers.length;
    session?.socket.deliver('{"type":"AUTH_CHALLENGE","challenge":{}}');
    await clock.advance(1_000);
    assert.equal(session?.answers.length, answers);
    assert.deepEqual(page.errors, []);
    assert.lengthOf(page.events, 3);
    await assertHonest(made);
  });

  faultTest(17, 'a flood of them makes at most 10 errors a second', async () => {
    const { clock, service, page } = await liveWorld();
    service.frameOf = withPayload('*');
    for (let second = 0; second < 5; second++) {
      const before = page.errors.length;
      service.publish(1_000);
      await clock.advance(1_000);
      assert.isAtMost(page.errors.length - before, 11);
    }
    assert.isAtLeast(page.errors.length, 10);
    assert.equal(page.diagnostics().counts.rejected, 5_000);
  });

  faultTest(17, 'the end of the topic ends the stream: nobody dials again', async () => {
    const { clock, service, page } = await liveWorld();
    service.open[0]?.socket.deliver('{"endOfTopic":true}');
    await clock.advance(1_000);
    assert.equal(page.diagnostics().state, 'ended');
    service.drop();
    await clock.advance(600_000);
    assert.lengthOf(page.sockets, 1);
    assert.equal(page.connection?.kind, 'ended');
  });
});
