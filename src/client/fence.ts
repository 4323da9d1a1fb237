/**
 * The boundary to the host page: what fails inside becomes a value, never an exception in a stranger's console or in
 * a listener of theirs.
 */
import { widgetError, type WidgetError } from '../protocol/errors.js';

/**
 * An exception as a bounded error. Its own message is left out: it may quote what was being worked on, and an error
 * carries no caller data.
 */
export function internalError(where: string, error: unknown): WidgetError {
  const name = error instanceof Error ? error.name : typeof error;
  return widgetError('internal', `Something inside the widget failed (${name} in ${where}).`);
}

/** Runs `work`; an exception goes to `onError` as a value. */
export function fenced(where: string, work: () => void, onError: (error: WidgetError) => void): void {
  try {
    work();
  } catch (error) {
    onError(internalError(where, error));
  }
}
