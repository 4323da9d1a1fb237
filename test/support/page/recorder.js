// A host page's record of what widgets do to it, from before their script is loaded: exceptions, console, events,
// policy violations. A classic script, so that it runs first.
{
  const record = {
    events: [],
    widgetEvents: [],
    exceptions: [],
    console: [],
    violations: [],
    fromWorker: [],
  };
  window.record = record;
  window.addEventListener('error', (event) => record.exceptions.push(String(event.message)));
  window.addEventListener('unhandledrejection', (event) => record.exceptions.push(String(event.reason)));
  document.addEventListener('securitypolicyviolation', (event) =>
    // Without the query: in their own reports browsers quote the whole address.
    record.violations.push(
      `${event.effectiveDirective} ${event.blockedURI.replace(/\?.*/, '')} ${event.sample}`,
    ),
  );
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    const original = console[level].bind(console);
    console[level] = (...values) => {
      record.console.push(`${level} ${values.map(String).join(' ')}`);
      original(...values);
    };
  }
  const query = new URLSearchParams(location.search);
  if (query.has('record-worker')) {
    window.Worker = class extends Worker {
      constructor(...options) {
        super(...options);
        this.addEventListener('message', (event) => record.fromWorker.push(JSON.stringify(event.data)));
      }
    };
  }
  if (query.has('deny-storage')) {
    // As a browser that blocks storage: mere access throws, on the page and in the workers that it makes.
    const deny = () =>
      Object.defineProperty(self, 'indexedDB', {
        get() {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    deny();
    const RealBlob = Blob;
    window.Blob = function Blob(parts, options) {
      return new RealBlob(
        options?.type === 'text/javascript' ? [`(${String(deny)})();`, ...parts] : parts,
        options,
      );
    };
  }
}
