/** Worry: does the console stay silent about trouble, or cry about what is none? */
import { assert } from '@open-wc/testing';
import { LOG_LEVELS, logConnection } from '../../src/elements/console-log.js';
import type { ConnectionStatus } from '../../src/protocol/connection-status.js';

const TRIES = { since: 0, attempt: 3, retryAt: 1, cause: { kind: 'never-opened' } } as const;
const METHODS = ['debug', 'log', 'info', 'warn', 'error'] as const;

/** The console's methods that a state is said with, while an element logs at a level. */
function saidWith(connection: ConnectionStatus, log: string): readonly string[] {
  const said: string[] = [];
  const originals = METHODS.map((method) => [method, console[method]] as const);
  for (const method of METHODS) console[method] = () => void said.push(method);
  logConnection({ localName: 'x8-agent-feed', log }, connection);
  for (const [method, original] of originals) console[method] = original;
  return said;
}

suite('the console', () => {
  for (const [method, connection] of [
    ['error', { ...TRIES, kind: 'cannot-connect' }],
    ['error', { ...TRIES, kind: 'auth-suspected' }],
    ['warn', { ...TRIES, kind: 'unstable' }],
    ['warn', { kind: 'offline', since: 0, retryAt: undefined }],
    ['info', { ...TRIES, kind: 'reconnecting' }],
    ['info', { kind: 'live', since: 0 }],
  ] as const) {
    test(`is told of ${connection.kind} as ${method}, at that level and those after it only`, () => {
      const from = LOG_LEVELS.indexOf(method);
      for (const [index, level] of LOG_LEVELS.entries())
        assert.deepEqual(saidWith(connection, level), index >= from ? [method] : [], level);
    });
  }
});
