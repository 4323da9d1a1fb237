import { assert } from '@open-wc/testing';
import { LitElement, html } from 'lit';
import { StreamController, type StreamUpdate } from '../../src/controllers/stream-controller.js';
import type { Credential } from '../../src/protocol/credential.js';
import { widgetError } from '../../src/protocol/errors.js';
import type { StreamAttributes } from '../../src/protocol/stream-config.js';
import type { EventEntry } from '../../src/protocol/stream-event.js';
import type { FeedRequest, FeedView } from '../../src/protocol/views.js';
import { updateOf } from '../client/support/fake-worker.js';
import { CONFIG, FEED, Harness, REQUEST } from '../client/support/harness.js';

const NO_ATTRIBUTES: StreamAttributes = {
  region: null,
  endpoint: null,
  tenant: null,
  agentId: null,
  topic: null,
  start: null,
  subscription: null,
  subscriptionType: null,
  maxRedeliverCount: null,
  deadLetterTopic: null,
  negativeAckRedeliveryDelay: null,
  ackTimeout: null,
  share: null,
};

const ATTRIBUTES: StreamAttributes = {
  ...NO_ATTRIBUTES,
  endpoint: 'wss://relay.example/ws/v2',
  tenant: 'acme',
  agentId: 'agA',
};

let harness: Harness;

class HostElement extends LitElement {
  attributesNow: StreamAttributes = ATTRIBUTES;
  credentialNow: Credential = { apiKey: 'canary' };
  requestNow: FeedRequest = REQUEST;
  failure: Error | undefined;
  renders = 0;
  left = 0;
  readonly told: StreamUpdate<FeedView>[] = [];
  readonly viewsWhenTold: (FeedView | undefined)[] = [];
  readonly stream: StreamController<FeedView> = new StreamController<FeedView>(
    this,
    {
      attributes: () => this.attributesNow,
      credential: () => this.credentialNow,
      workerUrl: () => undefined,
      askCredential: () => Promise.resolve(undefined),
      onEnd: () => undefined,
      request: () => this.requestNow,
      onLeft: () => this.left++,
      onUpdate: (update) => {
        this.told.push(update);
        this.viewsWhenTold.push(this.stream.view);
        if (this.failure !== undefined) throw this.failure;
      },
    },
    () => harness.client,
  );

  override render(): unknown {
    this.renders++;
    return html`${this.stream.connection.kind} ${this.stream.view?.heldRows}`;
  }
}
customElements.define('test-stream-host', HostElement);

