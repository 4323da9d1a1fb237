/** A page that stays open for weeks: everything kept has a bound, and passing it costs coverage, never truth. */
import { assert } from '@open-wc/testing';
import { MAX_AGENTS, AgentStatuses } from '../../src/domain/agent-statuses.js';
import { Interaction, MAX_STEPS } from '../../src/domain/interaction.js';
import { Interactions, MAX_OPEN } from '../../src/domain/interactions.js';
import { MAX_LIVE_CARDS } from '../../src/domain/live-card.js';
import { MAX_CALL_VISITS, MAX_OPEN_CALLS, MAX_QUEUES, QueueVisits } from '../../src/domain/queue-visits.js';
import { MAX_PARTICIPANTS } from '../../src/domain/agent-id.js';
import { QueueLog } from '../../src/domain/queue-log.js';
import { advanceCall } from '../../src/domain/visit-fold.js';
import { isWaiting, newCall } from '../../src/domain/visit.js';
import { MAX_PENDING } from '../../src/domain/stream-model.js';
import type { RowSource, RowTimeline } from '../../src/domain/row-source.js';
import { MAX_ROWS, Timeline } from '../../src/domain/timeline.js';
import type { InteractionEvent } from '../../src/protocol/stream-event.js';
import {
  AGENT,
  entryOf,
  feedRequest,
  read,
  readInteraction,
  Story,
  T0,
  tileRequest,
  type Fields,
} from './payloads.js';

const event = (guid: string, name: string, afterMs: number, fields: Fields = {}): InteractionEvent =>
  readInteraction(
    { event: name, interactionGUID: guid, msgInfo: { timestamp: T0 + afterMs }, ...fields },
    T0 + afterMs,
  );

