/** What becomes a DOM event: once, live, as it was at that moment. */
import { assert } from '@open-wc/testing';
import type { Notice } from '../../src/protocol/messages.js';
import type { EventPhase } from '../../src/protocol/stream-event.js';
import {
  AGENT,
  attached,
  feedRequest,
  GUID,
  OTHER_AGENT,
  Story,
  T0,
  tileRequest,
  type Fields,
} from './payloads.js';

const MINE: Fields = { agentId: AGENT };

const story = () => new Story(feedRequest({ agentId: AGENT }));

function notices(told: Story, atSeconds = 0): readonly Notice[] {
  return told.model.drain(T0 + atSeconds * 1_000).find(({ view }) => view === 1)?.notices ?? [];
}

function kinds(told: Story): readonly string[] {
  return notices(told).map((notice) => {
    switch (notice.kind) {
      case 'screen-pop':
        return `pop ${notice.moment}`;
      case 'interaction-start':
      case 'interaction-change':
        return `${notice.kind} ${notice.card.state}`;
      default:
        return notice.kind;
    }
  });
}

suite('notices', () => {
  test('follow an interaction from offer to end', () => {
    const told = story().at(0, 'InteractionAssigned', MINE);
    assert.deepEqual(kinds(told), ['interaction-start ringing', 'pop offered']);
    told.at(5, 'InteractionAccepted', MINE);
    assert.deepEqual(kinds(told), ['interaction-change on-call', 'pop accepted']);
    told.at(9, 'LineHoldStatus', { ...MINE, status: true });
    assert.deepEqual(kinds(told), ['interaction-change on-hold']);
    told.at(60, 'InteractionDeleted', { hangupInitiator: 'AGENT' });
    assert.deepEqual(kinds(told), ['interaction-end']);
  });

  test('show the card as it was then, even if more has happened since', () => {
    const told = story().at(0, 'InteractionAssigned', MINE).at(5, 'InteractionAccepted', MINE);
    assert.deepEqual(kinds(told), [
      'interaction-start ringing',
      'pop offered',
      'interaction-change on-call',
      'pop accepted',
    ]);
  });

  test('several changes that wait together are one, the latest', () => {
    const told = story().at(0, 'InteractionAccepted', MINE);
    notices(told);
    told
      .at(1, 'LineHoldStatus', { ...MINE, status: true })
      .at(2, 'LineHoldStatus', { ...MINE, status: false })
      .at(3, 'LineMuteStatus', { ...MINE, status: true });
    const [only, ...rest] = notices(told);
    assert.lengthOf(rest, 0);
    assert.isTrue(only?.kind === 'interaction-change' && only.card.isMuted);
  });

  test('who hung up, told a moment after the end, is in the end', () => {
    const told = story()
      .at(0, 'InteractionPostProcess', MINE)
      .at(9, 'InteractionEndPostProcess', MINE)
      .at(9, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    const end = notices(told).find(({ kind }) => kind === 'interaction-end');
    assert.equal(end?.kind === 'interaction-end' ? end.row.outcome.key : '', 'ended-by-customer');
  });

  test('an end that was none any more when it is handed over is told as it was', () => {
    const told = story()
      .at(0, 'InteractionAssigned', MINE)
      .at(30, 'InteractionRejected', { ...MINE, rejectReason: 1 })
      .at(40, 'InteractionAssigned', MINE);
    const end = notices(told).find(({ kind }) => kind === 'interaction-end');
    assert.deepEqual(end?.kind === 'interaction-end' ? end.row.outcome : undefined, { key: 'missed' });
  });

  for (const phase of ['replayed', 'missed'] as const) {
    test(`are not made of ${phase} events`, () => {
      const told = story()
        .at(0, 'InteractionAssigned', MINE, phase)
        .at(5, 'InteractionAccepted', MINE, phase)
        .at(60, 'InteractionDeleted', {}, phase)
        .status(61, 4, {}, phase);
      assert.deepEqual(kinds(told), []);
    });
  }

  test('a duplicate makes none', () => {
    const told = story().at(0, 'InteractionAssigned', MINE).at(0, 'InteractionAssigned', MINE);
    assert.deepEqual(kinds(told), ['interaction-start ringing', 'pop offered']);
  });

  test('mask callers as the view asks', () => {
    const told = new Story(feedRequest({ agentId: AGENT, mask: 'all' }));
    told.at(0, 'InteractionAssigned', {
      ...MINE,
      attachedData: attached({ remoteCallingName: 'Ada Byron' }),
    });
    told.at(9, 'InteractionDeleted', { hangupInitiator: 'AGENT' });
    assert.notInclude(JSON.stringify(notices(told)), 'Byron');
  });

  test('tell a change of status, and only of the agent in view', () => {
    const told = story().status(0, 4).status(1, 3, { agentId: OTHER_AGENT }).status(2, 3).status(2, 3);
    const statuses = notices(told).map((notice) =>
      notice.kind === 'agent-status' ? notice.status.status : -1,
    );
    assert.deepEqual(statuses, [4, 3]);
  });

  test('go only to views that were there', () => {
    const told = story().at(0, 'InteractionAssigned', MINE);
    told.model.watch(2, feedRequest({ agentId: AGENT }));
    told.model.watch(3, tileRequest());
    const updates = told.model.drain(T0);
    assert.isNotEmpty(updates.find(({ view }) => view === 1)?.notices);
    assert.deepEqual(updates.find(({ view }) => view === 2)?.notices, []);
    assert.deepEqual(updates.find(({ view }) => view === 3)?.notices, []);
  });

  test('a change that takes the place of an earlier one goes to a view that came between the two', () => {
    const told = story().at(0, 'InteractionAccepted', MINE);
    notices(told);
    told.at(1, 'LineHoldStatus', { ...MINE, status: true });
    told.model.watch(2, feedRequest({ agentId: AGENT }));
    told.at(2, 'LineHoldStatus', { ...MINE, status: false });
    const updates = told.model.drain(T0);
    for (const view of [1, 2]) {
      const [only, ...rest] = updates.find((update) => update.view === view)?.notices ?? [];
      assert.isTrue(only?.kind === 'interaction-change' && only.card.state === 'on-call', `view ${view}`);
      assert.lengthOf(rest, 0);
    }
  });

  test('are 64 at once for a page that does not ask for each event, and the others are counted', () => {
    const told = story();
    for (let index = 0; index < 70; index += 1) {
      told.at(index, 'InteractionCreated', { ...MINE, interactionGUID: `int-${index}` });
    }
    assert.lengthOf(notices(told), 64);
    assert.equal(told.model.takeOmitted(), 6);
    assert.equal(told.model.takeOmitted(), 0);
    told.at(99, 'InteractionCreated', { ...MINE, interactionGUID: 'one more' });
    assert.lengthOf(notices(told), 1);
  });

  test('are all told to a page that asks for each event, and count as waiting until they are', () => {
    const told = new Story(feedRequest({ agentId: AGENT, wantsEvents: true }));
    for (let index = 0; index < 300; index += 1) {
      const its = { ...MINE, interactionGUID: `int-${index}` };
      told
        .at(index, 'InteractionAccepted', its)
        .at(index + 0.3, 'LineMuteStatus', { ...its, status: true })
        .at(index + 0.6, 'InteractionDeleted', { ...its, hangupInitiator: 'AGENT' })
        .status(index + 0.9, index % 2 === 0 ? 3 : 4);
    }
    assert.equal(told.model.pending, 5 * 300);
    const all = notices(told).map(({ kind }) => kind);
    for (const kind of [
      'interaction-start',
      'interaction-change',
      'interaction-end',
      'screen-pop',
      'agent-status',
    ]) {
      assert.lengthOf(
        all.filter((one) => one === kind),
        300,
        kind,
      );
    }
    assert.equal(told.model.pending, 0);
  });

  test('of changes around an end are two, one for each time that it was open', () => {
    const told = story().at(0, 'InteractionAccepted', MINE);
    notices(told);
    told
      .at(1, 'LineMuteStatus', { ...MINE, status: true })
      .at(2, 'InteractionDeAssigned', MINE)
      .at(3, 'InteractionAccepted', MINE)
      .at(4, 'LineMuteStatus', { ...MINE, status: true })
      .at(5, 'LineHoldStatus', { ...MINE, status: true });
    assert.deepEqual(kinds(told), [
      'interaction-change on-call',
      'interaction-end',
      'interaction-start on-call',
      'interaction-change on-hold',
    ]);
  });

  test('a card that leaves by time alone has ended', () => {
    const told = new Story(feedRequest())
      .at(0, 'InteractionQueued', { queueId: 591 })
      .at(1, 'InteractionUnqueued');
    assert.deepEqual(kinds(told), ['interaction-start waiting']);
    assert.deepEqual(
      notices(told, 11).map(({ kind }) => kind),
      ['interaction-end'],
    );
  });
});

suite('screen pops', () => {
  const pops = (told: Story) => kinds(told).filter((kind) => kind.startsWith('pop'));

  test('come once per interaction and moment, however often it is offered', () => {
    const told = story().at(0, 'InteractionAssigned', MINE);
    assert.deepEqual(pops(told), ['pop offered']);
    told.at(30, 'InteractionRejected', { ...MINE, rejectReason: 1 }).at(40, 'InteractionAssigned', MINE);
    assert.deepEqual(pops(told), []);
    told.at(45, 'InteractionAccepted', MINE);
    assert.deepEqual(pops(told), ['pop accepted']);
  });

  test('never after a replay of the same moment', () => {
    const REPLAYS: readonly EventPhase[] = ['replayed', 'missed'];
    for (const phase of REPLAYS) {
      const told = story()
        .at(0, 'InteractionAssigned', MINE, phase)
        .at(40, 'InteractionAssigned', MINE)
        .at(41, 'InteractionAccepted', MINE, phase);
      assert.deepEqual(pops(told), [], phase);
    }
  });

  test("not for another agent's offer, and not for our own outgoing call", () => {
    assert.deepEqual(pops(story().at(0, 'InteractionAssigned', { agentId: OTHER_AGENT })), []);
    assert.deepEqual(pops(story().at(0, 'InteractionAssigned', { ...MINE, direction: 'out' })), []);
  });

  test('an outgoing call pops when the customer answers', () => {
    const told = story()
      .at(0, 'InteractionAccepted', { ...MINE, direction: 'out' })
      .at(9, 'InteractionCustomerAccepted', { ...MINE, direction: 'out' });
    assert.deepEqual(pops(told), ['pop accepted']);
  });

  test('name the interaction', () => {
    const [, pop] = notices(story().at(0, 'InteractionAssigned', MINE));
    assert.equal(pop?.kind === 'screen-pop' ? pop.card.guid : '', GUID);
  });
});
