/** Both elements over a source that shows what it is told, with a clock that stands until a test moves it. */
import { fixture, html } from '@open-wc/testing';
import { GALLERY_START } from '../../../demo/gallery-states.js';
import { StillSource } from '../../../demo/still-source.js';
import type { StreamControllerOptions } from '../../../src/controllers/stream-controller.js';
import { AgentFeedElement } from '../../../src/elements/agent-feed-element.js';
import { QueueTileElement } from '../../../src/elements/queue-tile-element.js';
import type { FeedView, TileView } from '../../../src/protocol/views.js';

/** The service's time, ms; put back to its start by {@link resetClock}. */
export const clock = { now: GALLERY_START };

export function resetClock(): void {
  clock.now = GALLERY_START;
}

export class StillFeed extends AgentFeedElement {
  still!: StillSource<FeedView>;
  protected override createController(options: StreamControllerOptions<FeedView>): StillSource<FeedView> {
    this.still = new StillSource(this, options, () => clock.now);
    return this.still;
  }
}
customElements.define('still-feed', StillFeed);

export class StillTile extends QueueTileElement {
  still!: StillSource<TileView>;
  protected override createController(options: StreamControllerOptions<TileView>): StillSource<TileView> {
    this.still = new StillSource(this, options, () => clock.now);
    return this.still;
  }
}
customElements.define('still-tile', StillTile);

export async function feedFixture(attributes: Readonly<Record<string, string>> = {}): Promise<StillFeed> {
  const feed = await fixture<StillFeed>(
    html`<still-feed locale="en-GB" timezone="Europe/London"></still-feed>`,
  );
  return dressed(feed, attributes);
}

export async function tileFixture(attributes: Readonly<Record<string, string>> = {}): Promise<StillTile> {
  const tile = await fixture<StillTile>(
    html`<still-tile locale="en-GB" timezone="Europe/London" queue-id="592"></still-tile>`,
  );
  return dressed(tile, attributes);
}

async function dressed<E extends StillFeed | StillTile>(
  element: E,
  attributes: Readonly<Record<string, string>>,
): Promise<E> {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  await element.updateComplete;
  return element;
}

/** The words inside, as they are read: one space between words. */
export function wordsIn(element: Element, selector = '.frame'): string {
  const found = element.shadowRoot?.querySelector(selector);
  return (found?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

export function inside<E extends Element = HTMLElement>(element: Element, selector: string): E {
  const found = element.shadowRoot?.querySelector<E>(selector);
  if (!found) throw new Error(`nothing inside matches ${selector}`);
  return found;
}

export function allInside(element: Element, selector: string): readonly HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** Events of a type that reach the document, as a host page would hear them. */
export function heard<K extends keyof HTMLElementEventMap>(
  target: Element,
  type: K,
): HTMLElementEventMap[K][] {
  const events: HTMLElementEventMap[K][] = [];
  target.parentElement?.addEventListener(type, (event) => events.push(event as HTMLElementEventMap[K]));
  return events;
}
