/**
 * What opens the door of the service. It travels from the host page to the worker and from there into the WebSocket
 * URL, and nowhere else: no log, error, event, view, record or diagnostic may carry it.
 */
export interface Credential {
  /** Query parameter `x-api-key` (lower case only, from 8x8's authentication guide). */
  readonly apiKey?: string | undefined;
  /** Query parameter `token` of a stock Apache Pulsar. */
  readonly token?: string | undefined;
}
