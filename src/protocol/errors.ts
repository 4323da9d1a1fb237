/**
 * Failures as values: they cross the worker's border and reach the widget's box, `x8-error` and diagnostics.
 * Messages are sentences for a person, bounded, and carry neither keys nor caller data.
 */

export type ErrorCode =
  /** The caller's mistakes, said at once. */
  | 'unknown-region'
  | 'region-and-endpoint'
  | 'invalid-endpoint'
  | 'invalid-tenant'
  | 'invalid-topic'
  | 'invalid-agent-id'
  | 'agent-id-and-topic'
  | 'invalid-start'
  | 'invalid-subscription'
  | 'invalid-attribute'
  /** The peer's mistakes: the message is counted, answered and skipped. */
  | 'frame-not-json'
  | 'frame-not-a-message'
  | 'frame-not-text'
  | 'payload-not-base64'
  | 'payload-not-utf8'
  | 'payload-not-json'
  | 'payload-not-an-object'
  | 'payload-oversize'
  /**
   * More than a page is told one by one: `x8-interaction-start` and the like were not fired. On a subscription also what others
   * on the page were given while an element was away.
   */
  | 'events-omitted'
  /** The environment: a state that the widget shows. */
  | 'storage-unavailable'
  | 'worker-unavailable'
  | 'socket-blocked'
  | 'credentials-failed'
  | 'invalid-credential'
  | 'internal';

export interface WidgetError {
  readonly code: ErrorCode;
  /** One sentence, at most {@link MAX_ERROR_LENGTH} characters. */
  readonly message: string;
  /** The message that it is about, where there is one. */
  readonly messageId: string | undefined;
}

/** Long enough for a sentence and a quoted value, short enough for the widget's box at 320 px. */
export const MAX_ERROR_LENGTH = 240;

/** Longest piece of foreign text that an error quotes. */
const MAX_QUOTE_LENGTH = 60;

export function widgetError(code: ErrorCode, message: string, messageId?: string): WidgetError {
  const bounded = message.length > MAX_ERROR_LENGTH ? `${message.slice(0, MAX_ERROR_LENGTH - 1)}…` : message;
  return { code, message: bounded, messageId };
}

/** Foreign text inside an error: one line, bounded, in quotation marks. */
export function quoted(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  return `“${line.length > MAX_QUOTE_LENGTH ? `${line.slice(0, MAX_QUOTE_LENGTH - 1)}…` : line}”`;
}
