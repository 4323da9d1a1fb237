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
