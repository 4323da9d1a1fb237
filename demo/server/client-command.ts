/**
 * Owns the commands that readers and consumers send: Pulsar's `ConsumerCommand`, with the failures a broker's Java makes
 * of a bad one. They end the session in two ways: what cannot be read at all drops the connection (1006), what fails
 * only afterwards is a server error (1011) with the words of the exception.
 */

import { Base64Error } from './base64.js';
import { readJsonFrame, textField } from './json-frame.js';
import { decodeMessageId, type MessageId } from './message-id.js';

export interface ClientCommand {
  readonly type: string | undefined;
  readonly messageId: string | undefined;
  readonly permitMessages: number | undefined;
}

/** How a bad frame ends the session. */
export type CommandFailure =
  { readonly kind: 'dropped' } | { readonly kind: 'server-error'; readonly reason: string };

export type CommandResult<T> = { readonly kind: 'ok'; readonly value: T } | CommandFailure;

export const DROPPED: CommandFailure = { kind: 'dropped' };
const NULL_COMMAND = 'Cannot read field "type" because "command" is null';
const NULL_ID = 'Cannot invoke "String.getBytes(java.nio.charset.Charset)" because "src" is null';
const MAX_INT = 2_147_483_647;

export function readCommand(text: string): CommandResult<ClientCommand> {
  const frame = readJsonFrame(text);
  switch (frame.kind) {
    case 'unreadable':
      return DROPPED;
    case 'null':
      return { kind: 'server-error', reason: NULL_COMMAND };
    case 'object': {
      const type = textField(frame.object, 'type');
      const messageId = textField(frame.object, 'messageId');
      const permitMessages = readPermit(frame.object['permitMessages']);
      if (type.kind === 'unreadable' || messageId.kind === 'unreadable' || permitMessages === 'unreadable') {
        return DROPPED;
      }
      return {
        kind: 'ok',
        value: {
          type: type.kind === 'text' ? type.value : undefined,
          messageId: messageId.kind === 'text' ? messageId.value : undefined,
          permitMessages,
        },
      };
    }
    default:
      return frame satisfies never;
  }
}

/** The message id that an acknowledgement names. */
export function readCommandId(command: ClientCommand): CommandResult<MessageId> {
  if (command.messageId === undefined) {
    return { kind: 'server-error', reason: NULL_ID };
  }
  try {
    return { kind: 'ok', value: decodeMessageId(command.messageId) };
  } catch (error) {
    return error instanceof Base64Error ? { kind: 'server-error', reason: error.message } : DROPPED;
  }
}

/** Pulsar declares an `Integer`: fractions are cut off, digits in quotes are taken. */
function readPermit(value: unknown): number | undefined | 'unreadable' {
  if (value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value === 'string') {
    return /^\s*[+-]?\d{1,10}\s*$/.test(value) ? Number(value) : 'unreadable';
  }
  return typeof value === 'number' && Math.abs(value) <= MAX_INT ? Math.trunc(value) : 'unreadable';
}
