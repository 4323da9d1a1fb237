// Two workers read the same topic from its beginning and answer every message. Each call settles with how many had been
// answered when: `[ms since the dial, messages]`, asked at the same pace of both, up to the last message.

const POLL_MS = 100;

/** @param ask asks the worker; @param told calls back with its answer */
function watch(count, ask, told) {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const samples = [];
    const timer = setInterval(() => ask(), POLL_MS);
    told((answered) => {
      samples.push([performance.now() - startedAt, answered]);
      if (answered < count) return;
      clearInterval(timer);
      resolve(samples);
    });
  });
}

window.noopIntake = async (service, count) => {
  const worker = new Worker('./noop-worker.js');
  await new Promise((resolve) => (worker.onmessage = resolve));
  const url = `${service.endpoint}/reader/persistent/${service.tenant}/${service.namespace}/${service.topic}`;
  worker.postMessage(`${url}?messageId=earliest`);
  const samples = await watch(
    count,
    () => worker.postMessage('count'),
    (tell) => (worker.onmessage = ({ data }) => tell(data)),
  );
  worker.terminate();
  return samples;
};

// The product's worker with a feed and a tile on the stream, and a page that consumes each update at the next frame.
window.productIntake = async (service, count) => {
  const worker = new Worker('/dist/x8-worker.js');
  const post = (message) => worker.postMessage({ stream: 1, ...message });
  await new Promise((resolve) => (worker.onmessage = resolve));
  post({ kind: 'open', config: { ...service, start: { kind: 'earliest' } }, credential: {} });
  post({ kind: 'watch', view: 1, request: feedRequest });
  post({ kind: 'watch', view: 2, request: tileRequest });
  let counts;
  const samples = await watch(
    count,
    () => post({ kind: 'diagnose', request: 1 }),
    (tell) => {
      worker.onmessage = ({ data }) => {
        if (data.kind === 'update') requestAnimationFrame(() => post({ kind: 'consumed', costMs: 4 }));
        if (data.kind !== 'diagnostics') return;
        ({ counts } = data.diagnostics);
        tell(counts.acknowledged);
      };
    },
  );
  worker.terminate();
  return { samples, counts };
};

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
