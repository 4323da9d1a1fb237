import { assert } from '@open-wc/testing';
import { en } from '../../src/i18n/en.js';
import { formatDuration } from '../../src/i18n/format-duration.js';
import { isolate, isolatedPieces, withoutIsolates } from '../../src/i18n/isolate.js';
import { createWording } from '../../src/i18n/wording.js';

const wording = createWording(en, 'en-GB', 'Europe/London');
const S = 1000;

suite('durations', () => {
  for (const [ms, text] of [
    [0, '0:00'],
    [999, '0:00'],
    [59_999, '0:59'],
    [401 * S, '6:41'],
    [3599 * S, '59:59'],
    [3600 * S, '1:00:00'],
    [86_399 * S, '23:59:59'],
    [27 * 3600 * S, '1 d 3 h'],
    [-5 * S, '0:00'],
  ] as const) {
    test(`${ms} ms is ${text}`, () => assert.equal(formatDuration(ms, en.days), text));
  }

  test('an unknown one is a dash', () => assert.equal(wording.duration(undefined), '–'));

  test('are spoken in full', () => {
    assert.equal(wording.spoken(161 * S), '2 minutes 41 seconds');
    assert.equal(wording.spoken(3661 * S), '1 hour 1 minute 1 second');
    assert.equal(wording.spoken(0), '0 seconds');
  });

  test('are rounded to one unit', () => {
    assert.deepEqual([2 * S, 12 * 60 * S, 3 * 3600 * S].map(wording.roughly), ['2 s', '12 min', '3 h']);
  });
});

suite('clock times', () => {
  const at = Date.UTC(2026, 4, 12, 13, 2, 31);

  test('are those of the zone, as the locale writes them', () => {
    assert.equal(wording.clock(at), '14:02');
    assert.equal(wording.clockSeconds(at), '14:02:31');
    assert.equal(createWording(en, 'en-GB', 'Asia/Kolkata').clock(at), '18:32');
    assert.match(createWording(en, 'en-US', 'Europe/London').clock(at), /^02:02\sPM$/);
  });

  test('know today, yesterday and the days before, by the zone', () => {
    const late = Date.UTC(2026, 4, 12, 22, 59);
    assert.equal(wording.day(late, late), 'Today');
    assert.equal(wording.day(late, late + 120_000), 'Yesterday');
    // Engines differ about the comma.
    assert.match(wording.day(late - 2 * 86_400_000, late), /^Sun,? 10 May$/);
    assert.equal(createWording(en, 'en-GB', 'UTC').day(late, late + 30_000), 'Today');
  });

  test('count from midnight in the zone', () => {
    assert.equal(wording.sinceMidnight(at), (14 * 3600 + 2 * 60 + 31) * S);
  });

  test('on a day that gains or loses an hour, count the hours that have passed', () => {
    const hour = 3600 * S;
    // 29 March 2026 has 23 hours in London, 25 October 25.
    assert.equal(wording.sinceMidnight(Date.UTC(2026, 2, 29, 11)), 11 * hour);
    assert.equal(wording.sinceMidnight(Date.UTC(2026, 9, 25, 12)), 13 * hour);
    assert.equal(wording.sinceMidnight(Date.UTC(2026, 9, 25, 0, 30)), 1.5 * hour);
    assert.equal(wording.sinceMidnight(Date.UTC(2026, 9, 26, 0, 30)), 0.5 * hour);
  });

  test('after a day that lost an hour, the day before it is not yesterday', () => {
    const monday = Date.UTC(2026, 2, 29, 23, 30);
    assert.equal(wording.day(Date.UTC(2026, 2, 29, 12), monday), 'Yesterday');
    assert.match(wording.day(Date.UTC(2026, 2, 28, 23, 30), monday), /^Sat,? 28 Mar$/);
    const sunday = Date.UTC(2026, 9, 25, 23, 30);
    assert.equal(wording.day(Date.UTC(2026, 9, 24, 12), sunday), 'Yesterday');
  });

  test('an unknown zone or locale is refused, as its callers expect', () => {
    assert.throws(() => createWording(en, undefined, 'Mars/Base'), RangeError);
    assert.throws(() => createWording(en, 'not a locale', undefined), RangeError);
  });
});

