/** What intake says of the past: continuous, or a gap of some kind; and from when on it covers. */
import { assert } from '@open-wc/testing';
import type { Proof } from '../../src/worker/continuity.js';
import { formatMessageId } from '../../src/worker/message-id.js';
import type { Start } from '../../src/worker/start-position.js';
import { before, bench, EARLIEST, id, LATEST, NOW, text, type IntakeBench } from './support/intake-bench.js';

const frame = (ledger: number, entry: number): string =>
  JSON.stringify({
    messageId: text(ledger, entry),
    payload: 'e30=',
    publishTime: new Date(NOW - 500).toISOString(),
  });

suite('Intake, after a loss', () => {
  test('is continuous when the last message comes again, which is not shown twice', () => {
    const { intake, take, events, verdicts, gaps } = bench();
    intake.begin(LATEST, NOW);
    take(3, 1);
    intake.begin(before(id(3, 1)), NOW);
    take(3, 1);
    take(3, 2);
    assert.deepEqual(verdicts, ['continuous']);
    assert.isEmpty(gaps);
    assert.lengthOf(events, 2);
  });

  test('resumes after another tab’s message, which it neither shows nor covers', () => {
    const { intake, take, events, verdicts, gaps, covers } = bench();
    intake.begin(LATEST, NOW);
    intake.caughtUp();
    intake.standAfter(frame(3, 1));
    assert.isTrue(intake.cursor.hasPlace);
    assert.isFalse(intake.cursor.isOnScreen, 'nobody saves it');
    intake.begin(before(id(3, 1)), NOW);
    take(3, 1, 500);
    take(3, 2, 100);
    assert.deepEqual(verdicts, ['continuous']);
    assert.isEmpty(gaps);
    assert.deepEqual(events, ['E 2 missed']);
    assert.deepEqual(covers, [0]);
  });

  test('notices what was lost after another tab’s message', () => {
    const { intake, take, gaps } = bench();
    intake.begin(LATEST, NOW);
    intake.standAfter(frame(3, 1));
    intake.begin(before(id(3, 1)), NOW);
    take(5, 0);
    assert.deepEqual(
      gaps.map(({ kind, from }) => [kind, from?.messageId]),
      [['history-expired', text(3, 1)]],
    );
  });

  test('stands where its own messages are, and after nothing that cannot be read', () => {
    const { intake, take } = bench();
    intake.begin(LATEST, NOW);
    for (const data of [
      undefined,
      '{"messageId":"',
      '{"messageId":"!","payload":""}',
      `{"messageId":"!","payload":"","publishTime":"${new Date(NOW).toISOString()}"}`,
      '{"endOfTopic":false}',
      `{"messageId":"${text(3, 1)}","payload":""}`,
    ])
      intake.standAfter(data);
    assert.isFalse(intake.cursor.hasPlace);
    take(3, 5);
    intake.standAfter(frame(3, 9));
    assert.equal(intake.cursor.last?.messageId, text(3, 5));
    take(3, 6);
    assert.equal(intake.cursor.last?.messageId, text(3, 6));
  });

  test('says from where to where history has expired', () => {
    const { intake, take, gaps, verdicts, covers } = bench();
    intake.begin(LATEST, NOW - 5_000);
    take(3, 1, 5_000);
    intake.begin(before(id(3, 1)), NOW);
    take(5, 0);
    assert.deepEqual(verdicts, ['gap']);
    assert.deepEqual(covers, [-5_000, 0], 'nothing is covered across a gap');
    assert.equal(intake.counts(0, 1).gaps, 1);
    assert.deepEqual(gaps, [
      {
        kind: 'history-expired',
        from: { messageId: text(3, 1), publishTime: NOW - 5_000 },
        to: { messageId: text(5, 0), publishTime: NOW },
      },
    ]);
  });

  test('takes ids from before its start for another topic, and reads on', () => {
    const { intake, take, gaps, events } = bench();
    intake.restore({ messageId: text(9, 5), publishTime: NOW - 9_000 }, -Infinity);
    intake.begin(before(id(9, 5)), NOW);
    take(3, 0);
    take(3, 1);
    assert.deepEqual(
      gaps.map(({ kind }) => kind),
      ['position-unknown'],
    );
    assert.lengthOf(events, 2);
    assert.equal(intake.cursor.last?.messageId, text(3, 1));
  });

  test('takes what it has had for copies, where a service sends its last messages again before the start', () => {
    const { intake, take, gaps, events, verdicts } = bench();
    intake.begin(LATEST, NOW - 6_000);
    for (const entry of [1, 2, 3]) take(3, entry, 5_000);
    intake.begin(before(id(3, 3)), NOW);
    for (const entry of [1, 2, 3]) take(3, entry, 5_000);
    take(3, 4);
    assert.deepEqual(verdicts, ['continuous']);
    assert.isEmpty(gaps);
    assert.lengthOf(events, 4);
  });

  test('takes a message with an id that it has had, published at another time, for another topic’s', () => {
    const { intake, take, gaps } = bench();
    intake.begin(LATEST, NOW - 6_000);
    for (const entry of [1, 2, 3]) take(3, entry, 5_000);
    intake.begin(before(id(3, 3)), NOW);
    take(3, 1, 4_000);
    assert.deepEqual(
      gaps.map(({ kind }) => kind),
      ['position-unknown'],
    );
  });

  test('takes another message, published in the same moment as one that it has had, for another topic’s', () => {
    const { intake, take, gaps } = bench();
    intake.begin(LATEST, NOW - 6_000);
    for (const entry of [1, 2, 3]) take(3, entry, 5_000);
    intake.begin(before(id(3, 3)), NOW);
    take(2, 9, 5_000);
    assert.deepEqual(
      gaps.map(({ kind }) => kind),
      ['position-unknown'],
    );
  });

  test('knows a whole window of 1000 again, however often it has been filled', () => {
    const { intake, take, gaps, events } = bench();
    intake.begin(LATEST, NOW - 6_000);
    for (let entry = 1; entry <= 2_500; entry++) take(3, entry, 5_000);
    intake.begin(before(id(3, 2_500)), NOW);
    for (let entry = 1_501; entry <= 2_500; entry++) take(3, entry, 5_000);
    assert.isEmpty(gaps);
    assert.lengthOf(events, 2_500);
  });

  test('shows nothing twice where its place is lost again, though it had only another tab’s meanwhile', () => {
    const { intake, take, events } = bench();
    intake.begin(LATEST, NOW - 9_000);
    for (const entry of [1, 2, 3]) take(3, entry, 5_000);
    intake.begin(before(id(3, 3)), NOW);
    intake.forsake(NOW);
    intake.begin(LATEST, NOW);
    intake.standAfter(frame(2, 1));
    intake.begin(before(id(2, 1)), NOW);
    intake.forsake(NOW);
    intake.begin(LATEST, NOW);
    for (const entry of [2, 3]) take(3, entry, 5_000);
    assert.lengthOf(events, 3);
  });

  test('forgets a position that silence has shown to be unknown', () => {
    const { intake, gaps, covers } = bench();
    const saved = { messageId: text(9, 5), publishTime: NOW - 9_000 };
    intake.restore(saved, -Infinity);
    intake.begin(before(id(9, 5)), NOW);
    intake.forsake(NOW);
    assert.deepEqual(gaps, [{ kind: 'position-unknown', from: saved, to: undefined }]);
    assert.isUndefined(intake.cursor.last);
    assert.equal(covers.at(-1), 0, 'what came before is not known of');
  });

  suite('after silence has spoken against a position', () => {
    const saved = { messageId: text(9, 5), publishTime: NOW - 9_000 };
    const start = before(id(9, 5));
    const dated: Start = { ...start, proof: { ...start.proof, publishTime: saved.publishTime } as Proof };

    function silent(): IntakeBench {
      const made = bench();
      made.intake.restore(saved, -Infinity);
      made.intake.begin(dated, NOW);
      made.intake.forsake(NOW);
      return made;
    }

    for (const [name, entry, agoMs] of [
      ['the position itself', 5, 9_000],
      ['what was published before it', 4, 9_500],
    ] as const) {
      test(`takes its word back when ${name} comes late, and reads again from there`, () => {
        const { intake, take, log, events, answers, verdicts } = silent();
        take(9, entry, agoMs);
        assert.deepEqual(log, ['position found']);
        assert.deepEqual(intake.cursor.last, saved);
        intake.begin(before(id(9, 5)), NOW);
        take(9, 5, 9_000);
        take(9, 6, 8_000);
        assert.deepEqual(verdicts, ['gap', 'continuous']);
        assert.deepEqual(events, ['E 5 replayed', 'E 6 missed']);
        assert.lengthOf(answers, 2);
      });
    }

    for (const [name, ledger, entry, agoMs] of [
      ['a message of the same name that is younger', 9, 5, 0],
      ['something newer', 9, 6, 9_000],
      ['something from before the start', 9, 3, 9_500],
    ] as const) {
      test(`is not moved by ${name}, nor by what follows it`, () => {
        const { take, log, events } = silent();
        take(ledger, entry, agoMs);
        take(9, 7, 9_000);
        take(9, 5, 9_000);
        assert.notInclude(log, 'position found');
        assert.lengthOf(events, 2);
      });
    }

    test('takes its word back when a message comes that the page had named, and shows what follows', () => {
      const { intake, take, log, events, gaps } = bench();
      const named = { ...start, coversFrom: undefined, first: undefined, after: id(9, 5) };
      intake.restore({ messageId: text(3, 9), publishTime: NOW - 60_000 }, -Infinity);
      intake.begin(named, NOW);
      intake.forsake(NOW);
      assert.deepEqual(gaps, [{ kind: 'position-unknown', from: undefined, to: undefined }]);
      take(9, 5, 9_000);
      assert.deepEqual(log, ['position found']);
      intake.begin(named, NOW);
      take(9, 5, 9_000);
      take(9, 6, 8_000);
      assert.deepEqual(events, ['E 6 missed']);
    });

    test('is not moved by another socket', () => {
      const { intake, take, log, events } = silent();
      intake.begin(LATEST, NOW);
      take(9, 5, 9_000);
      assert.notInclude(log, 'position found');
      assert.lengthOf(events, 1);
    });
  });

  suite('where a frame that may have been the proof cannot be read', () => {
    const spoilt = (): IntakeBench => {
      const made = bench();
      made.intake.begin(LATEST, NOW - 6_000);
      made.take(3, 1, 5_000);
      made.intake.begin(before(id(3, 1)), NOW);
      made.intake.take('{"', NOW);
      return made;
    };
    const readAgain = ({ log }: IntakeBench): number => log.filter((one) => one === 'read again').length;

    test('reads once more, and so after a later loss', () => {
      const made = spoilt();
      const { intake, take, gaps, verdicts } = made;
      take(3, 2);
      intake.begin(before(id(3, 1)), NOW);
      take(3, 1, 5_000);
      take(3, 2);
      intake.begin(before(id(3, 2)), NOW);
      intake.take('{"', NOW);
      take(3, 3);
      assert.equal(readAgain(made), 2);
      assert.isEmpty(gaps);
      assert.deepEqual(verdicts, ['continuous']);
    });

    test('reads once more after a loss that follows a gap, too', () => {
      const made = spoilt();
      const { intake, take, gaps } = made;
      take(3, 2);
      intake.begin(before(id(3, 1)), NOW);
      take(3, 2);
      assert.lengthOf(gaps, 1);
      intake.begin(before(id(3, 2)), NOW);
      intake.take('{"', NOW);
      take(3, 3);
      assert.equal(readAgain(made), 2);
      assert.lengthOf(gaps, 1);
    });

    test('holds nothing against the next socket, on which all can be read', () => {
      const made = spoilt();
      const { intake, take, gaps } = made;
      intake.begin(before(id(3, 1)), NOW);
      take(3, 2);
      assert.equal(readAgain(made), 0);
      assert.lengthOf(gaps, 1);
    });
  });

  suite('the proof of a newer place, while an earlier position is sought', () => {
    const dated = (entry: number, agoMs: number, first = entry): Start => {
      const start = before(id(9, entry), id(9, first));
      return { ...start, proof: { ...start.proof, publishTime: NOW - agoMs } as Proof };
    };

    /** 9:5 is stored; of the window before it 9:1 and 9:2 have come when the connection is lost. */
    function onTheWay(): IntakeBench {
      const made = bench();
      made.intake.restore({ messageId: text(9, 5), publishTime: NOW - 5_000 }, -Infinity);
      made.intake.begin(dated(5, 5_000, 1), NOW);
      made.take(9, 1, 9_000);
      made.take(9, 2, 8_000);
      made.intake.begin(dated(2, 8_000), NOW);
      return made;
    }

    test('is no proof of that position: a gap begins where reading stood', () => {
      const { take, gaps, verdicts } = onTheWay();
      take(9, 2, 8_000);
      assert.isEmpty(verdicts);
      take(9, 7, 1_000);
      assert.deepEqual(
        gaps.map(({ kind, from, to }) => [kind, from?.messageId, to?.messageId]),
        [['history-expired', text(9, 2), text(9, 7)]],
      );
    });

    test('is all that is sought after a gap', () => {
      const { intake, take, gaps, verdicts } = onTheWay();
      take(9, 3, 7_000);
      assert.lengthOf(gaps, 1);
      intake.begin(dated(3, 7_000), NOW);
      take(9, 3, 7_000);
      take(9, 6, 1_000);
      assert.deepEqual(verdicts, ['gap', 'continuous']);
      assert.lengthOf(gaps, 1);
    });

    test('keeps that place when silence speaks against the position', () => {
      const { intake, take, gaps } = onTheWay();
      take(9, 2, 8_000);
      intake.forsake(NOW);
      assert.deepEqual(
        gaps.map(({ kind, from }) => [kind, from?.messageId]),
        [['position-unknown', text(9, 5)]],
      );
      assert.equal(intake.cursor.last?.messageId, text(9, 2));
    });

    test('leaves that position to be sought where the proof itself was only late', () => {
      const { intake, take, log, gaps } = onTheWay();
      intake.forsake(NOW);
      take(9, 2, 8_000);
      assert.include(log, 'position found');
      intake.begin(dated(2, 8_000), NOW);
      take(9, 2, 8_000);
      take(9, 7, 1_000);
      assert.deepEqual(
        gaps.map(({ kind }) => kind),
        ['position-unknown', 'history-expired'],
      );
    });
  });

  test('stands where the last copy was that came again after its place was lost', () => {
    const { intake, take, events } = bench();
    intake.begin(LATEST, NOW - 9_000);
    for (const entry of [1, 2, 3]) take(3, entry, 5_000);
    intake.begin(before(id(3, 3)), NOW);
    intake.forsake(NOW);
    assert.isFalse(intake.cursor.hasPlace);
    intake.begin(LATEST, NOW);
    take(3, 2, 5_000);
    assert.lengthOf(events, 3, 'it was shown twice');
    assert.equal(intake.cursor.last?.messageId, text(3, 2));
  });

  test('says nothing of what is stored when it is something else that the page had named', () => {
    const { intake, take, gaps } = bench();
    intake.restore({ messageId: text(3, 9), publishTime: NOW - 60_000 }, -Infinity);
    intake.begin({ ...before(id(9, 5)), after: id(9, 5) }, NOW);
    take(9, 8, 9_000);
    const to = { messageId: text(9, 8), publishTime: NOW - 9_000 };
    assert.deepEqual(gaps, [{ kind: 'history-expired', from: undefined, to }]);
  });

  test('keeps what has come on this topic when the position sought is not on it', () => {
    const { intake, take, gaps, events } = bench();
    const saved = { messageId: text(9, 5), publishTime: NOW - 9_000 };
    intake.restore(saved, -Infinity);
    intake.begin({ ...before(id(9, 5)), proof: { kind: 'awaiting', last: id(9, 5), start: undefined } }, NOW);
    take(3, 0);
    intake.forsake(NOW);
    assert.deepEqual(gaps[0]?.from, saved);
    assert.equal(intake.cursor.last?.messageId, text(3, 0));
    take(3, 0);
    assert.lengthOf(events, 1, 'it was shown twice');
    take(3, 1, 30_000);
    assert.equal(events.at(-1), 'E 1 missed', 'no earlier visit has seen this topic');
    assert.equal(intake.cursor.shown?.messageId, text(3, 1));
  });

  test('says no-cursor once dropped before anything came, and not on the first dial', () => {
    const { intake, gaps, take } = bench();
    intake.begin(LATEST, NOW);
    assert.isEmpty(gaps);
    intake.begin(LATEST, NOW);
    assert.deepEqual(gaps, [{ kind: 'no-cursor', from: undefined, to: undefined }]);
    intake.begin(LATEST, NOW);
    take(3, 1);
    assert.lengthOf(gaps, 1, 'one time without data');
  });

  test('says one gap, not two, for a refused position', () => {
    const { intake, gaps, covers } = bench();
    intake.restore({ messageId: text(9, 5), publishTime: NOW }, -Infinity);
    intake.begin(before(id(9, 5)), NOW);
    intake.refused(intake.cursor.last, NOW);
    assert.deepEqual(covers, [-60_000, 0]);
    for (let losses = 0; losses < 2; losses++) intake.begin(LATEST, NOW);
    assert.deepEqual(
      gaps.map(({ kind }) => kind),
      ['position-refused'],
    );
  });

  test('covers the window that it asked for', () => {
    const { intake, take, covers } = bench();
    intake.begin(before(id(3, 9), id(3, 1)), NOW);
    take(3, 1, 60_000);
    take(3, 2, 50_000);
    assert.deepEqual(covers, [-60_000]);
  });

  test('covers less when retention has taken the beginning of the window', () => {
    const { intake, take, covers } = bench();
    intake.begin(before(id(3, 9), id(3, 1)), NOW);
    take(3, 5, 20_000);
    take(3, 6, 10_000);
    assert.deepEqual(covers, [-60_000, -20_000]);
  });

  test('covers no more than it asked for, though what is left of the beginning is older', () => {
    const { intake, take, covers } = bench();
    intake.begin({ ...before(id(3, 9), id(3, 1)), coversFrom: NOW - 10_000 }, NOW);
    take(3, 2, 50_000);
    take(3, 3, 5_000);
    assert.deepEqual(covers, [-10_000]);
  });

  test('covers less, too, where something from before the beginning comes first', () => {
    const { intake, take, covers } = bench();
    intake.begin(before(id(3, 9), id(3, 1)), NOW);
    take(3, 0, 61_000);
    take(3, 5, 20_000);
    assert.deepEqual(covers, [-60_000, -20_000]);
  });

  test('covers from the first event on where nothing was promised, and not less with each', () => {
    const { intake, take, covers } = bench();
    intake.begin(EARLIEST, NOW);
    for (const entry of [1, 2, 3]) take(3, entry, 60_000 - entry);
    assert.deepEqual(covers, [-59_999]);
  });

  test('takes in the partitions of a topic side by side', () => {
    const { intake, events, gaps } = bench();
    const parts = [0, 1].map((partition) => ({ ...id(3, 1), partition }));
    intake.restore(
      { messageId: formatMessageId({ ...id(3, 1), partition: 0 }), publishTime: NOW },
      -Infinity,
    );
    intake.begin(
      { ...EARLIEST, proof: { kind: 'awaiting', last: { ...id(3, 1), partition: 0 }, start: undefined } },
      NOW,
    );
    for (const part of [{ ...id(9, 4), partition: 1 }, ...parts]) {
      intake.take(JSON.stringify({ messageId: formatMessageId(part), payload: 'e30=' }), NOW);
    }
    assert.lengthOf(events, 2, 'the older one of partition 1 is a copy by its order, the others are not');
    assert.isEmpty(gaps);
  });

  test('takes nothing of one partition for seen because another was seen up to there', () => {
    const { intake, events } = bench();
    const part = (partition: number, entry: number): string =>
      formatMessageId({ ...id(3, entry), partition });
    intake.restore({ messageId: part(0, 5), publishTime: NOW }, -Infinity);
    intake.begin(EARLIEST, NOW);
    const publishTime = new Date(NOW - 60_000).toISOString();
    for (const messageId of [part(1, 2), part(0, 4), part(0, 6)])
      intake.take(JSON.stringify({ messageId, payload: 'e30=', publishTime }), NOW);
    assert.deepEqual(events, ['E 2 missed', 'E 4 replayed', 'E 6 missed']);
  });
});
