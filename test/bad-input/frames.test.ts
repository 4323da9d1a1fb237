/** Worry: does a frame that is spoilt on its way cost more than itself? The service's fault door spoils it. */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn } from '../support/host-page.js';
import { created } from '../support/payloads.js';
import { Producer, freshTopic, service } from '../support/service-client.js';
import { until } from '../support/wait.js';

const isWebKitGtk = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);

interface SpoiltFrame {
  /** As the fault door has it (docs/protocol.md, "Faults"). */
  readonly how: string;
  /** The error that is said; none where the message can still be read. */
  readonly code: string | undefined;
}

const SPOILT: readonly SpoiltFrame[] = [
  { how: 'broken-json', code: 'frame-not-json' },
  { how: 'truncated', code: 'frame-not-json' },
  { how: 'not-an-object', code: 'frame-not-json' },
  { how: 'no-message-id', code: 'frame-not-a-message' },
  { how: 'bad-base64', code: 'payload-not-base64' },
  { how: 'invalid-utf8', code: 'payload-not-utf8' },
  { how: 'not-json', code: 'payload-not-json' },
  { how: 'json-array', code: 'payload-not-an-object' },
  { how: 'unknown-type', code: undefined },
  { how: 'binary', code: undefined },
];

suite('a spoilt frame', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  let producer: Producer | undefined;
  teardown(() => {
    page?.close();
    producer?.close();
  });

  for (const { how, code } of SPOILT) {
    test(`(${how}) ${code === undefined ? 'is read all the same' : `is said as ${code}`}, and the next event shows`, async () => {
      const topic = await freshTopic();
      page = await HostPage.open({ widgets: [feedOn(topic)] });
      const host = page;
      await host.untilConnection('live', 20_000);
      producer = await Producer.open(topic);
      await service.fault({ fault: 'corrupt-next', how, topic: topic.path });
      const ids = await producer.publish([created(1), created(2)]);
      await until('the good event', () => host.record.events.at(-1)?.messageId === ids[1]);
      assert.deepEqual(
        host.record.events.map(({ messageId }) => messageId),
        code === undefined ? ids : ids.slice(1),
      );
      const { counts, lastError } = await host.widget('x8-agent-feed').getDiagnostics();
      assert.equal(lastError?.code, code);
      assert.equal(counts?.reconnects, 0);
      // Everything was answered: no place in the service's window is lost.
      await until('no message to be pending', async () =>
        (await service.seen(topic)).sessions.every(({ pending }) => pending === 0),
      );
      assert.deepEqual(host.record.exceptions, []);
    });
  }

  test('that is no text at all costs no other event, and is read again where the engine says so', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await host.untilConnection('live', 20_000);
    producer = await Producer.open(topic);
    const ids = [...(await producer.publish([created(1)]))];
    await until('the first event', () => host.record.events.length === 1);
    await service.fault({ fault: 'corrupt-next', how: 'invalid-utf8-frame', topic: topic.path });
    ids.push(...(await producer.publish([created(2), created(3)])));
    await until('the last event', () => host.record.events.at(-1)?.messageId === ids[2], 20_000);
    const shown = host.record.events.map(({ messageId }) => messageId);
    if (isWebKitGtk) {
      // It swallows the frame, hands over what follows, and only then may end the connection: nobody on the page can
      // know of the one between. RFC 6455 (8.1) asks for the end at once.
      assert.deepEqual(
        shown.filter((id) => id !== ids[1]),
        [ids[0], ids[2]],
      );
      return;
    }
    const { counts, continuity } = await host.widget('x8-agent-feed').getDiagnostics();
    assert.deepEqual(shown, ids);
    assert.equal(counts?.reconnects, 1);
    assert.equal(continuity?.kind, 'continuous');
  });
});
