/** Every state of both elements side by side, in the size and scheme of the address: `?width=320&scheme=dark`. */
import { AgentFeedElement } from '../src/elements/agent-feed-element.js';
import { QueueTileElement } from '../src/elements/queue-tile-element.js';
import type { StreamControllerOptions } from '../src/controllers/stream-controller.js';
import type { FeedView, TileView } from '../src/protocol/views.js';
import { FEED_EXAMPLES, GALLERY_START, TILE_EXAMPLES } from './gallery-states.js';
import { StillSource } from './still-source.js';

const now = (): number => GALLERY_START + performance.now();

class StillFeed extends AgentFeedElement {
  still!: StillSource<FeedView>;
  protected override createController(options: StreamControllerOptions<FeedView>): StillSource<FeedView> {
    this.still = new StillSource(this, options, now);
    return this.still;
  }
}
customElements.define('still-feed', StillFeed);

class StillTile extends QueueTileElement {
  still!: StillSource<TileView>;
  protected override createController(options: StreamControllerOptions<TileView>): StillSource<TileView> {
    this.still = new StillSource(this, options, now);
    return this.still;
  }
}
customElements.define('still-tile', StillTile);

const FEED_ATTRIBUTES = {
  locale: 'en-GB',
  timezone: 'Europe/London',
  'agent-id': 'agAglVJkg0TU28dok9y9UQKg',
};
const TILE_ATTRIBUTES = {
  locale: 'en-GB',
  timezone: 'Europe/London',
  'queue-id': '592',
  'sla-target': '80',
  'sla-threshold': '120',
};
const TILE_SIZES = ['s', 'm', 'l', 'xs'];

const wanted = new URLSearchParams(location.search);
const page = document.documentElement;
page.dataset['scheme'] = wanted.get('scheme') ?? 'auto';
page.dataset['width'] = wanted.get('width') ?? '320';
page.dataset['only'] = wanted.get('only') ?? 'all';
page.dir = wanted.get('dir') ?? 'ltr';

for (const example of FEED_EXAMPLES) {
  const feed = new StillFeed();
  setAttributes(feed, { ...FEED_ATTRIBUTES, ...example.attributes });
  feed.reasonCodes = { '801=1722': 'Lunch' };
  feed.agentNames = { agAglVJkg0TU28dok9y9UQKg: 'Maya Okafor' };
  place('feeds', example.name, feed);
  feed.still.show(example.state, example.news);
  void feed.updateComplete.then(() => example.prepare?.(feed));
}

for (const size of TILE_SIZES) {
  for (const example of TILE_EXAMPLES) {
    const tile = new StillTile();
    setAttributes(tile, { ...TILE_ATTRIBUTES, ...example.attributes });
    place(`tiles-${size}`, example.name, tile);
    tile.still.show(example.state);
  }
}

function setAttributes(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

function place(section: string, name: string, element: Element): void {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  caption.textContent = name;
  figure.append(element, caption);
  document.getElementById(section)?.append(figure);
}
