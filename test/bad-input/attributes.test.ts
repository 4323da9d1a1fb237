/** Worry: does a host's mistake stay a riddle, or reach the host as an exception? */
import { assert } from '@open-wc/testing';
import { HostPage } from '../support/host-page.js';
import { service } from '../support/service-client.js';
import { until } from '../support/wait.js';

const RIGHT = { endpoint: service.webSocketBase, tenant: service.tenant, topic: 'event-v1/all' };

interface Mistake {
  readonly what: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly code: string | undefined;
  /** In the widget's own box. */
  readonly says: RegExp;
}

const MISTAKES: readonly Mistake[] = [
  {
    what: 'an unknown region',
    attributes: { region: 'mars1', tenant: 'acme', topic: 'event-v1/all' },
    code: 'unknown-region',
    says: /mars1.*uk3/s,
  },
  {
    what: 'both region and endpoint',
    attributes: { ...RIGHT, region: 'uk3' },
    code: 'region-and-endpoint',
    says: /endpoint/,
  },
  {
    what: 'no tenant',
    attributes: { endpoint: RIGHT.endpoint, topic: RIGHT.topic },
    code: undefined,
    says: /tenant/,
  },
  {
    what: 'no agent and no topic',
    attributes: { endpoint: RIGHT.endpoint, tenant: 'acme' },
    code: undefined,
    says: /agent/i,
  },
  {
    what: 'an http endpoint',
    attributes: { ...RIGHT, endpoint: 'https://relay.example/ws/v2' },
    code: 'invalid-endpoint',
    says: /wss?:/,
  },
  {
    what: 'a value with markup',
    attributes: { ...RIGHT, endpoint: '', region: '<img src=x onerror=alert(1)>' },
    code: 'unknown-region',
    says: /<img/,
  },
  {
    what: 'a start that is none',
    attributes: { ...RIGHT, start: 'yesterday' },
    code: 'invalid-start',
    says: /yesterday/,
  },
];

suite('bad input from the host', function () {
  this.timeout(20_000);
  let page: HostPage | undefined;
  teardown(() => page?.close());

  for (const { what, attributes, code, says } of MISTAKES) {
    test(`${what} is said in the widget's own box`, async () => {
      page = await HostPage.open({ widgets: [{ tag: 'x8-agent-feed', attributes }] });
      const host = page;
      await until('the words', () => says.test(host.text('x8-agent-feed')));
      if (code !== undefined) {
        const event = await until('x8-error', () =>
          host.record.widgetEvents.find(({ name }) => name === 'x8-error'),
        );
        const { error } = event.detail as { error: { code: string; message: string } };
        assert.equal(error.code, code);
        assert.isAtMost(error.message.length, 240);
      }
      assert.deepEqual(host.record.exceptions, []);
      assert.equal(host.widget('x8-agent-feed').shadowRoot?.querySelectorAll('img').length, 0);
    });
  }

  test('a mistake that is put right connects', async () => {
    page = await HostPage.open({
      widgets: [{ tag: 'x8-agent-feed', attributes: { ...RIGHT, region: 'uk3' } }],
    });
    const host = page;
    await until('the mistake', () => host.record.widgetEvents.some(({ name }) => name === 'x8-error'));
    host.widget('x8-agent-feed').removeAttribute('region');
    await host.untilConnection('live');
    assert.deepEqual(host.record.exceptions, []);
  });
});
