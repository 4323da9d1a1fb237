/** A tile's numbers against worked examples; definitions in docs/metrics.md. */
import { assert } from '@open-wc/testing';
import { StreamModel } from '../../src/domain/stream-model.js';
import type { TileView } from '../../src/protocol/views.js';
import { attached, entryOf, QUEUE, readInteraction, T0, tileRequest, type Fields } from './payloads.js';

const MINUTE = 60;

/** A queue told about by caller: entered at, then what happened when (s). */
class Day {
  readonly model = new StreamModel();
  #caller = 0;

  constructor(request = tileRequest(), coveredFrom = -3_600) {
    this.model.coverFrom(T0 + coveredFrom * 1_000);
    this.model.watch(1, request);
  }

  caller(queuedAt: number, ...rest: readonly (readonly [number, string, Fields?])[]): this {
    this.#caller += 1;
    const guid = `int-${this.#caller}`;
    this.#tell(guid, queuedAt, 'InteractionQueued', { queueId: Number(QUEUE), direction: 'in' });
    for (const [seconds, name, fields] of rest) this.#tell(guid, seconds, name, fields ?? {});
    return this;
  }

  answered(queuedAt: number, afterS: number): this {
    return this.caller(queuedAt, [queuedAt + afterS, 'InteractionAccepted', { agentId: 'ag1' }]);
  }

  abandoned(queuedAt: number, afterS: number): this {
    return this.caller(queuedAt, [queuedAt + afterS, 'InteractionDeleted', { hangupInitiator: 'CUSTOMER' }]);
  }

  tile(atSeconds: number): TileView {
    const update = this.model.drain(T0 + atSeconds * 1_000).find(({ view }) => view === 1);
    if (update?.data.kind !== 'tile') throw new Error('the tile did not change');
    return update.data;
  }

  #tell(guid: string, seconds: number, event: string, fields: Fields): void {
    const read = readInteraction({
      interactionGUID: guid,
      event,
      msgInfo: { timestamp: T0 + seconds * 1_000 },
      ...fields,
    });
    this.model.take(entryOf(read));
  }
}

