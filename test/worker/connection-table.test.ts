/** docs/connection-states.md against the reducer: every cell, both ways round. */
import { assert } from '@open-wc/testing';
import page from '../../docs/connection-states.md?raw';
import { reduce } from '../../src/worker/connection-reducer.js';
import { describeStep, EVENTS, SITUATIONS, type Situation } from './support/connection-situations.js';

const situations: readonly (readonly [string, Situation])[] = Object.values(SITUATIONS).flatMap((group) =>
  Object.entries<Situation>(group),
);
const events = Object.values(EVENTS).flatMap((group) => Object.entries(group));

/** `situation` → `event` → cell. */
function readTables(markdown: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const columns = new Map<string, Map<string, string>>();
  let names: readonly string[] = [];
  for (const line of markdown.split('\n')) {
    const cells = line.split('|').slice(1, -1);
    const [head, ...rest] = cells.map((cell) => cell.trim());
    if (head === undefined) names = [];
    else if (head === 'Event') {
      names = rest;
      for (const name of names) columns.set(name, new Map());
    } else if (!head.startsWith('---')) {
      for (const [i, name] of names.entries()) columns.get(name)?.set(head, rest[i] ?? '');
    }
  }
  return columns;
}

suite('The table of connection states', () => {
  const tables = readTables(page);

  test('names every situation, and no other', () => {
    assert.sameMembers(
      [...tables.keys()],
      situations.map(([name]) => name),
    );
  });

  for (const [name, situation] of situations) {
    test(`tells what happens when ${name}`, () => {
      const written = Object.fromEntries(tables.get(name) ?? []);
      const done = Object.fromEntries(
        events.map(([event, make]) => [
          event,
          describeStep(situation.state, reduce(situation.state, make(situation))),
        ]),
      );
      assert.deepEqual(done, written);
    });
  }
});
