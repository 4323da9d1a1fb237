/** Worry: would the judge of the random schedules notice? What it must call lost, doubled or false, and what not. */
import { assert } from '@open-wc/testing';
import type { Gap, GapKind } from '../../src/protocol/connection-status.js';
import type { WidgetError } from '../../src/protocol/errors.js';
import { Judgement, type Truth } from '../support/faults/judgement.js';

const idOf = (seq: number): string => `id-${seq}`;
const at = (seq: number): Gap['from'] => ({ messageId: idOf(seq), publishTime: 0 });

function judge({
  named = [] as readonly number[],
  nameless = [] as readonly number[],
  gone = [] as readonly number[],
  errors = [] as readonly WidgetError[],
} = {}): Judgement {
  const truth: Truth = {
    seqOf: (messageId) => Number(messageId.slice('id-'.length)),
    has: (seq) => !gone.includes(seq),
    owed: (after, before) => Array.from({ length: before - after - 1 }, (_, i) => after + 1 + i),
    spoilt: { named: new Set(named), nameless: new Set(nameless) },
  };
  return new Judgement(truth, errors);
}

const came = (...seqs: readonly number[]) => seqs.map((seq, i) => ({ seq, inUpdate: i + 1 }));
const gap = (
  inUpdate: number,
  from: number | undefined,
  to: number | undefined,
  kind: GapKind = 'history-expired',
) => ({
  inUpdate,
  gap: {
    kind,
    from: from === undefined ? undefined : at(from),
    to: to === undefined ? undefined : at(to),
  },
});
const error = (seq?: number): WidgetError => ({
  code: seq === undefined ? 'frame-not-json' : 'payload-not-json',
  message: '',
  messageId: seq === undefined ? undefined : idOf(seq),
});

suite('The judge of the random schedules', () => {
  test('is content with everything once and in order', () => {
    assert.deepEqual(judge().ofOrder(-1, came(0, 1, 2), []), []);
  });

  test('notices what is lost at the start and in the middle', () => {
    assert.deepEqual(judge().ofOrder(-1, came(1, 2), []), [
      'no gap: 1 lost between message -1 and message 1',
    ]);
    assert.deepEqual(judge().ofOrder(-1, came(0, 3), []), ['no gap: 2 lost between message 0 and message 3']);
  });

  test('notices what comes twice or out of order', () => {
    assert.include(
      judge()
        .ofOrder(-1, came(0, 1, 1), [])
        .join(),
      'twice or out of order',
    );
    assert.include(
      judge()
        .ofOrder(-1, came(0, 2, 1), [gap(2, 0, 2)])
        .join(),
      'twice or out of order',
    );
  });

  test('takes a gap for what is missing in its own place, from where the page was to where it goes on', () => {
    assert.deepEqual(judge().ofOrder(-1, came(0, 3), [gap(2, 0, 3)]), []);
    assert.deepEqual(judge().ofOrder(-1, came(0, 3), [gap(2, undefined, undefined)]), []);
    assert.include(
      judge()
        .ofOrder(-1, came(0, 3), [gap(3, 0, 3)])
        .join(),
      'no gap',
    );
    assert.include(
      judge()
        .ofOrder(-1, came(0, 1, 4), [gap(3, 0, 4)])
        .join(),
      'a gap of other ends',
    );
    assert.include(
      judge()
        .ofOrder(-1, came(0, 3, 4), [gap(2, 0, 4)])
        .join(),
      'a gap of other ends',
    );
  });

  test('takes a gap that silence told of after what came meanwhile, where it begins where the page was', () => {
    const late = (from: number, to?: number, kind: GapKind = 'position-unknown') =>
      judge().ofOrder(-1, came(0, 3), [gap(9, from, to, kind)]);
    assert.deepEqual(late(0), []);
    for (const other of [late(1), late(0, 3), late(0, undefined, 'history-expired')])
      assert.deepEqual(other, ['no gap: 2 lost between message 0 and message 3']);
  });

  test('takes an error for a message that arrived spoilt, and for no other', () => {
    assert.deepEqual(judge({ named: [1], errors: [error(1)] }).ofOrder(-1, came(0, 2), []), []);
    assert.deepEqual(judge({ nameless: [1], errors: [error()] }).ofOrder(-1, came(0, 2), []), []);
    for (const given of [
      { named: [1] },
      { nameless: [1] },
      { errors: [error(1)] },
      { named: [1], errors: [error(2)] },
      { named: [1], errors: [error()] },
    ])
      assert.include(judge(given).ofOrder(-1, came(0, 2), []).join(), 'no gap', JSON.stringify(given));
  });

  test('takes an error without a name for one message, and for no more', () => {
    const two = { nameless: [1, 3] };
    assert.deepEqual(judge({ ...two, errors: [error(), error()] }).ofOrder(-1, came(0, 2, 4), []), []);
    assert.deepEqual(judge({ ...two, errors: [error()] }).ofOrder(-1, came(0, 2, 4), []), [
      'no gap: 1 lost between message 2 and message 4',
    ]);
  });

  test('lets a gap begin or end at a message that arrived spoilt', () => {
    const spoilt = judge({ named: [1, 4], errors: [error(1), error(4)] });
    assert.deepEqual(spoilt.ofOrder(-1, came(0, 5), [gap(2, 1, 4)]), []);
    assert.include(
      judge()
        .ofOrder(-1, came(0, 5), [gap(2, 1, 4)])
        .join(),
      'a gap of other ends',
    );
  });

  test('calls a gap false where what it begins after is still there, unless nobody could read its name', () => {
    for (const kind of ['history-expired', 'position-unknown'] as const) {
      assert.include(
        judge()
          .ofGap(gap(1, 3, 5, kind).gap)
          .join(),
        'a false gap',
      );
      assert.deepEqual(judge({ gone: [3] }).ofGap(gap(1, 3, 5, kind).gap), []);
      assert.deepEqual(judge({ nameless: [3] }).ofGap(gap(1, 3, 5, kind).gap), []);
    }
  });
});
