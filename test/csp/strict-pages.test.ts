/** Worry: does a strict page need an exception for the widgets? Runs the script tag's file as it is built. */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn } from '../support/host-page.js';
import { created } from '../support/payloads.js';
import { Producer, freshTopic, service } from '../support/service-client.js';
import { until } from '../support/wait.js';

const SOCKETS = `connect-src 'self' ${new URL(service.webSocketBase).origin}`;
const STRICT = `default-src 'none'; script-src 'self'; style-src 'self'; ${SOCKETS}`;
const TRUSTED = `require-trusted-types-for 'script'; trusted-types lit-html x8-widgets`;

interface StrictPage {
  readonly what: string;
  readonly csp: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly route: 'inline' | 'url' | 'page';
}

const PAGES: readonly StrictPage[] = [
  { what: 'blob workers and Trusted Types', csp: `${STRICT}; worker-src blob:; ${TRUSTED}`, route: 'inline' },
  {
    what: 'workers of its own origin and Trusted Types',
    csp: `${STRICT}; worker-src 'self'; ${TRUSTED}`,
    attributes: { 'worker-url': '/__built/x8-worker.js' },
    route: 'url',
  },
  {
    what: 'no worker at all and Trusted Types',
    csp: `${STRICT}; worker-src 'none'; ${TRUSTED}`,
    route: 'page',
  },
  {
    what: "nothing for workers but 'self', and no worker-url",
    csp: `${STRICT}; worker-src 'self'`,
    route: 'page',
  },
];

suite('strict pages', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  let producer: Producer | undefined;
  teardown(() => {
    page?.close();
    producer?.close();
  });

  for (const { what, csp, attributes, route } of PAGES) {
    test(`a page that allows ${what} shows the feed by the route “${route}”`, async () => {
      const topic = await freshTopic();
      page = await HostPage.open({
        widgets: [feedOn(topic, attributes)],
        csp,
      });
      const host = page;
      await host.untilConnection('live', 20_000);
      producer = await Producer.open(topic);
      const ids = await producer.publish([created(1), created(2)]);
      await until('both events', () => host.record.events.length === 2);
      assert.deepEqual(
        host.record.events.map(({ messageId }) => messageId),
        ids,
      );
      const diagnostics = await host.widget('x8-agent-feed').getDiagnostics();
      assert.equal(diagnostics.workerRoute, route);
      // A worker from a blob is tried where there is no file, and reported where it is refused: README, "For the security review".
      assert.deepEqual(
        host.record.violations.map((violation) => violation.split(' ', 2).join(' ')),
        route === 'page' ? ['worker-src blob'] : [],
      );
      assert.deepEqual(host.record.exceptions, []);
      assert.isAbove(host.widget('x8-agent-feed').getBoundingClientRect().height, 40, 'the styles apply');
    });
  }

  test('a page that does not name the service is told what happened, and goes on', async () => {
    const topic = await freshTopic();
    const csp =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src blob:";
    page = await HostPage.open({ widgets: [feedOn(topic)], csp });
    const host = page;
    await until('the words', () => /can.t connect|connecting/i.test(host.text('x8-agent-feed')));
    assert.deepEqual(host.record.exceptions, []);
  });
});
