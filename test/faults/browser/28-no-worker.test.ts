import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { HostPage, feedOn } from '../../support/host-page.js';
import { created } from '../../support/payloads.js';
import { Producer, freshTopic } from '../../support/service-client.js';
import { until } from '../../support/wait.js';

const STRICT = "default-src 'self'; script-src 'self'; connect-src *; worker-src";

const PAGES = [
  { name: 'no policy', csp: undefined, route: 'inline', attributes: {} },
  {
    name: 'no blobs, a file of the page',
    csp: `${STRICT} 'self'`,
    route: 'url',
    attributes: { 'worker-url': '/__built/x8-worker.js' },
  },
  {
    name: 'no blobs, a file that is not there',
    csp: `${STRICT} 'self'`,
    route: 'page',
    attributes: { 'worker-url': '/test/support/page/nothing.js' },
  },
  {
    name: 'no blobs, a file that never answers',
    csp: `${STRICT} 'self'`,
    route: 'page',
    attributes: { 'worker-url': '/test/client/support/silent-file.js' },
  },
  { name: 'no workers at all', csp: `${STRICT} 'none'`, route: 'page', attributes: {} },
] as const;

faultSuite(28, () => {
  for (const { name, csp, route, attributes } of PAGES) {
    faultTest(28, `${name}: the program runs by the route "${route}" and delivers the same`, async () => {
      const topic = await freshTopic();
      const host = await HostPage.open({
        widgets: [feedOn(topic, { ...attributes, start: 'earliest' })],
        ...(csp === undefined ? {} : { csp }),
      });
      try {
        await host.untilConnection('live', 20_000);
        const producer = await Producer.open(topic);
        const published = await producer.publish(Array.from({ length: 100 }, (_, i) => created(i)));
        producer.close();
        await until('100 events', () => host.record.events.length >= 100);
        assert.deepEqual(
          host.record.events.map(({ messageId }) => messageId),
          published,
        );
        const diagnostics = await host.widget('x8-agent-feed').getDiagnostics();
        assert.equal(diagnostics.workerRoute, route);
        const tried = ['url', 'inline', 'page'].filter((one) => one !== 'url' || 'worker-url' in attributes);
        assert.deepEqual(
          diagnostics.failedRoutes.map((failed) => failed.route),
          tried.slice(0, tried.indexOf(route)),
        );
        for (const { reason } of diagnostics.failedRoutes) assert.isNotEmpty(reason);
        assert.deepEqual(host.record.exceptions, []);
      } finally {
        host.close();
      }
    });
  }
});
