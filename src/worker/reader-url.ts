/**
 * The address of a Pulsar reader, and what it shares with a consumer's (Pulsar's WebSocket API page; 8x8's connection
 * guide). The only place where the key is written down.
 */
import type { Credential } from '../protocol/credential.js';
import type { StreamConfig } from '../protocol/stream-config.js';

/** Pulsar's default and maximum: how many unanswered messages the proxy sends before it waits. */
export const RECEIVER_QUEUE_SIZE = 1000;

export function readerUrl(config: StreamConfig, messageId: string, credential: Credential): string {
  return endpointUrl(config, 'reader', [], { messageId }, credential);
}

/** @param within what follows the topic in the path */
export function endpointUrl(
  config: StreamConfig,
  endpoint: 'reader' | 'consumer',
  within: readonly string[],
  own: object,
  credential: Credential,
): string {
  const path = [endpoint, 'persistent', config.tenant, config.namespace, config.topic, ...within]
    .map(encodeURIComponent)
    .join('/');
  const parameters: readonly (readonly [string, string | number | undefined])[] = [
    ...Object.entries(own),
    ['receiverQueueSize', RECEIVER_QUEUE_SIZE],
    ['x-api-key', credential.apiKey],
    ['token', credential.token],
  ];
  const query = parameters
    // Ids contain `+`, `/` and `=`, and a bare `+` arrives as a space.
    .map(([name, value]) => (value === undefined ? undefined : `${name}=${encodeURIComponent(value)}`))
    .filter((part) => part !== undefined)
    .join('&');
  return `${config.endpoint}/${path}?${query}`;
}

/** A service may say the request back: no text of its may carry the key of this URL. */
export function quotesCredential(text: string, url: string): boolean {
  const parameters = new URL(url).searchParams;
  return ['x-api-key', 'token'].some((name) => {
    const secret = parameters.get(name);
    return secret !== null && (text.includes(secret) || text.includes(encodeURIComponent(secret)));
  });
}
