/**
 * Registers both elements: the only module with a side effect. Owns what happens when a page carries the script twice;
 * a tag can be registered once for a document, so the first copy serves both.
 */
import { VERSION } from './client/version.js';
import { AgentFeedElement } from './elements/agent-feed-element.js';
import { QueueTileElement } from './elements/queue-tile-element.js';

/** Tells copies of this script apart across bundles; `Symbol.for` is the one name that they all share. */
const VERSION_MARK = Symbol.for('x8-widgets.version');

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = {
  'x8-agent-feed': AgentFeedElement,
  'x8-queue-tile': QueueTileElement,
};

/** Where there is no DOM (server-side rendering) there is nothing to register. */
if (typeof customElements !== 'undefined') register(customElements);

function register(registry: CustomElementRegistry): void {
  const kept: string[] = [];
  for (const [tag, constructor] of Object.entries(ELEMENTS)) {
    const present = registry.get(tag);
    if (present === undefined) {
      Object.defineProperty(constructor, VERSION_MARK, { value: VERSION });
      registry.define(tag, constructor);
    } else {
      const version: unknown = Reflect.get(present, VERSION_MARK);
      if (version !== VERSION)
        kept.push(`<${tag}> ${typeof version === 'string' ? version : 'of unknown version'}`);
    }
  }
  if (kept.length === 0) return;
  // oxlint-disable-next-line no-console -- the page's author has to learn of it, and there is no element to say it in
  console.warn(
    `[x8] The page already has ${kept.join(' and ')}, kept in use instead of version ${VERSION} from this script`,
  );
}
