import { assert } from '@open-wc/testing';
import { faultSuite, faultTest } from '../../support/faults/fault-test.js';
import { FaultyPage } from '../../support/faults/faulty-page.js';
import { WATCHED_WORKERS } from '../../support/host-page.js';

const CANARY = 'eght_CANARY+5f1d/4be0==';
const PIECES = ['CANARY', encodeURIComponent(CANARY)];
const FACTOR = 20;

/** One after the other: what makes a client talk. Each is followed by health. */
const SCENARIOS: Readonly<Record<string, (page: FaultyPage) => Promise<void>>> = {
  reset: ({ network }) => network.fault({ fault: 'end', ending: 'reset' }),
  'half-open': ({ network }) => network.fault({ fault: 'end', ending: 'half-open' }),
  'refused dials': async ({ network }) => {
    await network.fault({ fault: 'greet', greeting: 'refuse', count: 3 });
    await network.fault({ fault: 'end', ending: 'fin' });
  },
  'a hanging dial': async ({ network }) => {
    await network.fault({ fault: 'greet', greeting: 'hang', count: 1 });
    await network.fault({ fault: 'end', ending: 'reset' });
  },
  'a refused key': async ({ topic }) => {
    await topic.service.fault({ fault: 'refuse', topic: topic.path, kind: 'reader', status: 401, count: 4 });
    await topic.service.fault({ fault: 'drop', topic: topic.path, kind: 'reader', code: 4401 });
  },
  'frames that cannot be read': async (page) => {
    for (const how of ['broken-json', 'no-message-id', 'bad-base64', 'invalid-utf8', 'not-json']) {
      await page.topic.service.fault({ fault: 'corrupt-next', topic: page.topic.path, how, count: 1 });
      await page.publish(2);
    }
  },
  'a worker that dies': async ({ host }) => host.record.terminateWorkers(),
  'offline and online': async ({ host }) => {
    host.window.dispatchEvent(new Event('offline'));
    host.window.dispatchEvent(new Event('online'));
  },
};

faultSuite(27, () => {
  faultTest(
    27,
    'in a real browser: after every scenario the key is in the address and nowhere else',
    async () => {
      const said: string[] = [];
      const channel = new BroadcastChannel(WATCHED_WORKERS);
      channel.onmessage = (event: MessageEvent<string>) => said.push(event.data);
      try {
        await FaultyPage.with(
          { factor: FACTOR, isWatched: true, hasTile: true, attributes: { 'api-key': CANARY } },
          async (page) => {
            for (const [name, scenario] of Object.entries(SCENARIOS)) {
              await scenario(page);
              await page.publish(1);
              await page
                .untilShown(60_000)
                .catch(() => assert.fail(`the stream does not go on after ${name}`));
              await page.host.untilConnection('live', 30_000);
              mustNotSay(await placesOf(page), name);
            }
          },
        );
      } finally {
        channel.close();
      }
      assert.isTrue(
        said.some((one) => one.startsWith('posted')),
        'the workers were heard at all',
      );
      mustNotSay({ 'said by workers': said.join('\n') }, 'to the end');
    },
  );
});

function mustNotSay(places: Readonly<Record<string, string>>, when: string): void {
  for (const [place, text] of Object.entries(places)) {
    for (const piece of PIECES) assert.isFalse(text.includes(piece), `${when}: ${place}`);
  }
}

async function placesOf({ host }: FaultyPage): Promise<Readonly<Record<string, string>>> {
  const feed = host.widget('x8-agent-feed');
  const { sessionStorage, localStorage, performance } = host.window;
  const texts = {
    'light DOM': host.document.documentElement.outerHTML,
    'feed shadow DOM': feed.shadowRoot?.innerHTML ?? '',
    'tile shadow DOM': host.widget('x8-queue-tile').shadowRoot?.innerHTML ?? '',
    'events, console, exceptions': JSON.stringify(host.record),
    diagnostics: JSON.stringify(await feed.getDiagnostics()),
    snapshot: JSON.stringify(feed.getSnapshot()),
    sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
    localStorage: JSON.stringify(Object.entries(localStorage)),
    'resource timing': JSON.stringify(performance.getEntries()),
    cookies: host.document.cookie,
    IndexedDB: await stored(),
  };
  // The page was given the key in its own address, by the test.
  return Object.fromEntries(
    Object.entries(texts).map(([place, text]) => [place, text.replace(/widgets=[^"\s]*/g, '')]),
  );
}

async function stored(): Promise<string> {
  const values: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await settled(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      values.push(JSON.stringify(await Promise.all([settled(all.getAllKeys()), settled(all.getAll())])));
    }
    database.close();
  }
  assert.isNotEmpty(values, 'the widget has stored something');
  return values.join('\n');
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no answer'));
  });
}
