/** Which of an event's clocks is believed. */
import { assert } from '@open-wc/testing';
import { read, readInteraction, T0, type Fields } from './payloads.js';

const PUBLISHED = T0 + 500;
const DAY_MS = 86_400_000;

interface Row {
  readonly name: string;
  readonly fields: Fields;
  readonly at: number;
}

const ROWS: readonly Row[] = [
  {
    name: 'msgInfo.timestamp, in ms, comes first',
    fields: { msgInfo: { timestamp: T0 + 183 }, interactionEventTS: T0 / 1_000, eventTS: T0 / 1_000 - 60 },
    at: T0 + 183,
  },
  {
    name: 'msgInfo.timestamp in quotes',
    fields: { msgInfo: { timestamp: String(T0 + 183) } },
    at: T0 + 183,
  },
  {
    name: 'an empty msgInfo, as in the samples, leaves interactionEventTS, in seconds',
    fields: { msgInfo: {}, interactionEventTS: T0 / 1_000 + 1, eventTS: T0 / 1_000 - 60 },
    at: T0 + 1_000,
  },
  {
    name: 'eventTS is the time of entry into the queue and never counts',
    fields: { msgInfo: {}, eventTS: T0 / 1_000 - 60 },
    at: PUBLISHED,
  },
  { name: 'nothing at all leaves the publish time', fields: {}, at: PUBLISHED },
  { name: 'msgInfo that is no object', fields: { msgInfo: 'x', interactionEventTS: T0 / 1_000 }, at: T0 },
  {
    name: 'a timestamp in seconds is before 2000 and falls through',
    fields: { msgInfo: { timestamp: T0 / 1_000 }, interactionEventTS: T0 / 1_000 },
    at: T0,
  },
  { name: '0 is not 1970', fields: { msgInfo: { timestamp: 0 }, interactionEventTS: 0 }, at: PUBLISHED },
  {
    name: 'interactionEventTS in ms would be far ahead and falls through',
    fields: { interactionEventTS: T0 },
    at: PUBLISHED,
  },
  {
    name: 'up to a day ahead of the publish time is believed',
    fields: { msgInfo: { timestamp: PUBLISHED + DAY_MS } },
    at: PUBLISHED + DAY_MS,
  },
  {
    name: 'more than a day ahead is not',
    fields: { msgInfo: { timestamp: PUBLISHED + DAY_MS + 1 } },
    at: PUBLISHED,
  },
  { name: 'text that is no number', fields: { msgInfo: { timestamp: 'yesterday' } }, at: PUBLISHED },
  { name: 'a list is no number', fields: { msgInfo: { timestamp: [T0] } }, at: PUBLISHED },
];

suite('event time', () => {
  for (const { name, fields, at } of ROWS) {
    test(name, () => {
      assert.equal(readInteraction(fields, PUBLISHED).at, at);
    });
  }

  test('every kind of event reads the same clocks', () => {
    const msgInfo = { timestamp: T0 + 42 };
    assert.equal(
      read({ AgentStatusChange: { agentId: 'ag1', newState: 4, msgInfo } }, PUBLISHED).at,
      T0 + 42,
    );
    assert.equal(read({ AgentProvChange: { agentId: 'ag1', msgInfo } }, PUBLISHED).at, T0 + 42);
    assert.equal(read({ NewThing: { msgInfo } }, PUBLISHED).at, T0 + 42);
  });

  test('a publish time that is no number neither throws nor spreads', () => {
    assert.equal(readInteraction({}, Number.NaN).at, 0);
  });

  test('an implausible queue time is no queue time', () => {
    assert.isUndefined(readInteraction({ queueTime: 12 }, PUBLISHED).queuedAt);
    assert.isUndefined(readInteraction({ queueTime: T0 }, PUBLISHED).queuedAt);
  });
});
