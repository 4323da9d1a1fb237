/** Worry: does one bad message cost more than itself? */
import { assert } from '@open-wc/testing';
import { HostPage, feedOn } from '../support/host-page.js';
import { attached, created, interaction } from '../support/payloads.js';
import { Producer, freshTopic } from '../support/service-client.js';
import { until } from '../support/wait.js';

interface Bad {
  readonly what: string;
  readonly payload: unknown;
  readonly code: string | undefined;
}

const INVALID_UTF8 = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]);

const BAD: readonly Bad[] = [
  { what: 'invalid UTF-8', payload: INVALID_UTF8, code: 'payload-not-utf8' },
  { what: 'a payload that is not JSON', payload: 'hello', code: 'payload-not-json' },
  { what: 'broken JSON', payload: '{"Interaction":{"event":', code: 'payload-not-json' },
  { what: 'a JSON array', payload: '[1,2]', code: 'payload-not-an-object' },
  { what: 'JSON null', payload: 'null', code: 'payload-not-an-object' },
  { what: 'an empty payload', payload: '', code: 'payload-not-json' },
  { what: 'an unknown event type', payload: { SomethingNew: { event: 'BrandNewThing' } }, code: undefined },
  {
    what: 'an interaction without a GUID',
    payload: { Interaction: { event: 'InteractionCreated' } },
    code: undefined,
  },
  { what: 'an interaction that is not an object', payload: { Interaction: 7 }, code: undefined },
  {
    what: 'an unknown agent status',
    payload: { AgentStatusChange: { agentId: 'agX', newState: 99 } },
    code: undefined,
  },
];

interface ErrorDetail {
  readonly error?: { readonly code: string; readonly message: string };
}

suite('bad input from the service', function () {
  this.timeout(60_000);
  let page: HostPage | undefined;
  let producer: Producer | undefined;
  teardown(() => {
    page?.close();
    producer?.close();
  });

  async function open(attributes: Readonly<Record<string, string>> = {}): Promise<HostPage> {
    const topic = await freshTopic();
    page = await HostPage.open({ widgets: [feedOn(topic, attributes)] });
    await page.untilConnection('live', 20_000);
    producer = await Producer.open(topic);
    return page;
  }

  function codes(host: HostPage): readonly (string | undefined)[] {
    return host.record.widgetEvents
      .filter(({ name }) => name === 'x8-error')
      .map(({ detail }) => (detail as ErrorDetail).error?.code);
  }

  for (const { what, payload, code } of BAD) {
    test(`${what} costs itself at most, and the next event shows`, async () => {
      const host = await open();
      const ids = (await producer?.publish([payload, created(1)])) ?? [];
      await until('the good event', () => host.record.events.at(-1)?.messageId === ids[1]);
      assert.deepEqual(
        host.record.events.map(({ messageId }) => messageId),
        code === undefined ? ids : ids.slice(1),
      );
      assert.deepEqual(codes(host), code === undefined ? [] : [code]);
      const { counts, state } = await host.widget('x8-agent-feed').getDiagnostics();
      assert.equal(state, 'live');
      assert.equal(counts?.acknowledged, 2);
      assert.equal(counts?.rejected, code === undefined ? 0 : 1);
      assert.equal(counts?.reconnects, 0);
      assert.deepEqual(host.record.exceptions, []);
    });
  }

  test('a thousand bad events make at most ten errors a second and stop nothing', async () => {
    const host = await open();
    await producer?.publish(Array.from({ length: 1500 }, () => 'nonsense'));
    const [good] = (await producer?.publish([created(1)])) ?? [];
    await until('the good event', () => host.record.events.at(-1)?.messageId === good);
    const { counts } = await host.widget('x8-agent-feed').getDiagnostics();
    assert.equal(counts?.rejected, 1500);
    assert.equal(counts?.acknowledged, 1501);
    assert.isAtMost(codes(host).length, 60);
    assert.isAbove(codes(host).length, 0);
  });

  test('a name with markup shows as text', async () => {
    const host = await open({ mask: 'none' });
    const name = '<img src=x onerror="window.wasInjected = true"><x-injected>Zoë</x-injected>';
    await producer?.publish([
      interaction('InteractionAssigned', 'int-1-a-phone-01-acme', {
        ...attached({ remoteCallingName: name, remotePhoneNum: '+441632960123' }),
        mediaType: 'phone',
        direction: 'in',
        promptingTimeout: 30,
      }),
    ]);
    await until('the name', () => host.text('x8-agent-feed').includes('<x-injected>Zoë'));
    assert.equal(host.widget('x8-agent-feed').shadowRoot?.querySelectorAll('img, x-injected').length, 0);
    assert.isFalse('wasInjected' in host.window);
  });

  test('names and numbers are masked unless the host says otherwise, in the box and in events', async () => {
    const host = await open();
    const [id] =
      (await producer?.publish([
        interaction('InteractionAssigned', 'int-1-b-phone-01-acme', {
          ...attached({ remoteCallingName: 'Ada Byron', remotePhoneNum: '+441632960855' }),
          mediaType: 'phone',
          direction: 'in',
        }),
      ])) ?? [];
    await until('the event', () => host.record.events.at(-1)?.messageId === id);
    await until('the card', () => host.text('x8-agent-feed').includes('855'));
    const everything = host.text('x8-agent-feed') + JSON.stringify(host.record);
    for (const secret of ['Ada', 'Byron', '1632', '960855']) assert.notInclude(everything, secret);
  });
});
