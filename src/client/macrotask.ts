/**
 * A task as soon as possible, after all microtasks. Not `setTimeout`: hidden pages have one a second at most, and
 * nested ones wait 4 ms. Not `scheduler.postTask`: WebKit has none.
 */
export function macrotask(callback: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}
