// A feed and a tile as a host would place them. Everything that they say is handed to the soak at once, through a
// binding that outlives the page: what a reload would take away has been told by then. A page that comes back from the
// cache says its latest again, by number.
const query = new URLSearchParams(location.search);
const visit = crypto.randomUUID();
const said = [];
let count = 0;
const say = (what) => {
  said.push(JSON.stringify({ visit, number: ++count, what }));
  if (said.length > 200) said.shift();
  window.soakReport(said.at(-1));
};
// The browser drops what a page says in the moment in which it is put away.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) for (const text of said) window.soakReport(text);
});

document.addEventListener('x8-events', ({ entries }) =>
  say({ kind: 'events', entries: entries.map(({ messageId, phase }) => [messageId, phase]) }),
);
document.addEventListener('x8-gap', ({ target, gap }) => {
  // Each widget tells its own; they read one stream.
  if (target.localName === 'x8-agent-feed') say({ kind: 'gap', gap });
});
document.addEventListener('x8-error', ({ target, error }) => {
  if (target.localName === 'x8-agent-feed')
    say({ kind: 'error', code: error.code, messageId: error.messageId });
});
window.addEventListener('error', ({ message }) => say({ kind: 'exception', message }));
window.addEventListener('unhandledrejection', ({ reason }) =>
  say({ kind: 'exception', message: String(reason) }),
);

const shared = {
  endpoint: query.get('endpoint'),
  tenant: query.get('tenant'),
  topic: query.get('topic'),
};
const feed = place('x8-agent-feed', { ...shared, 'emit-events': '' });
feed.style.cssText = 'display: block; inline-size: 480px; block-size: 640px';
place('x8-queue-tile', { ...shared, 'queue-id': '591' });
say({ kind: 'visit' });
await import('/x8-widgets.js');

window.diagnostics = () => feed.getDiagnostics();
window.moveFeed = () => document.body.append(feed);

function place(tag, attributes) {
  const widget = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  document.body.append(widget);
  return widget;
}
