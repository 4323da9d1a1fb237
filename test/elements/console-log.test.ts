/** Worry: does the console stay silent about trouble, or cry about what is none? */
import { assert, fixtureCleanup } from '@open-wc/testing';
import { feedView } from '../../demo/gallery-states.js';
import { LOG_LEVELS, logConnection } from '../../src/elements/console-log.js';
import type { ConnectionStatus } from '../../src/protocol/connection-status.js';
import { widgetError } from '../../src/protocol/errors.js';
import { feedFixture } from './support/still-elements.js';

const TRIES = { since: 0, attempt: 3, retryAt: 1, cause: { kind: 'never-opened' } } as const;
const METHODS = ['debug', 'log', 'info', 'warn', 'error'] as const;

/** What an element says while `act` lasts, each with the method that it is said with. */
async function said(act: () => Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = [];
  const originals = METHODS.map((method) => [method, console[method]] as const);
  for (const method of METHODS)
    console[method] = (...values: unknown[]) => {
      const line = values.map(String).join(' ');
      // Lit has things to say too.
      if (line.startsWith('[x8]')) lines.push(`${method} ${line}`);
    };
  try {
    await act();
  } finally {
    for (const [method, original] of originals) console[method] = original;
  }
  return lines;
}

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
  teardown(fixtureCleanup);

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

  test('is told of a gap as a warning', async () => {
    for (const [level, lines] of [
      ['error', []],
      ['warn', ['warn [x8] <still-feed> gap: no-cursor']],
    ] as const) {
      const feed = await feedFixture({ log: level });
      const gaps = [{ kind: 'no-cursor', from: undefined, to: undefined }] as const;
      const news = async (): Promise<unknown> => {
        feed.still.show({ connection: { kind: 'live', since: 0 }, view: feedView({}) }, { gaps });
        return feed.updateComplete;
      };
      assert.deepEqual(await said(news), lines, level);
    }
  });

  test('is told of what goes wrong while it runs as an error', async () => {
    for (const [level, count] of [
      ['off', 0],
      ['error', 1],
    ] as const) {
      const feed = await feedFixture({ log: level });
      const lines = await said(async () => {
        feed.still.show({}, { errors: [widgetError('internal', 'The worker stopped.')] });
        return feed.updateComplete;
      });
      assert.deepEqual(
        lines,
        Array(count).fill('error [x8] <still-feed> internal: The worker stopped.'),
        level,
      );
    }
  });

  test('is told of a mistake in an attribute once, whatever else is asked for', async () => {
    for (const level of LOG_LEVELS) {
      const lines = await said(() => feedFixture({ log: level, mask: 'nonsense' }));
      assert.lengthOf(lines, 1, `${level}: ${lines.join('; ')}`);
      assert.match(lines[0] ?? '', /^warn .*nonsense/);
    }
  });

  test('is told of a set-up that is wrong once, whatever else is asked for', async () => {
    for (const level of LOG_LEVELS) {
      const feed = await feedFixture({ log: level });
      const error = widgetError('unknown-region', 'Region “uk9” is not known.');
      const lines = await said(async () => {
        feed.still.show({ setup: { kind: 'invalid', error } });
        return feed.updateComplete;
      });
      assert.lengthOf(lines, 1, `${level}: ${lines.join('; ')}`);
      assert.match(lines[0] ?? '', /^warn .*uk9/);
    }
  });
});
