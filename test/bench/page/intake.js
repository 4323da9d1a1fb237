// Two workers read the same topic from its beginning and answer every message; each call settles with the ms that it
// took from the dial to the last message.

const POLL_MS = 100;

window.noopIntake = (service, count) =>
  new Promise((resolve) => {
    const worker = new Worker('./noop-worker.js');
    const startedAt = performance.now();
    worker.onmessage = () => {
      resolve(performance.now() - startedAt);
      worker.terminate();
    };
    const url = `${service.endpoint}/reader/persistent/${service.tenant}/${service.namespace}/${service.topic}`;
    worker.postMessage({ url: `${url}?messageId=earliest`, count });
  });

// The product's worker with a feed and a tile on the stream, and a page that consumes each update at the next frame.
window.productIntake = (service, count) =>
  new Promise((resolve) => {
    const worker = new Worker('/dist/x8-worker.js');
    let startedAt = 0;
    let timer;
    const post = (message) => worker.postMessage({ stream: 1, ...message });
    worker.onmessage = ({ data }) => {
      switch (data.kind) {
        case 'ready':
          startedAt = performance.now();
          post({ kind: 'open', config: { ...service, start: { kind: 'earliest' } }, credential: {} });
          post({ kind: 'watch', view: 1, request: feedRequest });
          post({ kind: 'watch', view: 2, request: tileRequest });
          timer = setInterval(() => post({ kind: 'diagnose', request: 1 }), POLL_MS);
          break;
        case 'update':
          requestAnimationFrame(() => post({ kind: 'consumed', costMs: 4 }));
          break;
        case 'diagnostics':
          if (data.diagnostics.counts.acknowledged < count) break;
          clearInterval(timer);
          resolve({ ms: performance.now() - startedAt, counts: data.diagnostics.counts });
          worker.terminate();
          break;
      }
    };
  });

const feedRequest = {
  kind: 'feed',
  agentId: undefined,
  maxItems: 50,
  group: 'interaction',
  mask: 'all',
  hold: 'none',
  expanded: [],
  wantsEvents: false,
};
const tileRequest = {
  kind: 'tile',
  queueId: '591',
  windowMs: 1_800_000,
  slaThresholdMs: 30_000,
  shortAbandonMs: 5_000,
  mask: 'all',
  wantsEvents: false,
};
