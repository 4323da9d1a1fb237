/** The demo's page: the widgets as a host would place them, with the switches that a host would not have. */
import '../src/define.js';
import type { AgentFeedElement } from '../src/index.js';
import type { DemoService } from './demo-service.js';

const WIDGET_EVENTS = [
  'x8-connection-change',
  'x8-agent-status',
  'x8-interaction-start',
  'x8-interaction-change',
  'x8-interaction-end',
  'x8-screen-pop',
  'x8-unread-change',
  'x8-gap',
  'x8-error',
] as const;
const EVENTS_SHOWN = 50;
const DIAGNOSTICS_EVERY_MS = 1000;

const response = await fetch('/service.json');
const service = (await response.json()) as DemoService;

const form = element('controls', HTMLFormElement);
const agentSelect = form.elements.namedItem('agent') as HTMLSelectElement;
for (const { id, name } of service.agents) agentSelect.add(new Option(name, id));

element('service', HTMLElement).textContent =
  `${service.kind} at ${service.endpoint}, tenant ${service.tenant}`;
element('faults', HTMLElement).hidden = service.faultDoor === undefined;

showTiles();
showFeed();
form.addEventListener('change', showFeed);
form.addEventListener('click', onClick);
setInterval(() => void showDiagnostics(), DIAGNOSTICS_EVERY_MS);

function showTiles(): void {
  element('tiles', HTMLElement).replaceChildren(
    ...service.queues.map(({ id, name }) => {
      const tile = document.createElement('x8-queue-tile');
      setAttributes(tile, {
        endpoint: service.endpoint,
        tenant: service.tenant,
        topic: 'event-v1/all',
        start: '1h',
        'queue-id': id,
        label: name,
        'sla-target': '80',
      });
      return tile;
    }),
  );
}

function showFeed(): void {
  const choice = new FormData(form);
  const chosen = (name: string): string => {
    const value = choice.get(name);
    return typeof value === 'string' ? value : '';
  };
  const side = element('side', HTMLElement);
  side.dataset['width'] = chosen('width');
  document.documentElement.dataset['scheme'] = chosen('scheme');
  const attributes = {
    endpoint: service.endpoint,
    tenant: service.tenant,
    'agent-id': chosen('agent'),
    start: 'earliest',
    scheme: chosen('scheme'),
    mask: chosen('mask'),
    group: chosen('group'),
  };
  element('snippet', HTMLElement).textContent = snippet(attributes);
  for (const tile of document.querySelectorAll('x8-queue-tile'))
    tile.setAttribute('scheme', chosen('scheme'));
  const feed = side.querySelector('x8-agent-feed') ?? document.createElement('x8-agent-feed');
  setAttributes(feed, attributes);
  feed.reasonCodes = service.reasonCodes;
  feed.agentNames = Object.fromEntries(service.agents.map(({ id, name }) => [id, name]));
  feed.queueNames = Object.fromEntries(service.queues.map(({ id, name }) => [id, name]));
  if (feed.isConnected) return;
  for (const name of WIDGET_EVENTS) feed.addEventListener(name, logEvent);
  side.append(feed);
}

function snippet(attributes: Readonly<Record<string, string>>): string {
  const lines = Object.entries(attributes).map(([name, value]) => `  ${name}="${value}"`);
  return [
    '<script type="module" src="x8-widgets.js"></script>',
    '<x8-agent-feed',
    ...lines,
    '></x8-agent-feed>',
  ].join('\n');
}

function onClick(event: Event): void {
  if (!(event.target instanceof HTMLButtonElement)) return;
  const { fault, action } = event.target.dataset;
  if (action === 'reload') location.reload();
  if (fault !== undefined && service.faultDoor !== undefined) {
    void fetch(service.faultDoor, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: fault,
    });
  }
}

function logEvent(event: Event): void {
  const list = element('events', HTMLElement);
  const item = document.createElement('li');
  item.textContent = `${new Date().toLocaleTimeString()} ${event.type}`;
  list.prepend(item);
  while (list.children.length > EVENTS_SHOWN) list.lastElementChild?.remove();
}

async function showDiagnostics(): Promise<void> {
  const target = element('diagnostics', HTMLElement);
  const feed = document.querySelector<AgentFeedElement>('x8-agent-feed');
  if (feed === null || target.closest('details')?.open !== true) return;
  target.textContent = JSON.stringify(await feed.getDiagnostics(), null, 2);
}

function setAttributes(target: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}

function element<T extends HTMLElement>(id: string, type: abstract new (...args: never[]) => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no #${id}`);
  return found;
}
