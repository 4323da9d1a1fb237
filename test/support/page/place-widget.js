// Places the widgets that the query asks for: `script` is the address of the script tag, `widgets` a JSON list of
// `{ tag, attributes }`.
const query = new URLSearchParams(location.search);
const names = [
  'x8-connection-change',
  'x8-agent-status',
  'x8-interaction-start',
  'x8-interaction-change',
  'x8-interaction-end',
  'x8-screen-pop',
  'x8-unread-change',
  'x8-metrics',
  'x8-gap',
  'x8-error',
];
document.addEventListener('x8-events', (event) => window.record.events.push(...event.entries));
for (const name of names) {
  document.addEventListener(name, (event) =>
    window.record.widgetEvents.push({ name, detail: plain(event), at: Date.now() }),
  );
}
for (const { tag, attributes } of JSON.parse(query.get('widgets') ?? '[]')) {
  const widget = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  document.body.append(widget);
}
await import(query.get('script') ?? '/src/define.ts');

function plain(event) {
  const own = {};
  for (const key of Object.keys(event)) {
    if (key !== 'isTrusted') own[key] = structuredClone(event[key]);
  }
  return own;
}
