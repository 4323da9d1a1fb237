/**
 * The vocabulary of the proxy's door: what it may be told to do to the network. Reads a body into a command or throws
 * one plain sentence; what a command does is `fault-proxy.ts`.
 */
import { SPOILINGS, type ProxySpoiling } from './message-faults.js';

/** What a new connection gets. */
export type Greeting =
  | { readonly kind: 'connect' }
  /** TCP reset at once. */
  | { readonly kind: 'refuse' }
  /** Taken by TCP, and never answered. */
  | { readonly kind: 'hang' }
  /** Nobody listens on the port. */
  | { readonly kind: 'unreachable' };

/** How a connection ends. */
export type Ending = 'fin' | 'reset' | 'half-open';

export type ProxyCommand =
  /** New connections get this, the first `count` of them (default: all from now on). */
  | { readonly fault: 'greet'; readonly greeting: Greeting; readonly count: number }
  /** Open connections end now, all of them or the one of that number. */
  | { readonly fault: 'end'; readonly ending: Ending; readonly connection: number | undefined }
  /**
   * The connection that gets the n-th data frame, or the n-th byte, from now on ends right after it; with `isTorn`
   * in the middle of the frame.
   */
  | {
      readonly fault: 'cut';
      readonly ending: Ending;
      readonly after: { readonly unit: 'frames' | 'bytes'; readonly count: number };
      readonly isTorn: boolean;
    }
  /** What the service sends arrives so much later, or at most so fast. */
  | { readonly fault: 'slow'; readonly delayMs: number; readonly bytesPerSecond: number }
  /** The next `count` messages arrive spoilt (docs/protocol.md, "Faults"); which they were, the state tells. */
  | { readonly fault: 'corrupt'; readonly how: ProxySpoiling; readonly count: number }
  /**
   * Messages come again: now, on every open WebSocket, the last `count` that it has brought; or before anything else on the
   * next one to the same address, of the last `count` that were answered, those which that client says it has had. None from
   * before one that arrived spoilt.
   */
  | { readonly fault: 'replay'; readonly when: 'now' | 'at-dial'; readonly count: number }
  /** Back to health: half-open connections stay dead, everything else is sound. */
  | { readonly fault: 'clear' };

const GREETINGS = ['connect', 'refuse', 'hang', 'unreachable'] as const;
const ENDINGS = ['fin', 'reset', 'half-open'] as const;
const WHENS = ['now', 'at-dial'] as const;
const UNITS = ['frames', 'bytes'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** Throws a sentence. */
export function readCommand(text: string): ProxyCommand {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error('A fault is a JSON object.');
  const fields = value as Fields;
  switch (fields['fault']) {
    case 'greet':
      return {
        fault: 'greet',
        greeting: { kind: word(fields, 'greeting', GREETINGS) },
        count: number(fields, 'count', Infinity),
      };
    case 'end': {
      const connection = fields['connection'] === undefined ? undefined : number(fields, 'connection', 0);
      return { fault: 'end', ending: word(fields, 'ending', ENDINGS), connection };
    }
    case 'cut':
      return {
        fault: 'cut',
        ending: word(fields, 'ending', ENDINGS),
        after: { unit: word(fields, 'unit', UNITS), count: number(fields, 'count', 1) },
        isTorn: fields['isTorn'] === true,
      };
    case 'slow':
      return {
        fault: 'slow',
        delayMs: number(fields, 'delayMs', 0),
        bytesPerSecond: number(fields, 'bytesPerSecond', Infinity),
      };
    case 'corrupt':
      return { fault: 'corrupt', how: word(fields, 'how', SPOILINGS), count: number(fields, 'count', 1) };
    case 'replay':
      return { fault: 'replay', when: word(fields, 'when', WHENS), count: number(fields, 'count', 1) };
    case 'clear':
      return { fault: 'clear' };
    default:
      throw new Error('"fault" may be greet, end, cut, slow, corrupt, replay or clear.');
  }
}

function word<T extends string>(fields: Fields, name: string, words: readonly T[]): T {
  const found = words.find((one) => one === fields[name]);
  if (found === undefined) throw new Error(`"${name}" may be ${words.join(', ')}.`);
  return found;
}

function number(fields: Fields, name: string, fallback: number): number {
  const value = fields[name];
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !(value >= 0)) throw new Error(`"${name}" is a number from 0 on.`);
  return value;
}
