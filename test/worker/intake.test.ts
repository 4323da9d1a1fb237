/** One message after the other: taken in once, answered once, in its phase. */
import { assert } from '@open-wc/testing';
import { before, bench, EARLIEST, id, LATEST, NOW, text } from './support/intake-bench.js';

suite('Intake', () => {
  test('delivers a message, answers it, and then counts it as taken', () => {
    const { intake, take, log } = bench();
    intake.begin(LATEST, NOW);
    intake.caughtUp();
    take(3, 1);
    assert.deepEqual(log, ['deliver', 'acknowledge', 'taken']);
    assert.equal(intake.cursor.last?.messageId, text(3, 1));
    assert.isTrue(intake.cursor.isOnScreen);
  });

  test('drops what it has had, and answers it all the same', () => {
    const { intake, take, events, answers } = bench();
    intake.begin(EARLIEST, NOW);
    for (const entry of [1, 2, 2, 1, 3]) take(3, entry, 60_000);
    assert.lengthOf(events, 3);
    assert.lengthOf(answers, 5);
    const counts = intake.counts(5, 0);
    assert.deepInclude(counts, { received: 5, delivered: 3, duplicates: 2, rejected: 0 });
  });

  test('tells replayed, missed and live apart', () => {
    const { intake, take, events } = bench();
    intake.restore({ messageId: text(3, 2), publishTime: NOW - 60_000 }, -Infinity);
    intake.begin(before(id(3, 2), id(3, 1)), NOW);
    take(3, 1, 70_000);
    take(3, 2, 60_000);
    take(3, 3, 50_000);
    take(3, 4, 0);
    take(3, 5, 0);
    assert.deepEqual(events, ['E 1 replayed', 'E 2 replayed', 'E 3 missed', 'E 4 live', 'E 5 live']);
  });

  test('calls history replayed where there was no earlier visit', () => {
    const { intake, take, events } = bench();
    intake.begin(EARLIEST, NOW);
    take(3, 1, 60_000);
    assert.deepEqual(events, ['E 1 replayed']);
  });

  test('calls what came during a loss missed', () => {
    const { intake, take, events } = bench();
    intake.begin(LATEST, NOW);
    intake.caughtUp();
    take(3, 1, 60_000);
    intake.begin(before(id(3, 1)), NOW);
    take(3, 1, 60_000);
    take(3, 2, 30_000);
    assert.deepEqual(events, ['E 1 live', 'E 2 missed']);
  });

  test('does not show what is older than was asked for, but takes it in', () => {
    const { intake, take, events, answers, covers } = bench();
    intake.restore(undefined, NOW - 30_000);
    intake.begin(EARLIEST, NOW);
    take(3, 1, 60_000);
    take(3, 2, 10_000);
    assert.lengthOf(events, 1);
    assert.lengthOf(answers, 2);
    assert.deepEqual(covers, [-10_000]);
  });

  const bad: readonly (readonly [string, unknown, string])[] = [
    ['a frame that is no JSON', 'hello', 'frame-not-json'],
    ['an id that cannot be read', '{"messageId":"garbage!","payload":"e30="}', 'frame-not-a-message'],
    ['a payload that is no base64', `{"messageId":"${text(3, 1)}","payload":"***"}`, 'payload-not-base64'],
    ['a payload that is no JSON', `{"messageId":"${text(3, 1)}","payload":"ew=="}`, 'payload-not-json'],
    [
      'a payload that is no object',
      `{"messageId":"${text(3, 1)}","payload":"W10="}`,
      'payload-not-an-object',
    ],
  ];
  for (const [name, frame, code] of bad) {
    test(`answers ${name}, and takes the next message in`, () => {
      const { intake, take, events, answers, errors } = bench();
      intake.begin(LATEST, NOW);
      assert.equal(intake.take(frame, NOW), 'news');
      assert.deepEqual(errors, [code]);
      assert.lengthOf(answers, 1);
      take(3, 2);
      assert.include(events.at(-1), 'E 2');
      assert.lengthOf(answers, 2);
      assert.deepInclude(intake.counts(2, 0), { received: 2, rejected: 1 });
    });
  }

  test('says no id back that is longer than any: the answer would end the session', () => {
    const { intake, answers } = bench();
    intake.begin(LATEST, NOW);
    for (const messageId of ['garbage!', 'A'.repeat(2_000_000)])
      intake.take(JSON.stringify({ messageId, payload: 'e30=' }), NOW);
    assert.deepEqual(answers, ['garbage!', '']);
    assert.deepInclude(intake.counts(2, 0), { received: 2, rejected: 2 });
  });

  test('stands after the message that came last, whatever the clock of its producer said', () => {
    const { intake, take } = bench();
    intake.begin(LATEST, NOW);
    take(3, 1, 0);
    take(3, 2, 30_000);
    assert.deepEqual(intake.cursor.last, { messageId: text(3, 2), publishTime: NOW - 30_000 });
  });

  for (const [name, offsetMs, coveredMs] of [
    ['of its own time, where it was published late', -15_000, -25_000],
    ['of no time before what was asked for', -3_600_000, -30_000],
    ['of no time that is still to come', 60_000, -10_000],
  ] as const) {
    test(`takes an event for one ${name}, when it tells what is covered`, () => {
      const { intake, take, covers } = bench((_payload, publishTime) => ({
        kind: 'other',
        name: 'E',
        at: publishTime + offsetMs,
        guid: undefined,
        agentId: undefined,
      }));
      intake.restore(undefined, NOW - 30_000);
      intake.begin(EARLIEST, NOW);
      take(3, 1, 10_000);
      assert.deepEqual(covers, [coveredMs]);
    });
  }

  test('moves past a message that it cannot read, so that it does not come again', () => {
    const { intake, take } = bench();
    intake.begin(LATEST, NOW);
    take(3, 1, 0, '***');
    assert.equal(intake.cursor.last?.messageId, text(3, 1));
  });

  test('loses one event, not the stream, to a fault of its own', () => {
    const { intake, take, errors, answers } = bench(() => {
      throw new Error('secret');
    });
    intake.begin(LATEST, NOW);
    take(3, 1);
    assert.deepEqual(errors, ['internal']);
    assert.lengthOf(answers, 1);
  });

  test('answers no control frame, and counts none', () => {
    const { intake, answers, log } = bench();
    intake.begin(LATEST, NOW);
    assert.equal(intake.take('{"type":"AUTH_CHALLENGE"}', NOW), 'nothing');
    assert.equal(intake.take('{"endOfTopic":true}', NOW), 'nothing');
    assert.isEmpty(answers);
    assert.deepEqual(log, ['end-of-topic true']);
    assert.deepEqual(intake.counts(0, 0), {
      received: 0,
      acknowledged: 0,
      delivered: 0,
      duplicates: 0,
      redelivered: 0,
      rejected: 0,
      reconnects: 0,
      gaps: 0,
    });
  });

  test('takes a message without a time for one of now', () => {
    const { intake } = bench();
    intake.begin(LATEST, NOW);
    intake.take(`{"messageId":"${text(3, 1)}","payload":"e30="}`, NOW);
    assert.equal(intake.cursor.last?.publishTime, NOW);
  });
});
