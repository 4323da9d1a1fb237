/**
 * One dial, as the stream decides it: which address, from where, and what the service must then prove. Pure; the dialing
 * is `connection.ts`.
 */
import type { Credential } from '../protocol/credential.js';
import type { StreamConfig, SubscriptionConfig } from '../protocol/stream-config.js';
import { consumerUrl } from './consumer-url.js';
import { readerUrl } from './reader-url.js';
import type { Start } from './start-position.js';

export interface Dial {
  readonly url: string;
  /** Where reading starts: `latest`, `earliest` or a message id. */
  readonly after: string;
  /**
   * Whether another tab's connection may serve it: not when the dial is to show whether the service takes it, since a
   * leader's answer would prove nothing.
   */
  readonly mayFollow: boolean;
  /** The URL names a message id, which the service may refuse. */
  readonly hasPosition: boolean;
  readonly mustProve: boolean;
  /** How long the proof may take, where that is not as usual. */
  readonly proofMs?: number;
  readonly isAtLatest: boolean;
}

export function readerDial(
  config: StreamConfig,
  { messageId, proof }: Start,
  mayFollow: boolean,
  proofMs: number,
  credential: Credential,
): Dial {
  const isAtLatest = messageId === 'latest';
  return {
    after: messageId,
    mayFollow,
    url: readerUrl(config, messageId, credential),
    hasPosition: !isAtLatest && messageId !== 'earliest',
    mustProve: proof.kind === 'awaiting',
    proofMs,
    isAtLatest,
  };
}

/** Nobody here knows whether the subscription is new, and with it whether anything lies before now. */
export function consumerDial(
  config: StreamConfig,
  subscription: SubscriptionConfig,
  credential: Credential,
): Dial {
  const url = consumerUrl(config, subscription, credential);
  return { after: '', mayFollow: false, url, hasPosition: false, mustProve: false, isAtLatest: false };
}
