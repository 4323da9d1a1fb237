// A feed and a tile as a host would place them, through the script tag's file.
import '/dist/x8-widgets.js';

const query = new URLSearchParams(location.search);
window.longestTaskMs = 0;
window.longTasks = 0;
window.taken = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    window.longTasks++;
    window.longestTaskMs = Math.max(window.longestTaskMs, duration);
  }
}).observe({ type: 'longtask', buffered: true });

const shared = {
  endpoint: query.get('endpoint'),
  tenant: query.get('tenant'),
  topic: query.get('topic'),
  start: query.get('start'),
};
const feed = place('x8-agent-feed', shared);
feed.style.cssText = 'display: block; inline-size: 480px; block-size: 640px';
if (query.has('emit-events')) {
  feed.setAttribute('emit-events', '');
  feed.addEventListener('x8-events', ({ entries }) => {
    window.taken += entries.length;
    window.kept = entries;
  });
}
place('x8-queue-tile', { ...shared, 'queue-id': '591' });

window.counts = async () => (await feed.getDiagnostics()).counts;
window.state = async () => (await feed.getDiagnostics()).state;

function place(tag, attributes) {
  const widget = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  document.body.append(widget);
  return widget;
}
