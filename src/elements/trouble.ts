/**
 * What is the matter with the connection, symptom by symptom of 8x8's troubleshooting page: which face says it, and the
 * facts below it. Pure; the words are the catalogue's.
 */
import type { Face, TroubleKey } from '../i18n/messages.js';
import { toldText } from '../i18n/told.js';
import type { Wording } from '../i18n/wording.js';
import type { ConnectionStatus, DropCause, Trying } from '../protocol/connection-status.js';

/** Connected and silent from the start for so long: probably another region's service, or another topic. */
export const QUIET_HINT_MS = 300_000;

export interface Trouble {
  readonly face: Face;
  /** Of no language: what to write into the policy, the service's close code. */
  readonly fact: string | undefined;
}

/** `undefined` only while the connection is open and all is well with it. `now` is the browser's. */
export function troubleOf(
  connection: ConnectionStatus,
  isQuietLong: boolean,
  wording: Wording,
  hasSubscription = false,
  now = connection.since,
): Trouble | undefined {
  const key = keyOf(connection, isQuietLong, hasSubscription);
  if (key === undefined) return undefined;
  const { messages } = wording;
  const { troubles, closeCodes, heldBack } = messages;
  let fact: string | undefined;
  if ('cause' in connection) {
    const { cause } = connection;
    if (cause.kind === 'blocked' && cause.by === 'policy') fact = `connect-src ${cause.source}`;
    if (cause.kind === 'closed') fact = [cause.code, closeCodes[cause.code] ?? cause.reason].join(' ').trim();
  }
  const { title, ...told } = troubles[key];
  const heading =
    key === 'connecting' ? messages.connectingFor(wording.roughly(now - connection.since)) : title;
  const { heldUntil }: Partial<Trying> = connection;
  const text = heldUntil ? `${toldText(told)} ${heldBack}` : toldText(told);
  return { face: { title: heading, text }, fact };
}

function keyOf(
  connection: ConnectionStatus,
  isQuietLong: boolean,
  hasSubscription: boolean,
): TroubleKey | undefined {
  switch (connection.kind) {
    case 'live':
      if (!isQuietLong) return undefined;
      return hasSubscription ? 'subscription-quiet' : 'quiet';
    case 'reconnecting': {
      const key = keyOfCause(connection.cause, hasSubscription);
      // It worked a moment ago: the key and the tenant are not to blame.
      if (key === 'subscription-held') return 'subscription-lost';
      return key === 'cannot-connect' ? 'closed' : key;
    }
    case 'cannot-connect':
      return keyOfCause(connection.cause, hasSubscription);
    case 'auth-suspected':
      return hasSubscription ? 'subscription-refused' : connection.kind;
    case 'unstable':
    case 'failed':
    case 'offline':
    case 'ended':
    case 'connecting':
      return connection.kind;
    case 'idle':
      return connection.reason ?? 'idle';
    case 'catching-up':
      return undefined;
    default: {
      const unheardOf: never = connection;
      return unheardOf;
    }
  }
}

function keyOfCause(cause: DropCause, hasSubscription: boolean): TroubleKey {
  if (cause.kind === 'blocked') return cause.by;
  if (cause.kind !== 'never-opened') return cause.kind;
  if (cause.host === 'unreachable') return 'unreachable';
  return hasSubscription ? 'subscription-held' : 'cannot-connect';
}