suite('English sentences', () => {
  const say = en.sentence;
  for (const [name, said, words] of [
    ['a new call', say['new-inbound']({ media: 'phone', caller: 'Ada' }), 'New call from Ada'],
    ['an outbound one', say['new-outbound']({ media: 'phone', caller: 'Ada' }), 'New outbound call to Ada'],
    ['no caller', say['new-inbound']({ media: 'chat' }), 'New chat'],
    ['a queue', say.waiting({ queue: 'Support' }), 'Waiting in Support'],
    [
      'an offer',
      say.offered({ caller: 'Ada', queue: 'Support', time: '1:12' }),
      'Offered: Ada · Support · waited 1:12',
    ],
    ['an offer without facts', say.offered({}), 'Offered'],
    ['an answer', say.answered({ time: '0:07' }), 'Answered after 0:07'],
    ['an outbound ring', say['ringing-customer']({ caller: 'Ada' }), 'Ringing Ada'],
    ['an outbound answer', say['customer-answered']({ caller: 'Ada' }), 'Ada answered'],
    ['a missed call', say.missed({}), 'Missed: not answered in time'],
    ['a declined call', say.declined({}), 'Declined'],
    ['an unexplained refusal', say['not-accepted']({}), 'Not accepted'],
    ['leaving a queue', say['left-queue']({}), 'Left the queue'],
    ['a queue time-out', say['queue-timeout']({ queue: 'Support' }), 'Waited too long in Support; moved on'],
    ['a hold', say['on-hold']({}), 'On hold'],
    ['the end of a hold', say['off-hold']({ time: '0:38' }), 'Back from hold after 0:38'],
    ['a recording', say.recording({ recording: 'started' }), 'Recording'],
    ['a paused recording', say.recording({ recording: 'paused' }), 'Recording paused'],
    ['a ready recording', say.recording({ recording: 'ready' }), 'Recording ready'],
    ['a wrap-up', say['wrap-up-started']({ time: '5:22' }), 'Wrap-up started · handled 5:22'],
    ['the end of a wrap-up', say['wrap-up-done']({ time: '0:52' }), 'Wrap-up done in 0:52'],
    ['an end', say['ended-by-customer']({ time: '6:41' }), 'Ended by customer · 6:41'],
    ['a failure', say.failed({ failure: 'noanswer' }), 'Failed: no answer'],
    ['a conference', say.conference({ people: '3' }), 'Conference: 3 people'],
    ['a status', say['agent-status']({ status: 3, reason: 'Lunch' }), 'On break – Lunch'],
    ['a skill', say.skill({ media: 'chat', isEnabled: true }), 'Skill turned on: chat'],
    ['an unknown event', say['event-name']({ name: 'Odd thing' }), 'Odd thing'],
  ] as const) {
    test(name, () => assert.equal(said, words));
  }

  test('tries are counted in ordinals', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 11, 21].map((n) => en.connection.attempt(n, '4 s')),
      [
        '1st try in 4 s',
        '2nd try in 4 s',
        '3rd try in 4 s',
        '4th try in 4 s',
        '11th try in 4 s',
        '21st try in 4 s',
      ],
    );
  });
});

suite('isolated text', () => {
  test('comes back in pieces, whatever marks the name itself carries', () => {
    const sentence = `New call from ${isolate('A\u2069da\u2068')}!`;
    assert.deepEqual(isolatedPieces(sentence), ['New call from ', 'Ada', '!']);
    assert.equal(withoutIsolates(sentence), 'New call from Ada!');
  });
});
