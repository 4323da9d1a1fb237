/**
 * Owns the command line's arguments: reading them, their defaults, and one plain sentence when they are wrong. The key
 * is never part of such a sentence.
 */

import { parseArgs } from 'node:util';
import { isEntityName } from './topic-name.js';

export interface CommandOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  readonly tenant: string;
  readonly key: string | undefined;
  readonly seed: number;
  /** How many simulated seconds pass in one. */
  readonly speed: number;
  readonly hasSimulation: boolean;
  readonly isJson: boolean;
}

export type ParsedArguments =
  | { readonly kind: 'run'; readonly options: CommandOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

const MAX_PORT = 65_535;
const MAX_SEED = 4_294_967_295;
const MAX_SPEED = 1_000;

export const USAGE = `A stand-in event service that speaks Apache Pulsar's WebSocket API, with a simulated call centre behind it.

  --port N          port to listen on; 0, the default, takes a free one
  --host NAME       address to listen on (127.0.0.1)
  --tenant NAME     the tenant whose events are published (acme)
  --key KEY         the x-api-key that handshakes must bring; without it everybody is let in
  --seed N          seed of the simulation: the same seed tells the same day (1)
  --speed N         simulated seconds in one second, 0.1 to ${MAX_SPEED} (1)
  --no-simulation   topics stay empty until somebody publishes
  --json            print one line of JSON instead of plain lines
  --help            this text`;

export function parseArguments(args: readonly string[]): ParsedArguments {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        tenant: { type: 'string', default: 'acme' },
        key: { type: 'string' },
        seed: { type: 'string', default: '1' },
        speed: { type: 'string', default: '1' },
        'no-simulation': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      return { kind: 'help' };
    }
    if (values.key === '') {
      throw new ArgumentError('--key must not be empty');
    }
    if (!isEntityName(values.tenant)) {
      throw new ArgumentError('--tenant must consist of letters, digits and -=:._');
    }
    return {
      kind: 'run',
      options: {
        port: readNumber('port', values.port, 0, MAX_PORT, true),
        host: values.host,
        tenant: values.tenant,
        key: values.key,
        seed: readNumber('seed', values.seed, 0, MAX_SEED, true),
        speed: readNumber('speed', values.speed, 0.1, MAX_SPEED, false),
        hasSimulation: !values['no-simulation'],
        isJson: values.json,
      },
    };
  } catch (error) {
    // parseArgs explains itself in a sentence or two; the first one says it all.
    const message = error instanceof Error ? error.message.split(/\.\s/)[0] : 'arguments could not be read';
    return { kind: 'wrong', message: message ?? 'arguments could not be read' };
  }
}

class ArgumentError extends Error {}

function readNumber(name: string, text: string, min: number, max: number, isWhole: boolean): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value) || value < min || value > max || (isWhole && !Number.isInteger(value))) {
    const kind = isWhole ? 'a whole number' : 'a number';
    throw new ArgumentError(`--${name} must be ${kind} from ${min} to ${max}, not "${text.slice(0, 40)}"`);
  }
  return value;
}
