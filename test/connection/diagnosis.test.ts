/** Worry: does somebody who sees no events learn why, and what to do, without developer tools? */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn } from '../support/host-page.js';
import { created } from '../support/payloads.js';
import { freshTopic, Producer, service } from '../support/service-client.js';
import { until } from '../support/wait.js';

const KEY = 'eght_canary_key';

suite('what is wrong is said in words', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  teardown(() => page?.close());

  const inside = <E extends HTMLElement>(host: HostPage, selector: string): E => {
    const found = host.widget('x8-agent-feed').shadowRoot?.querySelector<E>(selector);
    if (!found) throw new Error(`the feed has no ${selector}`);
    return found;
  };
  const openDetails = (host: HostPage): void => inside(host, '[aria-controls="details"]').click();

  for (const worker of ['blob:', "'none'"]) {
    test(`a policy that does not name the service (worker-src ${worker}): the line to add, and no key`, async () => {
      const topic = await freshTopic();
      const csp = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src ${worker}`;
      page = await HostPage.open({ widgets: [feedOn(topic, { 'api-key': KEY })], csp });
      const host = page;
      await host.untilConnection('cannot-connect', 15_000);
      const source = new URL(service.webSocketBase).origin;
      await until('the words', () => host.text('x8-agent-feed').includes(`connect-src ${source}`));
      assert.include(host.text('x8-agent-feed'), 'Content-Security-Policy');
      assert.notInclude(host.text('x8-agent-feed'), KEY);
      assert.deepEqual(host.record.exceptions, []);
      const blocked = host.record.violations.filter((violation) => violation.startsWith('connect-src'));
      assert.isAtMost(blocked.length, 1, 'a policy that stays is met once');
    });
  }

  test('a policy that allows no worker: it runs in the page, and what would change that', async () => {
    const topic = await freshTopic();
    const { origin } = new URL(service.webSocketBase);
    const csp = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ${origin}; worker-src`;
    for (const worker of ["'none'", 'blob:']) {
      page = await HostPage.open({ widgets: [feedOn(topic)], csp: `${csp} ${worker}` });
      const host = page;
      await host.untilConnection('live', 20_000);
      openDetails(host);
      await until('the words', () => host.text('x8-agent-feed').includes('All is well.'));
      assert.equal(
        host.text('x8-agent-feed').includes('add worker-src blob: or'),
        worker === "'none'",
        worker,
      );
      page.close();
    }
  });

  test('a service that ends the connection: its code in words, once it is asked for', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await host.untilConnection('live', 20_000);
    const producer = await Producer.open(topic);
    await producer.publish([created(1)]);
    producer.close();
    await until('the event', () => host.record.events.length === 1);
    openDetails(host);
    await service.fault({ fault: 'hang', topic: topic.path });
    await service.fault({ fault: 'drop', code: 1001, topic: topic.path });
    await until('the words', () => host.text('x8-agent-feed').includes('1001 going away'));
    assert.include(host.text('x8-agent-feed'), 'asks for what it missed');
    await service.fault({ fault: 'clear', topic: topic.path });
    await host.untilConnection('live', 30_000);
    await until('the all-clear', () => host.text('x8-agent-feed').includes('Nothing is known to be wrong'));
  });

  test('a service that never answers: for how long, and what happens next', async () => {
    const topic = await freshTopic();
    await service.fault({ fault: 'hang', topic: topic.path });
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await until('the seconds', () => host.text('x8-agent-feed').includes('Connecting… · 4 s'));
    openDetails(host);
    await until('the words', () => /Connecting for \d+ s\..*by itself/.test(host.text('x8-agent-feed')));
    assert.notInclude(host.text('x8-agent-feed'), 'Nothing is known to be wrong');
    await service.fault({ fault: 'clear', topic: topic.path });
  });

  test('a page that disconnects its feed: who did it, and how it goes on', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await host.untilConnection('live', 20_000);
    const states = host.record.widgetEvents.map(({ detail }) => JSON.stringify(detail['connection']));
    assert.notInclude(states.join(), '"idle"', 'nothing was called disconnected on the way');
    await until('the empty day', () => host.text('x8-agent-feed').includes('No activity yet today.'));
    host.widget('x8-agent-feed').disconnect();
    await until('the words', () =>
      host.text('x8-agent-feed').includes('This page has ended the connection.'),
    );
    assert.notInclude(host.text('x8-agent-feed'), 'New calls appear here at once.');
    inside(host, '.connection button').click();
    // It gets each event (`emit-events`), and had no place to go on from.
    await until('what it cannot know', () => host.text('x8-agent-feed').includes('No data for a while'));
  });

  test('a page that gives no key', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic, { tenant: '' })] });
    const host = page;
    const widget = host.widget('x8-agent-feed');
    widget.credentials = () => Promise.reject(new Error(KEY));
    widget.tenant = service.tenant;
    await host.untilConnection('cannot-connect', 20_000);
    await until('the words', () => host.text('x8-agent-feed').includes('This page gave no key.'));
    const producer = await Producer.open(topic);
    const { handshakes } = await service.seen(topic);
    producer.close();
    assert.isFalse(
      handshakes.some(({ kind }) => kind === 'reader'),
      'nothing is dialed without a key',
    );
    assert.deepEqual(host.record.exceptions, []);
  });

  test('diagnostics are copied as JSON; where there is no clipboard they can be selected', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic, { 'api-key': KEY })] });
    const host = page;
    await host.untilConnection('live', 20_000);
    openDetails(host);
    await host.widget('x8-agent-feed').updateComplete;
    const copied: string[] = [];
    const clipboard = { writeText: (text: string) => Promise.resolve(void copied.push(text)) };
    Object.defineProperty(host.window.navigator, 'clipboard', { configurable: true, value: clipboard });
    inside(host, '.details .action').click();
    await until('the copy', () => copied.length === 1);
    Object.defineProperty(host.window.navigator, 'clipboard', {
      configurable: true,
      value: { writeText: () => Promise.reject(new Error('denied')) },
    });
    inside(host, '.details .action').click();
    const area = await until('the text', () =>
      host.widget('x8-agent-feed').shadowRoot?.querySelector<HTMLTextAreaElement>('textarea'),
    ).then(({ value }) => value);
    for (const text of [copied[0] ?? '', area]) {
      const facts = JSON.parse(text) as Record<string, unknown>;
      assert.containsAllKeys(facts, ['version', 'state', 'endpointHost', 'topic', 'workerRoute', 'counts']);
      assert.notInclude(text, KEY);
    }
  });

  test('the console is silent, and says states and reasons when `log` asks for it', async () => {
    const topic = await freshTopic();
    const silent = feedOn(topic, { 'api-key': KEY });
    page = await HostPage.open({
      widgets: [silent, { ...silent, attributes: { ...silent.attributes, log: 'info' } }],
    });
    const host = page;
    const lines = (): readonly string[] => host.record.console.filter((line) => line.includes('[x8]'));
    const liveLines = (): number => lines().filter((line) => line.endsWith(' live')).length;
    await until('live', () => liveLines() === 1, 20_000);
    // A dial that opens at once would leave nothing to be said.
    await service.fault({ fault: 'hang', topic: topic.path });
    await service.fault({ fault: 'drop', code: 1001, topic: topic.path });
    const loss = 'info [x8] <x8-agent-feed> reconnecting, try 1, closed with 1001';
    await until('the loss', () => lines().includes(loss), 20_000);
    await service.fault({ fault: 'clear', topic: topic.path });
    await until('live again', () => liveLines() === 2, 40_000);
    assert.equal(liveLines(), 2, 'by one of the two elements');
    assert.notInclude(host.record.console.join('\n'), KEY);
  });
});
