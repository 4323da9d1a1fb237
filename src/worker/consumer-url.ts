/** The address of a Pulsar consumer: its parameters go out as the configuration has them. */
import type { Credential } from '../protocol/credential.js';
import type { StreamConfig, SubscriptionConfig } from '../protocol/stream-config.js';
import { endpointUrl } from './reader-url.js';

export function consumerUrl(
  config: StreamConfig,
  { name, parameters }: SubscriptionConfig,
  credential: Credential,
): string {
  return endpointUrl(config, 'consumer', [name], parameters, credential);
}
