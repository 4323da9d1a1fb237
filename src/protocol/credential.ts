/**
 * What opens the door of the service. It travels from the host page to the worker and from there into the WebSocket
 * URL, and nowhere else: no log, error, event, view, record or diagnostic may carry it.
 */
export interface Credential {
  /** Query parameter `x-api-key` (lower case only, from 8x8's authentication guide). */
  readonly apiKey?: string | undefined;
  /** Query parameter `token` of a stock Apache Pulsar. */
  readonly token?: string | undefined;
  /** The page gives it on demand (`credentials()`): the worker asks before each dial. */
  readonly isAsked?: true | undefined;
}

export function isSameCredential(one: Credential, other: Credential): boolean {
  return one.apiKey === other.apiKey && one.token === other.token && one.isAsked === other.isAsked;
}

/** Pulsar's proxy takes 8 KiB for a whole request; keys have some 40 characters, tokens some hundred. */
const MAX_SECRET_LENGTH = 4096;

// eslint-disable-next-line no-control-regex -- a line break inside a key is a mistake in the page
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * What the host page gave, checked at the door: texts without control characters, and spaces around them left out.
 * `undefined` where it is anything else.
 */
export function parseCredential(given: unknown): Credential | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { apiKey, token }: Readonly<Record<string, unknown>> = { ...given };
  return isSecret(apiKey) && isSecret(token)
    ? { apiKey: apiKey?.trim() || undefined, token: token?.trim() || undefined }
    : undefined;
}

function isSecret(value: unknown): value is string | undefined {
  if (value === undefined) return true;
  return typeof value === 'string' && value.length <= MAX_SECRET_LENGTH && !CONTROL.test(value.trim());
}
