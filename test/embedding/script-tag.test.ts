/**
 * Worry: does the script tag's file need a tag of a certain kind, or a page that has no names of its own? In a page
 * that is written out, with the file's tag where a host may put it.
 */
import { assert } from '@open-wc/testing';
import { feedOn } from '../support/host-page.js';
import { freshTopic, type Topic } from '../support/service-client.js';
import { until } from '../support/wait.js';

const SRC = 'src="/__built/x8-widgets.js"';

/** Where the tag stands. */
interface Place {
  readonly what: string;
  readonly head?: string;
  readonly end?: string;
}

const PLACES: readonly Place[] = [
  { what: 'a classic tag in the head', head: `<script ${SRC}></script>` },
  { what: 'a classic tag with defer', head: `<script ${SRC} defer></script>` },
  { what: 'a classic tag with async', head: `<script ${SRC} async></script>` },
  { what: 'a classic tag at the end of the body', end: `<script ${SRC}></script>` },
  { what: 'a module', head: `<script type="module" ${SRC}></script>` },
];

/** Lit's, in a module as well; the last one is of its development build, which test pages have. */
const NAMES_OF_LIT = [
  'litElementVersions',
  'litHtmlVersions',
  'reactiveElementVersions',
  'litPropertyMetadata',
  'litIssuedWarnings',
];

interface PageWindow extends Window {
  readonly exceptions: readonly string[];
  readonly namesBefore: readonly string[];
  readonly warnings: readonly string[];
}

suite('the script tag’s file', function () {
  this.timeout(60_000);
  let frame: HTMLIFrameElement;
  setup(() => {
    frame = document.createElement('iframe');
  });
  teardown(() => frame.remove());

  /** A page whose own script comes before the widgets'. */
  async function open({ head = '', end = '' }: Place, own: string, topic: Topic): Promise<PageWindow> {
    const { tag, attributes } = feedOn(topic);
    const written = Object.entries(attributes).map(([name, value]) => `${name}="${value}"`);
    frame.srcdoc = `<!doctype html><html lang="en"><head><title>A host page</title>
      <script>
        window.exceptions = [];
        addEventListener('error', ({ message }) => exceptions.push(message));
        ${own}
        window.namesBefore = undefined;
        window.namesBefore = Object.getOwnPropertyNames(window);
      </script>${head}</head><body><${tag} ${written.join(' ')}></${tag}>${end}</body></html>`;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    document.body.append(frame);
    await loaded;
    const page = frame.contentWindow;
    if (page === null) throw new Error('the page is gone');
    return page as unknown as PageWindow;
  }

  for (const [tags, said] of [
    [['x8-queue-tile'], '<x8-queue-tile> of unknown version'],
    [
      ['x8-agent-feed', 'x8-queue-tile'],
      '<x8-agent-feed> of unknown version and <x8-queue-tile> of unknown version',
    ],
  ] as const) {
    test(`a page that has ${tags.join(' and ')} already is told that these stay in use`, async () => {
      const own = tags
        .map((tag) => `customElements.define('${tag}', class extends HTMLElement {});`)
        .join('');
      const watch = `window.warnings = []; console.warn = (words) => warnings.push(words);`;
      const page = await open(
        { what: '', end: `<script ${SRC}></script>` },
        `${watch}${own}`,
        await freshTopic(),
      );
      assert.deepEqual(
        page.warnings
          .filter((words) => words.startsWith('[x8]'))
          .map((words) => words.replace(/\d+\.\d+\.\d+/, 'N')),
        [`[x8] The page already has ${said}, kept in use instead of version N from this script`],
      );
      assert.deepEqual(page.exceptions, []);
    });
  }

  for (const place of PLACES) {
    test(`${place.what} shows the feed of a page that has an e, a t and an i of its own`, async () => {
      const page = await open(place, `const e = 'e'; let t = 't'; class i {}`, await freshTopic());
      const feed = page.document.querySelector('x8-agent-feed');
      await until('the feed, or what is in its way', () => feed?.shadowRoot || page.exceptions.length > 0);
      assert.deepEqual(page.exceptions, []);
      await until('a connection', async () => (await feed?.getDiagnostics())?.state === 'live', 20_000);
      assert.equal((await feed?.getDiagnostics())?.workerRoute, 'inline');
    });

    test(`${place.what} leaves no name in the page`, async () => {
      const page = await open(place, '', await freshTopic());
      await until('the feed', () => page.document.querySelector('x8-agent-feed')?.shadowRoot);
      const before = new Set([...page.namesBefore, ...NAMES_OF_LIT]);
      assert.deepEqual(
        Object.getOwnPropertyNames(page).filter((name) => !before.has(name)),
        [],
      );
    });
  }
});
