/**
 * A task as soon as possible, after all microtasks. Not `setTimeout`: hidden pages have one a second at most, and
 * nested ones wait 4 ms. Not `scheduler.postTask`: WebKit has none.
 */
export function macrotask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    // The listener is what keeps the sender: Chromium 156 drops a message on its way to a page that is put away for Back
    // when the port that sent it is collected meanwhile, about once in ten times.
    port2.close();
    callback();
  };
  port2.postMessage(undefined);
}