suite('queue metrics', () => {
  test('waiting includes ringing, and the longest wait is since the first entry', () => {
    const tile = new Day()
      .caller(0)
      .caller(10, [40, 'InteractionAssigned', { agentId: 'ag1' }])
      .caller(20, [45, 'InteractionAccepted', { agentId: 'ag2' }])
      .tile(60);
    assert.equal(tile.waiting, 2);
    assert.equal(tile.ringing, 1);
    assert.equal(tile.longestWaitSince, T0);
  });

  test('nobody waits: 0, and no longest wait', () => {
    const tile = new Day().answered(0, 10).tile(60);
    assert.equal(tile.waiting, 0);
    assert.isUndefined(tile.longestWaitSince);
  });

  /**
   * Ten enter: six answered within 20 s, one after 21 s, one abandoned after 30 s, two after 2 s and 4 s.
   * 8x8: A_T / (entered − AbS) = 6 / (10 − 2) = 75 %. Abandon rate: Ab / entered = 1 / 10.
   */
  test('service level and abandon rate, 8x8 formulas', () => {
    const day = new Day();
    for (const wait of [1, 5, 10, 15, 19, 20]) day.answered(wait, wait);
    const tile = day.answered(30, 21).abandoned(31, 30).abandoned(32, 2).abandoned(33, 4).tile(120);
    assert.equal(tile.entered, 10);
    assert.equal(tile.answered, 7);
    assert.equal(tile.abandoned, 1);
    assert.equal(tile.shortAbandoned, 2);
    assert.equal(tile.serviceLevel, 0.75);
    assert.equal(tile.abandonRate, 0.1);
    assert.equal(tile.finished, 10);
  });

  test('exactly at the threshold is in time; exactly at the short limit is long', () => {
    const tile = new Day().answered(0, 20).abandoned(1, 5).tile(60);
    assert.equal(tile.serviceLevel, 0.5);
    assert.equal(tile.abandoned, 1);
    assert.equal(tile.shortAbandoned, 0);
  });

  test('thresholds are the request’s', () => {
    const day = new Day(tileRequest({ slaThresholdMs: 19_000, shortAbandonMs: 6_000 }));
    const tile = day.answered(0, 20).abandoned(1, 5).tile(60);
    assert.equal(tile.serviceLevel, 0);
    assert.equal(tile.shortAbandoned, 1);
  });

  test('those still waiting lower the service level until they are answered', () => {
    const day = new Day().answered(0, 5).caller(1);
    assert.equal(day.tile(10).serviceLevel, 0.5);
  });

  test('nothing entered: shares are unknown, counts are a true 0', () => {
    const tile = new Day().tile(0);
    assert.isUndefined(tile.serviceLevel);
    assert.isUndefined(tile.abandonRate);
    assert.equal(tile.waiting, 0);
    assert.equal(tile.entered, 0);
    assert.equal(tile.answered, 0);
    assert.equal(tile.abandoned, 0);
    assert.equal(tile.shortAbandoned, 0);
  });

  test('arrivals count by their entry, answers by their own time', () => {
    // Entered 31 min ago, answered 29 min ago: in the last 30 minutes it is an answer and no arrival.
    const tile = new Day().answered(-31 * MINUTE, 2 * MINUTE).tile(0);
    assert.equal(tile.entered, 0);
    assert.equal(tile.answered, 1);
  });

  test('a mark leaves the window when it is as old as the window is long', () => {
    const day = new Day().answered(0, 10);
    assert.equal(day.tile(30 * MINUTE - 1).entered, 1);
    assert.equal(day.tile(30 * MINUTE).entered, 0);
    assert.equal(day.tile(30 * MINUTE + 10).answered, 0);
  });

  test('a clock estimate that steps back brings it into the window again', () => {
    const day = new Day().answered(0, 10);
    assert.equal(day.tile(30 * MINUTE + 5).entered, 0);
    day.caller(30 * MINUTE);
    assert.equal(day.tile(29 * MINUTE).entered, 2);
  });

  test('windows and thresholds can be changed later and count what was read before', () => {
    const day = new Day().answered(-20 * MINUTE, 5).answered(-5 * MINUTE, 5);
    assert.equal(day.tile(0).entered, 2);
    day.model.watch(1, tileRequest({ windowMs: 15 * MINUTE * 1_000 }));
    assert.equal(day.tile(0).entered, 1);
  });

  test('another queue is another tile', () => {
    const day = new Day(tileRequest({ queueId: '700' })).answered(0, 10);
    assert.equal(day.tile(60).entered, 0);
  });

  test('the queue is called what the stream calls it', () => {
    const day = new Day().caller(0, [
      1,
      'InteractionAssigned',
      { queueId: 591, agentId: 'ag1', attachedData: attached({ tenantSkillName: 'Customer Service' }) },
    ]);
    assert.deepEqual(day.tile(10).queue, { id: QUEUE, name: 'Customer Service' });
  });
});

