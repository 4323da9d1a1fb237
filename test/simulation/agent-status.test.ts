import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { SimulatedEvent } from '../../demo/server/simulation/index.js';
import { agents, reasonCodes } from '../../demo/server/simulation/roster.js';
import { body, day, interactionOf, isObject, participants, text } from './support/day.js';

const statusEvents = (): readonly SimulatedEvent[] =>
  day().filter(({ type }) => type === 'AgentStatusChange');

type Leg = 'offered' | 'handling' | 'wrapUp';

/** What one event makes of an agent's work in hand. */
function track(legs: Map<string, Leg>, agentId: string, event: SimulatedEvent): void {
  const members = interactionOf(event);
  if (members === undefined) return;
  const guid = text(members, 'interactionGUID');
  if (event.type === 'InteractionParticipantChange' && participants(members).includes(agentId)) {
    legs.set(guid, 'handling');
  }
  if (members['agentId'] !== agentId) return;
  if (event.type === 'InteractionAssigned') legs.set(guid, 'offered');
  if (event.type === 'InteractionAccepted') legs.set(guid, 'handling');
  if (event.type === 'InteractionPostProcess') legs.set(guid, 'wrapUp');
  if (event.type === 'InteractionRejected' || event.type === 'InteractionDeassigned') legs.delete(guid);
}

suite('agent status', () => {
  test('whenever an agent is quiet for a second, the status told is the one that follows from the work', () => {
    for (const { id } of agents) {
      const legs = new Map<string, Leg>();
      let told: unknown;
      let checked = 0;
      const own = day().filter(({ agentIds }) => agentIds.includes(id));
      own.forEach((event, index) => {
        track(legs, id, event);
        if (event.type === 'AgentStatusChange') told = body(event)['newState'];
        const next = own[index + 1];
        if (told === undefined || next === undefined || next.at - event.at < 1_000) return;
        const phases = [...legs.values()];
        const expected = phases.includes('handling')
          ? [7]
          : phases.includes('offered')
            ? [6]
            : phases.includes('wrapUp')
              ? [8]
              : [1, 2, 3, 4, 5];
        assert.ok(
          expected.includes(Number(told)),
          `${id} told ${String(told)} with ${phases.join()} after ${event.type}`,
        );
        checked += 1;
      });
      assert.ok(checked > 2_000, `${id}: ${checked} checks`);
    }
  });

  test('codes 1 to 8 occur and no others', () => {
    const codes = new Set(statusEvents().map((event) => body(event)['newState']));
    assert.deepEqual([...codes].sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a day begins with a log-in, then available', () => {
    for (const { id } of agents) {
      const first = statusEvents().filter(({ agentIds }) => agentIds.includes(id));
      assert.deepEqual(
        first.slice(0, 2).map((event) => body(event)['newState']),
        [2, 4],
      );
    }
  });

  test('statusEventTS lies 1 to 2.5 s before the message and never goes back', () => {
    const last = new Map<string, number>();
    for (const event of statusEvents()) {
      const { agentId, msgInfo, statusEventTS } = body(event);
      assert.equal(isObject(msgInfo) && msgInfo['timestamp'] === event.at, true);
      const lagMs = event.at - Number(statusEventTS) * 1000;
      assert.ok(lagMs >= 1_000 && lagMs <= 2_500, `lag ${lagMs}`);
      assert.equal(Number(statusEventTS) >= (last.get(String(agentId)) ?? 0), true);
      last.set(String(agentId), Number(statusEventTS));
    }
  });

  test('breaks and offline work carry a reason code, other states none, log-in and log-out no sub-state', () => {
    const reasons = new Set<unknown>();
    for (const event of statusEvents()) {
      const members = body(event);
      const code = Number(members['newState']);
      assert.equal('newReasonCodeUser' in members, code === 3 || code === 5, `code ${code}`);
      assert.equal('newSubState' in members, code > 2, `code ${code}`);
      if ('newReasonCodeUser' in members) reasons.add(members['newReasonCodeUser']);
    }
    assert.equal(reasons.has('801=1722'), true);
    for (const reason of reasons) assert.ok(String(reason) in reasonCodes, String(reason));
  });

  test('the same status is never told twice in a row', () => {
    const last = new Map<string, string>();
    for (const event of statusEvents()) {
      const { agentId, newState, newReasonCodeUser } = body(event);
      const told = `${String(newState)} ${String(newReasonCodeUser)}`;
      assert.notEqual(told, last.get(String(agentId)));
      last.set(String(agentId), told);
    }
  });

  test('the first agent gets something every 10 to 30 seconds', () => {
    const [first] = agents;
    const own = day().filter(({ agentIds }) => agentIds.includes(first?.id ?? ''));
    const averageSeconds = (24 * 3600) / own.length;
    assert.ok(averageSeconds >= 10 && averageSeconds <= 30, `every ${averageSeconds} s`);
  });
});
