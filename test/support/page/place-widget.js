// Places the widgets that the query asks for (`widgets`: a JSON list of `{ tag, attributes }`), then loads the script tag's
// file as it is built: what a stranger's page runs.
const query = new URLSearchParams(location.search);
const names = [
  'x8-connection-change',
  'x8-auth-required',
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
const { record } = window;
document.addEventListener('x8-events', ({ entries }) => {
  record.events.push(...entries);
  record.heard.push({ kind: 'events', entries: entries.map(({ messageId, phase }) => [messageId, phase]) });
});
document.addEventListener('x8-gap', ({ gap }) =>
  record.heard.push({ kind: 'gap', gap: structuredClone(gap) }),
);
document.addEventListener('x8-error', ({ error }) =>
  record.heard.push({ kind: 'error', error: structuredClone(error) }),
);
for (const name of names) {
  document.addEventListener(name, (event) =>
    record.widgetEvents.push({ name, detail: plain(event), at: Date.now() }),
  );
}
for (const { tag, attributes } of JSON.parse(query.get('widgets') ?? '[]')) {
  const widget = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  document.body.append(widget);
}
// In a variable, so that the development server does not look for it among the sources.
const script = query.get('script') ?? '/__built/x8-widgets.js';
await import(/* @vite-ignore */ script);

function plain(event) {
  const own = {};
  for (const key of Object.keys(event)) {
    if (key !== 'isTrusted') own[key] = structuredClone(event[key]);
  }
  return own;
}