suite('bounds', () => {
  test(`${MAX_ROWS} rows are kept, the newest ones`, () => {
    const story = new Story(feedRequest({ maxItems: 10_000 }));
    for (let index = 0; index < MAX_ROWS + 50; index += 1) {
      story.model.take(entryOf(event(`int-${index}`, 'InteractionDeleted', index * 1_000)));
    }
    const { rows } = story.feed();
    assert.lengthOf(rows, MAX_ROWS);
    assert.equal(rows[0]?.id, `i:int-${MAX_ROWS + 49}`);
  });

  test(`of a list of all events ${MAX_ROWS} rows are kept too, however they came`, () => {
    const story = new Story(feedRequest({ maxItems: 10_000, group: 'none' }));
    for (let index = 0; index < 3 * MAX_ROWS + 50; index += 1) {
      // Every other one overtakes its predecessor.
      story.model.take(entryOf(event('int-1', 'InteractionChanged', (index ^ 1) * 1_000)));
    }
    const { rows } = story.feed();
    assert.lengthOf(rows, MAX_ROWS);
    assert.equal(rows[0]?.at, T0 + (3 * MAX_ROWS + 49) * 1_000);
    assert.equal(rows.at(-1)?.at, T0 + (2 * MAX_ROWS + 50) * 1_000);
  });

  test('an interaction whose row had to go is forgotten', () => {
    const interactions = new Interactions();
    const timeline: RowTimeline = new Timeline<RowSource>((row) => {
      if (row.kind === 'interaction') interactions.forget(row.interaction);
    });
    for (let index = 0; index <= MAX_ROWS; index += 1) {
      interactions.take(event(`int-${index}`, 'InteractionDeleted', index), 'live', timeline);
    }
    assert.isUndefined(interactions.find('int-0'));
    assert.isDefined(interactions.find('int-1'));
  });

  test('what is heard of a forgotten interaction is a row of its own', () => {
    const story = new Story(feedRequest());
    for (let index = 0; index <= MAX_ROWS; index += 1) {
      story.model.take(entryOf(event(`int-${index}`, 'InteractionDeleted', index * 1_000)));
    }
    story.model.take(entryOf(event('int-0', 'InteractionRecordingReady', MAX_ROWS * 2_000)));
    const [row] = story.feed().rows;
    assert.deepEqual(row?.kind === 'interaction' ? row.outcome.key : '', 'recording');
  });

  test(`${MAX_OPEN} interactions are open at most, and ${MAX_LIVE_CARDS} are cards`, () => {
    const interactions = new Interactions();
    const timeline = new Timeline<RowSource>(() => undefined);
    for (let index = 0; index < MAX_OPEN + 10; index += 1) {
      interactions.take(event(`int-${index}`, 'InteractionAccepted', index), 'live', timeline);
    }
    assert.equal(interactions.openCount, MAX_OPEN);
    assert.isUndefined(interactions.find('int-0'));
    const story = new Story(feedRequest());
    for (let index = 0; index < MAX_LIVE_CARDS + 10; index += 1) {
      story.at(index, 'InteractionAccepted', { interactionGUID: `int-${index}` });
    }
    assert.lengthOf(story.feed().live, MAX_LIVE_CARDS);
  });

  test(`an interaction keeps ${MAX_STEPS} steps, its first ones among them, and all of its times`, () => {
    const interaction = new Interaction('int-1', T0);
    interaction.add(event('int-1', 'InteractionAccepted', 0), 'live', undefined);
    for (let index = 1; index <= 500; index += 1) {
      const held = event('int-1', 'LineHoldStatus', index * 1_000, { status: index % 2 === 1 });
      interaction.add(held, 'live', undefined);
    }
    assert.isAtMost(interaction.events.length, MAX_STEPS);
    assert.equal(interaction.events[0]?.name, 'InteractionAccepted');
    assert.equal(interaction.state.durations.hold, 250_000);
    assert.equal(interaction.state.durations.talk, 250_000);
    // A late message has the state folded again, from what is kept and what was folded away.
    interaction.add(event('int-1', 'InteractionChanged', 499_500), 'live', undefined);
    assert.equal(interaction.state.durations.hold, 250_000);
    assert.equal(interaction.state.durations.talk, 250_000);
  });

  test(`${MAX_AGENTS} agents are followed, those heard of first go first`, () => {
    const statuses = new AgentStatuses();
    const timeline = new Timeline<RowSource>(() => undefined);
    for (let index = 0; index <= MAX_AGENTS; index += 1) {
      const status = read({
        AgentStatusChange: { agentId: `ag${index}`, newState: 4, msgInfo: { timestamp: T0 + index } },
      });
      if (status.kind === 'agent-status') statuses.take(entryOf(status), status, timeline);
    }
    assert.isUndefined(statuses.current('ag0'));
    assert.isDefined(statuses.current('ag1'));
  });

  test('a caller who is followed no longer is not counted as waiting for ever', () => {
    const visits = new QueueVisits();
    visits.coverFrom(T0);
    for (let index = 0; index < MAX_OPEN_CALLS + 5; index += 1) {
      visits.take(event(`int-${index}`, 'InteractionQueued', index, { queueId: 591 }));
    }
    assert.lengthOf([...visits.queue('591').visits].filter(isWaiting), MAX_OPEN_CALLS);
  });

  test('visits that are given up move the coverage of their queue; who waits is counted on', () => {
    const visits = new QueueVisits();
    visits.coverFrom(T0 - 1);
    visits.take(event('waits', 'InteractionQueued', 0, { queueId: 591 }));
    for (let index = 1; index < 8; index += 1) {
      visits.take(event(`int-${index}`, 'InteractionQueued', index * 1_000, { queueId: 591 }));
      visits.take(event(`int-${index}`, 'InteractionAccepted', index * 1_000 + 1, { agentId: AGENT }));
    }
    const queue = visits.queue('591');
    queue.giveUpOldest();
    assert.equal(queue.visits.size, 6);
    assert.equal([...queue.visits][0]?.state, 'waiting');
    assert.equal(queue.lostBefore, T0 + 2_000 + 1);
    const empty = new QueueLog('592', -Infinity);
    empty.giveUpOldest();
    assert.equal(empty.lostBefore, -Infinity);
  });

  const bounced = (visits: QueueVisits, count: number, fields: Fields): void => {
    visits.coverFrom(T0 - 1);
    for (let index = 0; index < count; index += 1) {
      visits.take(event('int-1', 'InteractionQueued', index, { queueId: 591 + (index % 2), ...fields }));
    }
  };

  test('a call that is sent from queue to queue for ever is counted each time, and costs no more for it', () => {
    const visits = new QueueVisits();
    bounced(visits, 4_000, { direction: 'in' });
    for (const queue of [visits.queue('591'), visits.queue('592')]) {
      assert.equal(queue.visits.size, 2_000);
      assert.equal(queue.lostBefore, -Infinity);
      // It moves with each visit that is counted again.
      assert.isAtMost(queue.version, 4_000 * (MAX_CALL_VISITS + 1));
    }
    assert.lengthOf([...visits.queue('592').visits].filter(isWaiting), 1);
  });

  test('of such a call whose direction nobody has told, what is too old to be taken back is no longer covered', () => {
    const visits = new QueueVisits();
    bounced(visits, 200, {});
    const counted = visits.queue('591').visits.size + visits.queue('592').visits.size;
    assert.equal(counted, MAX_CALL_VISITS);
    assert.equal(visits.queue('592').lostBefore, T0 + 200 - MAX_CALL_VISITS);
    visits.take(event('int-1', 'InteractionAssigned', 300, { direction: 'out' }));
    assert.equal(visits.queue('591').visits.size + visits.queue('592').visits.size, 0);
  });

  test(`of agents who join and never leave, ${MAX_PARTICIPANTS} are followed, those who joined last`, () => {
    const interaction = new Interaction('int-1', T0);
    const call = newCall('int-1');
    for (let index = 0; index < 1_000; index += 1) {
      const accepted = event('int-1', 'InteractionAccepted', index, { agentId: `ag${index}` });
      interaction.add(accepted, 'live', undefined);
      advanceCall(call, accepted);
    }
    for (const agentIds of [interaction.state.agentIds, call.agentIds]) {
      assert.lengthOf(agentIds, MAX_PARTICIPANTS);
      assert.equal(agentIds.at(-1), 'ag999');
    }
  });

  test(`${MAX_QUEUES} queues are counted; one that had to go comes back as partial, one with callers stays`, () => {
    const visits = new QueueVisits();
    visits.coverFrom(T0 - 1);
    visits.take(event('waits', 'InteractionQueued', 0, { queueId: 1 }));
    for (let queueId = 2; queueId <= MAX_QUEUES + 1; queueId += 1) {
      const guid = `int-${queueId}`;
      visits.take(event(guid, 'InteractionQueued', queueId, { queueId }));
      visits.take(event(guid, 'InteractionAccepted', queueId + 1, { agentId: AGENT }));
    }
    assert.lengthOf([...visits.queue('1').visits].filter(isWaiting), 1);
    const again = visits.queue('2');
    assert.equal(again.visits.size, 0);
    assert.equal(again.lostBefore, T0 + 3 + 1, 'queue 3 had to go for it');
  });

  test('visits that no window can reach are cut off', () => {
    const visits = new QueueVisits();
    visits.coverFrom(T0);
    const DAY_MS = 86_400_000;
    for (let index = 0; index < 3_000; index += 1) {
      const at = index < 1_500 ? index : 2 * DAY_MS + index;
      visits.take(event(`int-${index}`, 'InteractionQueued', at, { queueId: 591 }));
      visits.take(event(`int-${index}`, 'InteractionAccepted', at + 1, { agentId: AGENT }));
    }
    assert.equal(visits.queue('591').visits.size, 1_500);
  });

  test(`${MAX_PENDING} events wait at most, the newest ones`, () => {
    const story = new Story(feedRequest({ wantsEvents: true }));
    for (let index = 0; index < MAX_PENDING + 10; index += 1) {
      story.model.take(entryOf(event('int-1', 'InteractionChanged', index), 'live', `m-${index}`));
    }
    assert.equal(story.model.pending, MAX_PENDING);
    const events = story.model.drain(T0)[0]?.events ?? [];
    assert.lengthOf(events, MAX_PENDING);
    assert.equal(events.at(-1)?.messageId, `m-${MAX_PENDING + 9}`);
    assert.equal(events[0]?.messageId, 'm-10');
  });

  test('the cost of a drain does not grow with what came, but for what is told of each live event', () => {
    const steps = (count: number) => {
      const story = new Story(feedRequest({ maxItems: 20 }));
      story.model.watch(2, tileRequest());
      for (let index = 0; index < count; index += 1) {
        const guid = `int-${index}`;
        story.model.take(entryOf(event(guid, 'InteractionQueued', index * 10, { queueId: 591 }), 'replayed'));
        story.model.take(
          entryOf(event(guid, 'InteractionAccepted', index * 10 + 1, { agentId: AGENT }), 'replayed'),
        );
        story.model.take(
          entryOf(
            event(guid, 'InteractionDeleted', index * 10 + 2, { hangupInitiator: 'AGENT' }),
            'replayed',
          ),
        );
      }
      return JSON.stringify(story.model.drain(T0 + count * 10)).length;
    };
    assert.isBelow(steps(5_000), 1.2 * steps(500));
  });
});
