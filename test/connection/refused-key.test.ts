/** Worry: is a wrong key dialed for ever, in silence, or a restarting service taken for a wrong key? */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn } from '../support/host-page.js';
import { freshTopic, service, Service, type Topic } from '../support/service-client.js';
import { TIME_MACHINE_SCRIPT, TimeControl } from '../support/faults/time-machine/control.js';
import { until } from '../support/wait.js';

const WRONG = 'eght_wrong';

suite('a refused key', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  let time: TimeControl | undefined;
  teardown(() => {
    page?.close();
    time?.close();
  });

  const dials = async (topic: Topic): Promise<number> => (await topic.service.seen(topic)).handshakeCount;
  const said = (host: HostPage, name: string): number =>
    host.record.widgetEvents.filter((event) => event.name === name).length;

  test('is said after three dials, dialed at most six times in a minute, and a new one is live within 2 s', async () => {
    const topic = await freshTopic();
    await service.fault({ fault: 'refuse', status: 401, topic: topic.path });
    time = new TimeControl(10);
    const startedAt = Date.now();
    page = await HostPage.open({
      widgets: [feedOn(topic, { 'api-key': WRONG })],
      script: TIME_MACHINE_SCRIPT,
    });
    const host = page;
    await host.untilConnection('auth-suspected', 20_000);
    await until('the words', () => host.text('x8-agent-feed').includes('The service refuses access.'));
    await until('a minute of the worker’s time', () => Date.now() - startedAt > 6_500);
    assert.isAtMost(await dials(topic), 6);
    assert.isAtLeast(await dials(topic), 3);
    assert.equal(said(host, 'x8-auth-required'), 1);

    await service.fault({ fault: 'clear', topic: topic.path });
    time.pace = 1;
    const widget = host.widget('x8-agent-feed');
    widget.apiKey = 'eght_right';
    await host.untilConnection('live', 2_000);
    assert.deepEqual(host.record.exceptions, []);
  });

  test('is asked for again, once, and the answer is live without anybody’s doing', async () => {
    const topic = await freshTopic();
    await service.fault({ fault: 'refuse', status: 403, topic: topic.path });
    page = await HostPage.open({ widgets: [feedOn(topic, { tenant: '' })] });
    const host = page;
    const widget = host.widget('x8-agent-feed');
    let healed: Promise<void> | undefined;
    widget.addEventListener('x8-auth-required', () => {
      healed = service.fault({ fault: 'clear', topic: topic.path });
    });
    widget.credentials = async () => {
      await healed;
      return { apiKey: healed === undefined ? WRONG : 'eght_right' };
    };
    widget.tenant = service.tenant;
    await host.untilConnection('live', 20_000);
    assert.equal(said(host, 'x8-auth-required'), 1);
  });

  test('that credentials() makes anew each time is said once, and dialed at most six times in a minute', async () => {
    const topic = await freshTopic();
    await service.fault({ fault: 'refuse', status: 401, topic: topic.path });
    time = new TimeControl(10);
    page = await HostPage.open({
      widgets: [feedOn(topic, { tenant: '' })],
      script: TIME_MACHINE_SCRIPT,
    });
    const host = page;
    const widget = host.widget('x8-agent-feed');
    let minted = 0;
    widget.credentials = () => Promise.resolve({ apiKey: `${WRONG}_${++minted}` });
    const startedAt = Date.now();
    widget.tenant = service.tenant;
    await host.untilConnection('auth-suspected', 20_000);
    await until('a minute of the worker’s time', () => Date.now() - startedAt > 6_500);
    assert.isAtMost(await dials(topic), 6);
    assert.isAtLeast(await dials(topic), 4, 'the one more that the host page is asked for is dialed');
    assert.equal(said(host, 'x8-auth-required'), 1);

    await service.fault({ fault: 'clear', topic: topic.path });
    time.pace = 1;
    widget.credentials = () => Promise.resolve({ apiKey: 'eght_right' });
    await host.untilConnection('live', 2_000);
    assert.deepEqual(host.record.exceptions, []);
  });

  test('is not said after one refused dial', async () => {
    const topic = await freshTopic();
    await service.fault({ fault: 'refuse', status: 503, count: 1, topic: topic.path });
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    await page.untilConnection('live', 20_000);
    assert.equal(said(page, 'x8-auth-required'), 0);
  });

  test('is not said of a service that was live and restarts behind a proxy that answers', async () => {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await host.untilConnection('live', 20_000);
    await service.fault({ fault: 'refuse', status: 503, topic: topic.path });
    await service.fault({ fault: 'drop', topic: topic.path });
    await until('four dials', async () => (await dials(topic)) >= 5, 30_000);
    assert.equal((await host.widget('x8-agent-feed').getDiagnostics()).state, 'reconnecting');
    await service.fault({ fault: 'clear', topic: topic.path });
    await host.untilConnection('live', 35_000);
    assert.equal(said(host, 'x8-auth-required'), 0);
  });

  test('is not said of a host that nobody reaches: that is said instead', async () => {
    const own = await Service.own();
    const topic = await own.freshTopic();
    await own.fault({ fault: 'refuse-connections', forMs: 60_000 });
    page = await HostPage.open({ widgets: [feedOn(topic)] });
    const host = page;
    await host.untilConnection('cannot-connect', 30_000);
    await until('the words', () => /can.t be reached/.test(host.text('x8-agent-feed')), 10_000);
    assert.equal(said(host, 'x8-auth-required'), 0);
  });
});
