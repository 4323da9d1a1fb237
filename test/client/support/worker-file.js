// A worker's file as a host page serves it for `worker-url`.
self.addEventListener('message', (event) => {
  self.postMessage({ kind: 'diagnostics', request: 1, diagnostics: { heard: event.data } });
});
self.postMessage({ kind: 'ready', version: 'test' });