suite('coverage', () => {
  test('before reading has begun everything is unknown', () => {
    const model = new StreamModel();
    model.watch(1, tileRequest());
    const tile = model.drain(T0)[0]?.data as TileView;
    const unknown: readonly (keyof TileView)[] = [
      'waiting',
      'ringing',
      'longestWaitSince',
      'serviceLevel',
      'entered',
      'answered',
      'abandoned',
      'shortAbandoned',
      'abandonRate',
    ];
    for (const key of unknown) assert.isUndefined(tile[key], key);
    assert.deepEqual(tile.coverage, { since: undefined, isPartial: true });
    assert.isTrue(tile.sparkline.every((value) => value === undefined));
  });

  test('a window that reaches back before the start is partial until it is covered', () => {
    const day = new Day(tileRequest(), 0);
    assert.deepEqual(day.tile(60).coverage, { since: T0, isPartial: true });
    assert.deepEqual(day.tile(30 * MINUTE).coverage, { since: T0, isPartial: false });
  });

  test('the drain is due at the end of the minute, and when the window is covered', () => {
    const day = new Day(tileRequest({ windowMs: 90_000 }), 0);
    day.tile(0);
    const minuteEnd = Math.ceil(T0 / 60_000) * 60_000;
    assert.equal(day.model.nextDue(), minuteEnd);
    assert.equal(day.model.nextDue(), minuteEnd, 'it stays due until it is drained');
    day.model.drain(minuteEnd);
    assert.equal(day.model.nextDue(), T0 + 90_000);
    const [update] = day.model.drain(T0 + 90_000);
    assert.isFalse(update?.data.kind === 'tile' && update.data.coverage.isPartial);
    assert.isAbove(day.model.nextDue() ?? 0, T0 + 90_000);
  });

  test('a gap begins the count anew, without the callers of before', () => {
    const day = new Day().caller(0).answered(1, 5);
    assert.equal(day.tile(10).entered, 2);
    day.model.gap({ kind: 'dropped', from: undefined, to: undefined }, T0 + 60_000, 'live');
    const tile = day.tile(61);
    assert.equal(tile.waiting, 0);
    assert.equal(tile.entered, 0);
    assert.deepEqual(tile.coverage, { since: T0 + 60_000, isPartial: true });
  });

  test('so does a gap before the time from which a clock that was ahead has reading begin', () => {
    const day = new Day(tileRequest(), 3_600).caller(0);
    assert.equal(day.tile(10).waiting, 1);
    day.model.gap({ kind: 'dropped', from: undefined, to: undefined }, T0 + 60_000, 'live');
    const tile = day.tile(61);
    assert.equal(tile.waiting, 0);
    assert.deepEqual(tile.coverage, { since: T0 + 60_000, isPartial: true });
  });

  test('an agent’s answer after the gap opens the visit late, with the right wait', () => {
    const day = new Day().caller(0);
    day.model.coverFrom(T0 + 60_000);
    day.model.take(
      entryOf(
        readInteraction({
          event: 'InteractionAssigned',
          queueId: 591,
          queueTime: T0 / 1_000,
          agentId: 'ag1',
          msgInfo: { timestamp: T0 + 70_000 },
        }),
      ),
    );
    assert.equal(day.tile(71).longestWaitSince, T0);
  });

  test('covering from the same time again, or from when a better clock says, forgets nothing', () => {
    const day = new Day(tileRequest(), 0).caller(1);
    day.model.coverFrom(T0);
    assert.equal(day.tile(2).waiting, 1);
    day.model.coverFrom(T0 + 500);
    assert.equal(day.tile(2).waiting, 1);
  });
});

suite('sparkline', () => {
  /** The full minute at or before a time. */
  const minute = (time: number) => Math.floor(time / 60_000);

  test('is the number waiting at the end of each of the last 30 minutes', () => {
    const day = new Day();
    const stays: readonly (readonly [number, number])[] = [
      [-1_500, 400],
      [-1_200, 59],
      [-600, 600],
      [-590, 1],
      [-61, 30],
      [-30, 100],
    ];
    for (const [from, lasts] of stays) day.answered(from, lasts);
    const now = T0 + 75_000;
    const { sparkline } = day.tile(75);
    assert.lengthOf(sparkline, 30);
    for (let index = 0; index < 30; index += 1) {
      const at = (minute(now) - 29 + index) * 60_000;
      const expected = stays.filter(
        ([from, lasts]) => T0 + from * 1_000 <= at && T0 + (from + lasts) * 1_000 > at,
      ).length;
      assert.equal(sparkline[index], expected, `sample ${index}`);
    }
  });

  test('is unknown before coverage began', () => {
    const { sparkline } = new Day(tileRequest(), -5 * MINUTE).tile(0);
    const known = sparkline.filter((value) => value !== undefined);
    assert.lengthOf(known, 5);
    assert.isUndefined(sparkline[0]);
  });

  test('a departure that was none is taken back', () => {
    const day = new Day().caller(
      -600,
      [-500, 'InteractionUnqueued'],
      [-300, 'InteractionAssigned', { agentId: 'ag1' }],
    );
    assert.isTrue(
      day
        .tile(0)
        .sparkline.slice(-9)
        .every((value) => value === 1),
    );
  });
});
