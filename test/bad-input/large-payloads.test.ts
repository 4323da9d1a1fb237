/**
 * Worry: does a huge event stop the stream or the page? The built-in service only, whose limit for a producer's frame
 * is raised for tests: a real broker takes 1 MiB over this endpoint.
 */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn } from '../support/host-page.js';
import { created, interaction } from '../support/payloads.js';
import { Producer, freshTopic } from '../support/service-client.js';
import { until } from '../support/wait.js';

const MIB = 1024 * 1024;

function large(bytes: number): unknown {
  return interaction('InteractionCreated', 'int-1-c-phone-01-acme', { filler: 'x'.repeat(bytes) });
}

suite('large payloads', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  teardown(() => page?.close());

  for (const { size, isTaken } of [
    { size: 7 * MIB, isTaken: true },
    { size: 20 * MIB, isTaken: false },
  ]) {
    test(`a payload of ${size / MIB} MiB is ${isTaken ? 'shown' : 'refused and said'}, and the next event shows`, async () => {
      const topic = await freshTopic();
      page = await HostPage.open({ widgets: [feedOn(topic)] });
      const host = page;
      await host.untilConnection('live', 20_000);
      const producer = await Producer.open(topic);
      const ids = await producer.publish([large(size), created(1)]);
      producer.close();
      await until('the good event', () => host.record.events.at(-1)?.messageId === ids[1], 30_000);
      assert.deepEqual(
        host.record.events.map(({ messageId }) => messageId),
        isTaken ? ids : ids.slice(1),
      );
      const { counts } = await host.widget('x8-agent-feed').getDiagnostics();
      assert.equal(counts?.acknowledged, 2);
      assert.equal(counts?.rejected, isTaken ? 0 : 1);
      assert.equal(counts?.reconnects, 0);
    });
  }
});
