/** Worry: do callers vanish on a computer whose clock is hours ahead, which only the first live event shows? */
import { assert } from '@open-wc/testing';
import { AGENT, feedRequest, QUEUE, Story, T0, tileRequest, type Fields } from './payloads.js';

const IN_QUEUE: Fields = { queueId: Number(QUEUE), direction: 'in' };
/** Seconds: by the computer's clock, until the clocks are known. */
const AHEAD = 3 * 3_600;

const ringing = (story: Story): Story =>
  story
    .at(0, 'InteractionQueued', IN_QUEUE, 'replayed')
    .at(20, 'InteractionAssigned', { ...IN_QUEUE, agentId: AGENT }, 'replayed');

suite('a computer whose clock is hours ahead', () => {
  test('counts who waits and who is rung, once it is known, and the arrivals of its window', () => {
    const story = ringing(new Story(tileRequest()));
    assert.equal(story.tile(AHEAD + 30).waiting, 0, 'as if nothing had been heard for hours');
    const { waiting, ringing: rung, entered } = story.tile(30);
    assert.deepEqual({ waiting, rung, entered }, { waiting: 1, rung: 1, entered: 1 });
    assert.equal(story.tile(2 * 3_600 + 60).waiting, 0, 'and what is lost by the right time goes');
  });

  test('shows the card again, and no row that says that it ended', () => {
    const story = ringing(new Story(feedRequest({ agentId: AGENT })));
    assert.lengthOf(story.feed(AHEAD + 30).rows, 1);
    const { live, rows } = story.feed(30);
    assert.lengthOf(live, 1);
    assert.lengthOf(rows, 0);
    story.at(40, 'InteractionAccepted', { ...IN_QUEUE, agentId: AGENT });
    assert.lengthOf(story.feed(41).live, 1);
  });

  test('tells of a live interaction that goes on after all, before it tells of its end again', () => {
    const story = new Story(feedRequest({ agentId: AGENT }));
    const kinds = (seconds: number): readonly string[] =>
      story.model
        .drain(T0 + seconds * 1_000)
        .flatMap(({ notices }) => notices.map(({ kind }) => kind))
        .filter((kind) => kind === 'interaction-start' || kind === 'interaction-end');
    story.at(0, 'InteractionQueued', IN_QUEUE).at(20, 'InteractionAssigned', { ...IN_QUEUE, agentId: AGENT });
    assert.deepEqual(kinds(21), ['interaction-start']);
    assert.deepEqual(kinds(AHEAD + 30), ['interaction-end'], 'by a clock that was set forward');
    assert.deepEqual(kinds(30), ['interaction-start']);
    story.at(40, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    assert.deepEqual(kinds(41), ['interaction-end']);
  });

  test('keeps what an event has ended meanwhile', () => {
    const story = ringing(new Story(feedRequest({ agentId: AGENT })));
    story.feed(AHEAD + 30);
    story.at(30, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' });
    const { live, rows } = story.feed(31);
    assert.lengthOf(live, 0);
    assert.lengthOf(rows, 1);
  });
});