suite('stream controller', () => {
  let host: HostElement;

  setup(() => {
    harness = new Harness();
    host = new HostElement();
  });

  teardown(() => host.remove());

  async function mounted(): Promise<void> {
    document.body.append(host);
    await settled();
  }

  async function settled(): Promise<void> {
    await harness.settle();
    await host.updateComplete;
  }

  async function updated(): Promise<void> {
    host.requestUpdate();
    await settled();
  }

  const withView = (heldRows: number): ReturnType<typeof updateOf> =>
    updateOf(1, { views: [{ view: 1, data: { ...FEED, heldRows }, notices: [], events: [] }] });

  suite('setting up', () => {
    test('constructing one starts nothing', async () => {
      await harness.settle();
      assert.deepEqual(harness.routes.opened, []);
      assert.equal(host.stream.connection.kind, 'idle');
    });

    test('attributes that are set one by one after insertion make one stream', async () => {
      host.attributesNow = NO_ATTRIBUTES;
      document.body.append(host);
      host.attributesNow = { ...host.attributesNow, endpoint: 'wss://relay.example/ws/v2' };
      host.attributesNow = { ...host.attributesNow, tenant: 'acme' };
      host.attributesNow = { ...host.attributesNow, agentId: 'agA' };
      await settled();
      assert.deepEqual(host.stream.setup, { kind: 'configured' });
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
    });

    test('what is missing is named, and there is no stream', async () => {
      host.attributesNow = { ...ATTRIBUTES, tenant: null };
      await mounted();
      assert.deepEqual(host.stream.setup, { kind: 'unconfigured', missing: ['tenant'] });
      assert.deepEqual(harness.routes.opened, []);
    });

    test('a number that a script has set is its text, and the same text later is no other stream', async () => {
      const given: Readonly<Record<string, unknown>> = { ...ATTRIBUTES, tenant: 1n, agentId: 5 };
      host.attributesNow = given as unknown as StreamAttributes;
      await mounted();
      assert.deepEqual(host.stream.setup, { kind: 'configured' });
      host.attributesNow = { ...ATTRIBUTES, tenant: ' 1', agentId: '5 ' };
      await updated();
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
      const { config } = harness.worker.of('open')[0] ?? {};
      assert.deepEqual([config?.tenant, config?.topic], ['1', '5']);
    });

    test('what is wrong is said, rendered, and there is no stream', async () => {
      host.attributesNow = { ...ATTRIBUTES, region: 'eu9' };
      await mounted();
      assert.equal(host.stream.setup.kind, 'invalid');
      assert.equal(host.stream.lastError?.code, 'region-and-endpoint');
      assert.deepEqual(harness.routes.opened, []);
    });

    test('a stream whose attributes become wrong ends', async () => {
      await mounted();
      host.attributesNow = { ...ATTRIBUTES, tenant: 'a/b' };
      await updated();
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'unwatch', 'close']);
      assert.equal(host.stream.connection.kind, 'idle');
    });

    test('an option that throws is an internal error of the widget and not of the page', async () => {
      Object.defineProperty(host, 'requestNow', {
        get: () => {
          throw new RangeError('canary');
        },
      });
      await mounted();
      assert.equal(host.stream.lastError?.code, 'internal');
      assert.notInclude(host.stream.lastError?.message, 'canary');
    });

    test('a set-up that throws is wrong and one error for all frames, until it is mended', async () => {
      Object.defineProperty(host, 'attributesNow', {
        configurable: true,
        get: () => {
          throw new TypeError('canary');
        },
      });
      await mounted();
      const { lastError, setup } = host.stream;
      await updated();
      assert.equal(lastError?.code, 'internal');
      assert.strictEqual(host.stream.lastError, lastError, 'a new one would ask for a frame of its own');
      assert.deepEqual<object>(setup, { kind: 'invalid', error: lastError });
      assert.deepEqual(harness.routes.opened, []);
      Object.defineProperty(host, 'attributesNow', { value: ATTRIBUTES });
      await updated();
      assert.deepEqual(host.stream.setup, { kind: 'configured' });
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
    });
  });

  suite('following the element', () => {
    test('an update without a change says nothing to the worker', async () => {
      await mounted();
      host.attributesNow = { ...ATTRIBUTES };
      host.requestNow = { ...REQUEST, expanded: [...REQUEST.expanded] };
      host.credentialNow = { apiKey: 'canary', token: undefined };
      await updated();
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
    });

    test('a page that writes JSON its own way does not make it another stream', async () => {
      const { stringify } = JSON;
      const arrays = Array.prototype as { toJSON?: () => unknown };
      await mounted();
      try {
        JSON.stringify = (value: unknown) => `${stringify(value, undefined, 2)}${Math.random()}`;
        arrays.toJSON = () => Math.random();
        await updated();
        host.requestUpdate();
        await updated();
      } finally {
        JSON.stringify = stringify;
        delete arrays.toJSON;
      }
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
    });

    test('a changed request re-watches the same view', async () => {
      await mounted();
      host.requestNow = { ...REQUEST, hold: 'paused' };
      await updated();
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'watch']);
      assert.equal(harness.worker.of('watch')[1]?.view, 1);
    });

    test('a changed credential is passed on', async () => {
      await mounted();
      host.credentialNow = { token: 'short-lived' };
      await updated();
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'credential']);
    });

    test('a changed agent is another stream, and the old view goes', async () => {
      await mounted();
      harness.worker.say(withView(1));
      host.attributesNow = { ...ATTRIBUTES, agentId: 'agB' };
      await updated();
      assert.isUndefined(host.stream.view);
      assert.deepEqual(harness.worker.orders.slice(2), ['unwatch', 'close', 'open', 'watch']);
      assert.equal(harness.worker.of('open')[1]?.config.topic, 'agB');
    });
  });

  suite('in and out of the document', () => {
    test('moving the node keeps the stream without a word to the worker', async () => {
      await mounted();
      const place = document.createElement('div');
      document.body.append(place);
      place.append(host);
      await settled();
      await harness.time.advance(3000);
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
      place.remove();
    });

    test('moving it into a frame keeps the stream, and the end of the frame ends it', async () => {
      await mounted();
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frame.contentDocument?.body.append(host);
      await settled();
      await harness.time.advance(3000);
      harness.worker.say(withView(1));
      assert.equal(host.stream.view?.heldRows, 1);
      assert.deepEqual(harness.worker.of('unwatch'), []);
      // No callback tells an element that its document is gone.
      frame.remove();
      harness.worker.say(withView(2));
      await harness.time.advance(100);
      assert.deepEqual(harness.worker.orders.slice(-2), ['unwatch', 'close']);
      await mounted();
      assert.equal(host.stream.connection.kind, 'connecting');
    });

    test('the end of its frame ends a stream on which nothing comes, and hiding the frame’s page does not', async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      frame.contentDocument?.body.append(host);
      await settled();
      // Into the cache and back, with the page around it.
      frame.contentWindow?.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      await settled();
      await harness.time.advance(3000);
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
      frame.remove();
      await settled();
      await harness.time.advance(100);
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'unwatch', 'close']);
      await mounted();
      assert.equal(host.stream.connection.kind, 'connecting');
    });

    for (const [whose, isStrange] of [
      ['another page', false],
      ['a stranger’s page', true],
    ] as const) {
      test(`a frame that goes on to ${whose} ends the stream too`, async () => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        frame.contentDocument?.body.append(host);
        await settled();
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        if (isStrange) frame.sandbox.add('allow-scripts');
        frame.srcdoc = '<title>Elsewhere</title>';
        await loaded;
        await settled();
        await harness.time.advance(100);
        assert.deepEqual(harness.worker.orders, ['open', 'watch', 'unwatch', 'close']);
        frame.remove();
      });
    }

    test('a document without a window gets no stream', async () => {
      document.implementation.createHTMLDocument().body.append(host);
      await settled();
      assert.isEmpty(harness.routes.workers);
      await mounted();
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
    });

    test('removing it ends the stream after the grace', async () => {
      await mounted();
      host.remove();
      await harness.time.advance(100);
      assert.deepEqual(harness.worker.orders, ['open', 'watch', 'unwatch', 'close']);
    });

    test('coming back after the grace opens the stream again', async () => {
      await mounted();
      host.remove();
      await harness.time.advance(2000);
      await mounted();
      assert.lengthOf(harness.routes.workers, 2);
      assert.deepEqual(harness.worker.orders, ['open', 'watch']);
    });

    test('what comes while it is out for a moment is told when it is back, in order', async () => {
      await mounted();
      const before = host.told.length;
      host.remove();
      harness.worker.say(withView(1));
      harness.worker.say(withView(2));
      assert.lengthOf(host.told, before, 'a removed widget must not ring');
      await mounted();
      assert.deepEqual(
        host.told.slice(before).map(({ view }) => view?.heldRows),
        [1, 2],
      );
    });

    test('what came while it was out is dropped when it comes back after the grace', async () => {
      await mounted();
      host.remove();
      harness.worker.say(withView(1));
      await harness.time.advance(2000);
      await mounted();
      assert.equal(host.stream.connection.kind, 'connecting');
      assert.isFalse(host.told.some(({ view }) => view?.heldRows === 1));
    });

    test('what came for one agent while it was out is not shown under the name of another', async () => {
      await mounted();
      host.remove();
      harness.worker.say(withView(1));
      host.attributesNow = { ...ATTRIBUTES, agentId: 'agB' };
      await mounted();
      assert.isUndefined(host.stream.view);
    });

    test('another is not held up by an element that is out of the document', async () => {
      await mounted();
      const other = new HostElement();
      document.body.append(other);
      await settled();
      host.remove();
      harness.worker.say(withView(1));
      await settled();
      assert.lengthOf(harness.worker.of('consumed'), 1);
      other.remove();
    });

    test('what nobody was told is not consumed before it comes back', async () => {
      await mounted();
      host.remove();
      harness.worker.say(withView(1));
      await settled();
      assert.isEmpty(harness.worker.of('consumed'));
      await mounted();
      assert.lengthOf(harness.worker.of('consumed'), 1);
      assert.equal(host.told.at(-1)?.view?.heldRows, 1);
    });
  });

  test('events for one that is out for longer than can be kept for it come again', async () => {
    host.requestNow = { ...REQUEST, wantsEvents: true };
    await mounted();
    harness.subscribe();
    await settled();
    harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
    host.remove();
    const event = {} as EventEntry;
    for (let time = 0; time < 101; time++)
      harness.worker.say(updateOf(1, { views: [{ view: 1, data: FEED, notices: [], events: [event] }] }));
    await mounted();
    const given = host.told.flatMap(({ events }) => events).length;
    const { handover } = harness.worker.of('open').at(-1) ?? {};
    assert.isTrue(given === 101 || (given === 0 && handover === 'CAEQAQ=='), `${given}, ${handover}`);
  });

  suite('updates', () => {
    test('the view is up to date when the element is told, with what was before', async () => {
      await mounted();
      harness.worker.say(withView(1));
      harness.worker.say(withView(2));
      const last = host.told.at(-1);
      assert.equal(host.viewsWhenTold.at(-1)?.heldRows, 2);
      assert.equal(last?.view?.heldRows, 2);
      assert.equal(last?.previousView?.heldRows, 1);
      assert.equal(host.told.at(-2)?.previousConnection.kind, 'connecting');
      assert.equal(host.told.at(-2)?.connection.kind, 'live');
    });

    test('an update without a view leaves the view', async () => {
      await mounted();
      harness.worker.say(withView(1));
      harness.worker.say(updateOf(1));
      assert.equal(host.stream.view?.heldRows, 1);
    });

    test('an update is consumed after the element has rendered it', async () => {
      await mounted();
      harness.worker.say(withView(5));
      assert.lengthOf(harness.worker.of('consumed'), 0);
      await settled();
      assert.include(host.renderRoot.textContent, 'live 5');
      assert.lengthOf(harness.worker.of('consumed'), 1);
    });

    test('an update that changes nothing to show does not render', async () => {
      await mounted();
      harness.worker.say(updateOf(1));
      await settled();
      const { renders } = host;
      harness.worker.say(updateOf(1));
      await settled();
      assert.equal(host.renders, renders);
      harness.worker.say(updateOf(1, { lastMessageAt: 77 }));
      await settled();
      assert.equal(host.renders, renders + 1);
    });

    test("the service's time is the browser's less the skew", async () => {
      await mounted();
      harness.worker.say(updateOf(1, { clockSkewMs: 3_600_000, lastMessageAt: 12 }));
      assert.equal(host.stream.clockSkewMs, 3_600_000);
      assert.equal(host.stream.lastMessageAt, 12);
      assert.closeTo(host.stream.now(), Date.now() - 3_600_000, 1000);
    });

    test('an exception in the element is an internal error, shown, and the stream goes on', async () => {
      await mounted();
      host.failure = new TypeError('canary');
      harness.worker.say(withView(1));
      await settled();
      assert.equal(host.stream.lastError?.code, 'internal');
      assert.notInclude(host.stream.lastError?.message, 'canary');
      host.failure = undefined;
      harness.worker.say(withView(2));
      assert.equal(host.stream.view?.heldRows, 2);
      await settled();
      assert.lengthOf(harness.worker.of('consumed'), 2);
    });

    test('when no worker can be started the connection is idle and the reason is there', async () => {
      harness.routes.behaviour.inline = 'throws';
      harness.routes.behaviour.page = 'throws';
      await mounted();
      assert.deepInclude(host.stream.connection, { kind: 'idle', reason: 'no-worker' });
      assert.equal(host.stream.lastError?.code, 'worker-unavailable');
      assert.equal(host.told.at(-1)?.errors[0]?.code, 'worker-unavailable');
    });
  });

  suite('methods', () => {
    test('disconnect ends the stream at once and keeps the view; connect opens it again', async () => {
      await mounted();
      harness.worker.say(withView(1));
      await settled();
      host.stream.disconnect();
      assert.deepEqual(harness.worker.orders.slice(-2), ['unwatch', 'close']);
      assert.deepInclude(host.stream.connection, { kind: 'idle', reason: 'disconnected' });
      assert.equal(host.told.at(-1)?.connection.kind, 'idle');
      assert.equal(host.stream.view?.heldRows, 1);
      await updated();
      assert.equal(host.stream.connection.kind, 'idle', 'rendering does not undo it');
      host.stream.connect();
      await settled();
      assert.lengthOf(harness.worker.of('open'), 2);
      assert.equal(host.stream.connection.kind, 'connecting');
    });

    test('what it has had of a stream goes with it when it comes back, by whatever way it left', async () => {
      host.requestNow = { ...REQUEST, wantsEvents: true };
      harness.subscribe();
      harness.subscribe({ config: { ...CONFIG, topic: 'agB' } });
      await mounted();
      const handedOver = (): string | undefined => harness.worker.of('open').at(-1)?.handover;
      harness.worker.say(updateOf(1, { position: 'CAEQAQ==' }));
      host.stream.disconnect();
      harness.worker.say(updateOf(1, { position: 'CAEQAg==' }));
      host.stream.connect();
      await settled();
      assert.equal(handedOver(), 'CAEQAQ==');
      harness.worker.say(updateOf(3, { position: 'CAEQAw==' }));
      host.remove();
      harness.worker.say(updateOf(3, { position: 'CAEQBA==' }));
      await harness.time.advance(100);
      await mounted();
      assert.equal(handedOver(), 'CAEQAw==');
      harness.worker.say(updateOf(4, { position: 'CAEQBQ==' }));
      host.attributesNow = { ...ATTRIBUTES, agentId: 'agB' };
      await updated();
      host.attributesNow = ATTRIBUTES;
      await updated();
      assert.equal(handedOver(), 'CAEQBQ==');
      assert.lengthOf(harness.worker.of('open'), 5);
    });

    test('disconnect holds across a move', async () => {
      await mounted();
      host.stream.disconnect();
      host.remove();
      await mounted();
      assert.lengthOf(harness.worker.of('open'), 1);
    });

    test('retry and clear reach the worker', async () => {
      await mounted();
      host.stream.retry();
      host.stream.clear();
      assert.deepEqual(harness.worker.orders.slice(2), ['retry', 'clear']);
      assert.equal(harness.worker.of('clear')[0]?.view, 1);
    });

    test('clear drops what is shown also where no worker hears of it', async () => {
      await mounted();
      harness.worker.say(withView(1));
      await settled();
      host.stream.disconnect();
      host.stream.clear();
      assert.isUndefined(host.stream.view);
      host.stream.connect();
      await settled();
      harness.worker.say(updateOf(2, { views: [{ view: 2, data: FEED, notices: [], events: [] }] }));
      await settled();
      assert.isDefined(host.stream.view);
      harness.worker.fail('stopped by RangeError');
      host.stream.clear();
      assert.isUndefined(host.stream.view);
    });

    test('what was shown unmasked goes at once where it is to be masked and no worker hears of it', async () => {
      const shown = updateOf(2, { views: [{ view: 2, data: FEED, notices: [], events: [] }] });
      const mask = async (how: FeedRequest['mask']): Promise<void> => {
        host.requestNow = { ...REQUEST, mask: how };
        host.requestUpdate();
        await settled();
      };
      host.requestNow = { ...REQUEST, mask: 'none' };
      await mounted();
      harness.worker.say(withView(1));
      await settled();
      host.stream.disconnect();
      await settled();
      assert.isDefined(host.stream.view, 'what is shown stays');
      await mask('all');
      assert.isUndefined(host.stream.view);
      await mask('none');
      host.stream.connect();
      await settled();
      harness.worker.say(shown);
      await settled();
      await mask('numbers');
      assert.isDefined(host.stream.view, 'a worker masks it');
      harness.worker.fail('stopped by RangeError');
      await mask('all');
      assert.isUndefined(host.stream.view);
    });

    test('before anything is set up, methods do nothing and diagnostics answer', async () => {
      host.stream.retry();
      host.stream.clear();
      host.stream.disconnect();
      host.stream.connect();
      const diagnostics = await host.stream.getDiagnostics();
      assert.equal(diagnostics.state, 'idle');
      assert.isUndefined(diagnostics.workerRoute);
      assert.deepEqual(harness.routes.opened, []);
    });

    test('what was wrong with one agent’s stream is not said of the next one’s', async () => {
      await mounted();
      const error = widgetError('payload-not-json', 'An event of agent A was skipped.');
      harness.worker.say(updateOf(1, { errors: [error] }));
      await settled();
      assert.strictEqual(host.stream.lastError, error);
      assert.equal(host.left, 0, 'the first stream follows on none');
      host.attributesNow = { ...ATTRIBUTES, agentId: 'agB' };
      await updated();
      assert.isUndefined(host.stream.lastError);
      assert.equal(host.left, 1);
    });

    test('diagnostics carry the error that only the element knows', async () => {
      host.attributesNow = { ...ATTRIBUTES, tenant: '..' };
      await mounted();
      assert.equal((await host.stream.getDiagnostics()).lastError?.code, 'invalid-tenant');
    });
  });
});
