/**
 * What an element says in the console when its `log` attribute asks for it: states and reasons, never a key, never what
 * an event carries. Owns the levels and the words, which are for the page's author and of no language.
 */
import type { ConnectionStatus, DropCause } from '../protocol/connection-status.js';

/** Each says what those before it say. */
export const LOG_LEVELS = ['off', 'error', 'warn', 'info'] as const;

export interface Logging {
  readonly localName: string;
  readonly log: string | null;
}

export function log(host: Logging, level: 'error' | 'warn' | 'info', text: string): void {
  const chosen = LOG_LEVELS.findIndex((one) => one === host.log);
  // oxlint-disable-next-line no-console -- asked for by the page
  if (chosen >= LOG_LEVELS.indexOf(level)) console[level](`[x8] <${host.localName}> ${text}`);
}

export function logConnection(host: Logging, connection: ConnectionStatus): void {
  const { kind } = connection;
  const isBad = kind === 'cannot-connect' || kind === 'auth-suspected' || kind === 'failed';
  const isPassing = kind === 'unstable' || kind === 'offline';
  const attempt = 'attempt' in connection ? `, try ${connection.attempt}` : '';
  const cause = 'cause' in connection ? `, ${inWords(connection.cause)}` : '';
  log(host, isBad ? 'error' : isPassing ? 'warn' : 'info', kind + attempt + cause);
}

function inWords(cause: DropCause): string {
  switch (cause.kind) {
    case 'closed':
      return `closed with ${cause.code} ${cause.reason}`.trim();
    case 'never-opened':
      return `never opened, host ${cause.host ?? 'unknown'}`;
    case 'blocked':
      return cause.by === 'policy'
        ? `blocked: connect-src does not name ${cause.source}`
        : `blocked: an https page needs wss: instead of ${cause.source}`;
    default:
      return cause.kind;
  }
}
