/**
 * Owns the vocabulary of `POST /_faults`: reading a body into a command or into one plain sentence of refusal. What a
 * command does is the business of `fault-desk.ts`; the same vocabulary is written down in `docs/protocol.md`.
 */

import { CORRUPTIONS, type Corruption } from './corrupt-frame.js';
import { parseTopicPath, topicPath } from './topic-name.js';

export const SESSION_KINDS = ['reader', 'consumer', 'producer'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

const REFUSAL_STATUSES = [401, 403, 404, 409, 429, 500, 503, 504] as const;
export type RefusalStatus = (typeof REFUSAL_STATUSES)[number];

/** Which sessions a fault touches. */
export interface FaultScope {
  /** `tenant/namespace/topic`; undefined means every topic. */
  readonly topic: string | undefined;
  readonly kinds: readonly SessionKind[];
}

export type FaultCommand =
  | {
      readonly fault: 'refuse';
      readonly scope: FaultScope;
      readonly status: RefusalStatus;
      readonly count: number;
      readonly forMs: number | undefined;
    }
  | {
      readonly fault: 'hang';
      readonly scope: FaultScope;
      readonly count: number;
      readonly forMs: number | undefined;
    }
  | { readonly fault: 'refuse-connections'; readonly forMs: number }
  | {
      readonly fault: 'drop';
      readonly scope: FaultScope;
      readonly code: number | undefined;
      readonly reason: string;
      readonly afterMessages: number | undefined;
    }
  | { readonly fault: 'stall'; readonly scope: FaultScope; readonly forMs: number | undefined }
  | {
      readonly fault: 'delay';
      readonly scope: FaultScope;
      readonly ms: number;
      readonly forMs: number | undefined;
    }
  | {
      readonly fault: 'corrupt-next';
      readonly scope: FaultScope;
      readonly how: Corruption;
      readonly count: number;
    }
  | { readonly fault: 'restart' }
  | { readonly fault: 'clear'; readonly topic: string | undefined };

/** A body that is not a fault; the message says which field, what was expected and what came. */
export class FaultCommandError extends Error {}

const MAX_DURATION_MS = 600_000;
const MAX_COUNT = 1_000_000;
/** A close frame's reason has room for 123 bytes. */
const MAX_REASON_BYTES = 123;

type Fields = Readonly<Record<string, unknown>>;

/** @throws {FaultCommandError} when the body is not one of the faults. */
export function parseFaultCommand(body: string): FaultCommand {
  const fields = readObject(body);
  const fault = fields['fault'];
  switch (fault) {
    case 'refuse':
      allow(fields, ['status', 'count', 'forMs', 'topic', 'kind']);
      return {
        fault,
        scope: readScope(fields),
        status: readChoice(fields, 'status', REFUSAL_STATUSES),
        count: readInteger(fields, 'count', 1, MAX_COUNT) ?? Infinity,
        forMs: readInteger(fields, 'forMs', 1, MAX_DURATION_MS),
      };
    case 'hang':
      allow(fields, ['count', 'forMs', 'topic', 'kind']);
      return {
        fault,
        scope: readScope(fields),
        count: readInteger(fields, 'count', 1, MAX_COUNT) ?? Infinity,
        forMs: readInteger(fields, 'forMs', 1, MAX_DURATION_MS),
      };
    case 'refuse-connections':
      allow(fields, ['forMs']);
      return { fault, forMs: required(fields, 'forMs', readInteger(fields, 'forMs', 1, MAX_DURATION_MS)) };
    case 'drop':
      allow(fields, ['code', 'reason', 'afterMessages', 'topic', 'kind']);
      return {
        fault,
        scope: readScope(fields),
        code: readInteger(fields, 'code', 1, 4999),
        reason: readReason(fields),
        afterMessages: readInteger(fields, 'afterMessages', 1, MAX_COUNT),
      };
    case 'stall':
      allow(fields, ['forMs', 'topic', 'kind']);
      return {
        fault,
        scope: readScope(fields),
        forMs: readInteger(fields, 'forMs', 1, MAX_DURATION_MS),
      };
    case 'delay':
      allow(fields, ['ms', 'forMs', 'topic', 'kind']);
      return {
        fault,
        scope: readScope(fields),
        ms: required(fields, 'ms', readInteger(fields, 'ms', 0, MAX_DURATION_MS)),
        forMs: readInteger(fields, 'forMs', 1, MAX_DURATION_MS),
      };
    case 'corrupt-next':
      allow(fields, ['how', 'count', 'topic', 'kind']);
      return {
        fault,
        scope: readScope(fields),
        how: readChoice(fields, 'how', CORRUPTIONS),
        count: readInteger(fields, 'count', 1, MAX_COUNT) ?? 1,
      };
    case 'restart':
      allow(fields, []);
      return { fault };
    case 'clear':
      allow(fields, ['topic']);
      return { fault, topic: readTopic(fields) };
    default:
      throw new FaultCommandError(
        `"fault" must be one of refuse, hang, refuse-connections, drop, stall, delay, corrupt-next, restart, clear; ` +
          `got ${show(fault)}`,
      );
  }
}

function readObject(body: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new FaultCommandError('the body must be one JSON object; it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FaultCommandError(`the body must be one JSON object; got ${show(value)}`);
  }
  return value as Fields;
}

function allow(fields: Fields, names: readonly string[]): void {
  for (const name of Object.keys(fields)) {
    if (name !== 'fault' && !names.includes(name)) {
      throw new FaultCommandError(
        `"${String(fields['fault'])}" knows no field ${show(name)}; it takes ` +
          (names.length === 0 ? 'none' : names.join(', ')),
      );
    }
  }
}

function readScope(fields: Fields): FaultScope {
  const kind = fields['kind'];
  return {
    topic: readTopic(fields),
    kinds: kind === undefined ? ['reader', 'consumer'] : [readChoice(fields, 'kind', SESSION_KINDS)],
  };
}

function readTopic(fields: Fields): string | undefined {
  const topic = fields['topic'];
  if (topic === undefined) {
    return undefined;
  }
  const name = typeof topic === 'string' ? parseTopicPath(topic) : undefined;
  if (name === undefined) {
    throw new FaultCommandError(`"topic" must be tenant/namespace/topic; got ${show(topic)}`);
  }
  return topicPath(name);
}

function readReason(fields: Fields): string {
  const reason = fields['reason'] ?? '';
  if (typeof reason !== 'string' || Buffer.byteLength(reason) > MAX_REASON_BYTES) {
    throw new FaultCommandError(`"reason" must be a text of at most ${MAX_REASON_BYTES} bytes`);
  }
  return reason;
}

function readChoice<T extends string | number>(fields: Fields, name: string, choices: readonly T[]): T {
  const value = fields[name];
  const choice = choices.find((each) => each === value);
  if (choice === undefined) {
    throw new FaultCommandError(`"${name}" must be one of ${choices.join(', ')}; got ${show(value)}`);
  }
  return choice;
}

function readInteger(fields: Fields, name: string, min: number, max: number): number | undefined {
  const value = fields[name];
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new FaultCommandError(`"${name}" must be a whole number from ${min} to ${max}; got ${show(value)}`);
  }
  return value;
}

function required<T>(fields: Fields, name: string, value: T | undefined): T {
  if (value === undefined) {
    throw new FaultCommandError(`"${String(fields['fault'])}" needs "${name}"`);
  }
  return value;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
