// A host page's record of what widgets do to it, from before their script is loaded: exceptions, console, events,
// policy violations. A classic script, so that it runs first.
{
  const record = {
    events: [],
    widgetEvents: [],
    heard: [],
    exceptions: [],
    console: [],
    violations: [],
    shows: [],
    fromWorker: [],
  };
  window.record = record;
  window.addEventListener('pageshow', ({ persisted }) => record.shows.push(persisted));
  window.addEventListener('error', (event) => record.exceptions.push(String(event.message)));
  window.addEventListener('unhandledrejection', (event) => record.exceptions.push(String(event.reason)));
  document.addEventListener('securitypolicyviolation', (event) =>
    record.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
  );
  for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
    const original = console[level].bind(console);
    console[level] = (...values) => {
      record.console.push(`${level} ${values.map(String).join(' ')}`);
      original(...values);
    };
  }
  const query = new URLSearchParams(location.search);
  // Runs `prelude` before the program of every worker that is made from a blob.
  const beforeWorkers = (prelude) => {
    const RealBlob = Blob;
    window.Blob = function Blob(parts, options) {
      return new RealBlob(
        options?.type === 'text/javascript' ? [`(${String(prelude)})();`, ...parts] : parts,
        options,
      );
    };
  };
  if (query.has('watch')) {
    // What a page or its workers still hold, and all that workers say.
    const timers = new Map();
    const listeners = new Set();
    const workers = new Set();
    // Where no worker can be had, these are the page's own.
    const sockets = new Set();
    const channels = new Set();
    const databases = new Set();
    const locks = new Set();
    record.held = () => ({
      timers: [...timers.values()],
      workers: workers.size,
      listeners: [...listeners].map((one) => one.split('#')[0]),
      sockets: [...sockets].filter(({ readyState }) => readyState < WebSocket.CLOSING).length,
      channels: channels.size,
      databases: databases.size,
      locks: locks.size,
    });
    record.terminateWorkers = () => workers.forEach((worker) => RealWorker.prototype.terminate.call(worker));
    for (const [set, clear, kind] of [
      ['setTimeout', 'clearTimeout', 'timer'],
      ['setInterval', 'clearInterval', 'timer'],
      ['requestAnimationFrame', 'cancelAnimationFrame', 'frame'],
    ]) {
      const [realSet, realClear] = [window[set].bind(window), window[clear].bind(window)];
      window[set] = (callback, delayMs, ...rest) => {
        const id = realSet(
          (...values) => {
            if (set !== 'setInterval') timers.delete(`${kind} ${id}`);
            callback(...values);
          },
          delayMs,
          ...rest,
        );
        timers.set(`${kind} ${id}`, `${set} ${delayMs ?? ''}`);
        return id;
      };
      window[clear] = (id) => {
        timers.delete(`${kind} ${id}`);
        realClear(id);
      };
    }
    const numbers = new WeakMap();
    let last = 0;
    const nameOf = (target, type, listener) => {
      if (!numbers.has(listener)) numbers.set(listener, ++last);
      const where = target === window ? 'window' : target === document ? 'document' : 'media';
      return `${where} ${type}#${numbers.get(listener)}`;
    };
    const isShared = (target) => target === window || target === document || target instanceof MediaQueryList;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const target = this ?? window;
      if (isShared(target) && listener !== null) {
        const name = nameOf(target, type, listener);
        listeners.add(name);
        options?.signal?.addEventListener('abort', () => listeners.delete(name));
      }
      return addEventListener.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      const target = this ?? window;
      if (isShared(target) && listener !== null) listeners.delete(nameOf(target, type, listener));
      return removeEventListener.call(target, type, listener, options);
    };
    // Counts what is made by `new` until a method of it ends it.
    const count = (name, made, end) => {
      window[name] = class extends window[name] {
        constructor(...values) {
          super(...values);
          made.add(this);
        }
        [end](...values) {
          made.delete(this);
          super[end](...values);
        }
      };
    };
    const RealWorker = Worker;
    count('Worker', workers, 'terminate');
    count('WebSocket', sockets, 'close');
    count('BroadcastChannel', channels, 'close');
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...values) {
      const request = open.apply(this, values);
      request.addEventListener('success', () => databases.add(request.result));
      return request;
    };
    const { close } = IDBDatabase.prototype;
    IDBDatabase.prototype.close = function () {
      databases.delete(this);
      close.call(this);
    };
    // Asked for, or had.
    const { request } = LockManager.prototype;
    LockManager.prototype.request = function (...values) {
      const lock = request.apply(this, values);
      locks.add(lock);
      const isOver = () => locks.delete(lock);
      lock.then(isOver, isOver);
      return lock;
    };
    beforeWorkers(() => {
      const channel = new BroadcastChannel('x8-watched-workers');
      const tell = (how, values) => channel.postMessage(`${how} ${JSON.stringify(values)}`);
      const post = self.postMessage.bind(self);
      self.postMessage = (message, ...rest) => {
        tell('posted', message);
        post(message, ...rest);
      };
      for (const level of ['debug', 'log', 'info', 'warn', 'error']) {
        console[level] = (...values) => tell('logged', values.map(String));
      }
      self.addEventListener('error', ({ message }) => tell('error', message));
      self.addEventListener('unhandledrejection', ({ reason }) => tell('rejection', String(reason)));
      channel.onmessage = ({ data }) => {
        if (data === 'close') self.close();
        if (data === 'hang') for (;;);
      };
    });
  }
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
    beforeWorkers(deny);
  }
}
