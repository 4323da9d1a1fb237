/** Worry: does a box of some size, on some page, with text of some size, show what belongs into it? */
import { assert, fixtureCleanup } from '@open-wc/testing';
import { FEED_EXAMPLES, TILE_EXAMPLES } from '../../demo/gallery-states.js';
import {
  allInside,
  feedFixture,
  inside,
  resetClock,
  tileFixture,
  type StillFeed,
} from './support/still-elements.js';
import type { StillTile } from './support/still-elements.js';

async function busyFeed(style: string): Promise<StillFeed> {
  const feed = await feedFixture({ 'agent-id': 'ag1', style });
  const example = FEED_EXAMPLES.find(({ name }) => name === 'reading further down, 4 new');
  if (example === undefined) throw new Error('the gallery has no such feed');
  feed.still.show(example.state, example.news);
  await feed.updateComplete;
  return feed;
}

async function busyTile(style: string): Promise<StillTile> {
  const tile = await tileFixture({ style });
  const example = TILE_EXAMPLES.find(({ name }) => name === 'over target');
  if (example === undefined) throw new Error('the gallery has no such tile');
  tile.still.show(example.state);
  await tile.updateComplete;
  return tile;
}

const isShown = (element: Element): boolean => element.getBoundingClientRect().width > 0;

/** What a reader sees of a text: its ink, not its box, which may be smaller than what flows out of it. */
function ink(element: Element): DOMRect {
  const range = document.createRange();
  range.selectNodeContents(element);
  const text = range.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const clips = getComputedStyle(element).overflowX !== 'visible';
  return clips ? new DOMRect(text.x, text.y, Math.min(text.right, box.right) - text.x, text.height) : text;
}

suite('text of another size', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  for (const [width, fontSize] of [
    [264, 14],
    [304, 14],
    [304, 28],
    [320, 28],
    [480, 28],
    [680, 14],
    [1000, 14],
    [1000, 28],
    [200, 20],
  ] as const) {
    test(`the words of a row stay beside each other at ${width} px in letters of ${fontSize} px`, async () => {
      const feed = await busyFeed(`inline-size: ${width}px; --x8-font-size: ${fontSize}px`);
      const lines = allInside(feed, '.line');
      assert.isAbove(lines.length, 5);
      for (const line of lines) {
        const box = line.getBoundingClientRect();
        const texts = [
          ...line.querySelectorAll('.row-time, .row-title, .row-queue, .row-sentence, .row-total'),
        ]
          .filter(isShown)
          .map((element) => ({
            name: element.className,
            words: element.textContent.trim(),
            at: ink(element),
          }))
          .filter(({ words, at }) => words !== '' && at.width > 0);
        for (const [index, { name, words, at }] of texts.entries()) {
          const next = texts[index + 1];
          assert.isAtMost(
            at.right,
            (next?.at.left ?? box.right) + 0.5,
            `${name} “${words}”, then “${next?.words}”`,
          );
        }
      }
    });
  }

  test('twice the letters need twice the width for the same layout', async () => {
    const feed = await busyFeed('inline-size: 800px; --x8-font-size: 28px');
    assert.isFalse(isShown(inside(feed, '.row-caller')), 'at 800 px');
    feed.style.inlineSize = '1360px';
    assert.isTrue(isShown(inside(feed, '.row-caller')), 'at 1360 px');
  });
});

suite('the breaks of a tile', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  test('a tile of 240 × 150 px shows the trend, one of a pixel less in either direction does not', async () => {
    const tile = await busyTile('inline-size: 240px; block-size: 150px');
    assert.isTrue(isShown(inside(tile, '.trend')), 'at 240 × 150');
    tile.style.inlineSize = '239px';
    assert.isFalse(isShown(inside(tile, '.trend')), 'at 239 × 150');
    tile.style.inlineSize = '240px';
    tile.style.blockSize = '149px';
    assert.isFalse(isShown(inside(tile, '.trend')), 'at 240 × 149');
  });

  test('a tile of 420 × 240 px has three large numbers, one of a pixel less in either direction does not', async () => {
    const tile = await busyTile('inline-size: 420px; block-size: 240px');
    assert.isTrue(isShown(inside(tile, '.metric.service-level')), 'at 420 × 240');
    tile.style.inlineSize = '419px';
    assert.isFalse(isShown(inside(tile, '.metric.service-level')), 'at 419 × 240');
    tile.style.inlineSize = '420px';
    tile.style.blockSize = '239px';
    assert.isFalse(isShown(inside(tile, '.metric.service-level')), 'at 420 × 239');
  });
});

suite('the width of a widget', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  /** How wide a widget is in a container that is. */
  async function widthIn(
    make: (style: string) => Promise<Element>,
    container: string,
    own: string,
    width: number,
  ) {
    const widget = await make(own);
    const around = widget.parentElement;
    if (around === null) throw new Error('the fixture has no parent');
    around.style.cssText = `${container}; inline-size: ${width}px; position: relative`;
    return widget.getBoundingClientRect().width;
  }

  const WIDGETS = [
    { what: 'a feed', make: busyFeed, natural: 320 },
    { what: 'a tile', make: busyTile, natural: 280 },
  ] as const;
  const SHRINKING = [
    { where: 'a flex row', container: 'display: flex', own: '' },
    {
      where: 'a flex column that centres',
      container: 'display: flex; flex-direction: column; align-items: center',
      own: '',
    },
    { where: 'a grid that centres', container: 'display: grid; justify-items: center', own: '' },
    {
      where: 'a grid column of its own width',
      container: 'display: grid; grid-template-columns: auto 1fr',
      own: '',
    },
    { where: 'a block, floating,', container: '', own: 'float: left' },
    { where: 'a block, as an inline block,', container: '', own: 'display: inline-block' },
    { where: 'a block, positioned,', container: '', own: 'position: absolute' },
  ];
  const FILLED = [
    { where: 'a block', container: '', own: '' },
    { where: 'a grid', container: 'display: grid', own: '' },
    { where: 'a flex column', container: 'display: flex; flex-direction: column', own: '' },
    { where: 'a flex row with room to grow', container: 'display: flex', own: 'flex: 1' },
  ];

  for (const { what, make, natural } of WIDGETS) {
    for (const { where, container, own } of SHRINKING) {
      test(`${what} in ${where} has its natural width, and a narrower container's where that is less`, async () => {
        assert.approximately(await widthIn(make, container, own, 900), natural, 0.5, 'in 900 px');
        assert.isAtMost(await widthIn(make, container, own, 200), 200.5, 'in 200 px');
        assert.isAbove(await widthIn(make, container, own, 200), 150, 'in 200 px');
        assert.approximately(
          await widthIn(make, container, `${own}; inline-size: 500px`, 900),
          500,
          0.5,
          'by a rule',
        );
      });
    }

    for (const { where, container, own } of FILLED) {
      test(`${what} in ${where} fills its container, be it wide or narrow`, async () => {
        assert.approximately(await widthIn(make, container, own, 900), 900, 0.5);
        assert.approximately(await widthIn(make, container, own, 120), 120, 0.5);
      });
    }
  }

  test('twice the letters make a widget twice as wide, and a tile twice as high', async () => {
    const letters = '--x8-font-size: 28px';
    assert.approximately(await widthIn(busyFeed, 'display: flex', letters, 900), 640, 0.5);
    assert.approximately(await widthIn(busyTile, 'display: flex', letters, 900), 560, 0.5);
    const tile = await busyTile(letters);
    assert.approximately(tile.getBoundingClientRect().height, 352, 0.5);
  });
});
