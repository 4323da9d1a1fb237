/** The window that shows a document: `undefined` where none ever did, or where its frame or pop-up is gone or went on. */
export function windowOf(document: Document): Window | undefined {
  try {
    const view = document.defaultView;
    // Firefox still names the window of a frame that shows another page by now.
    return view?.document === document ? view : undefined;
  } catch {
    // SecurityError: that page is a stranger's.
    return undefined;
  }
}
