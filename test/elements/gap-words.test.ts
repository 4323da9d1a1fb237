/** Worry: a gap names two times of day, and nobody can tell which days they are of. */
import { assert } from '@open-wc/testing';
import { gapInWords } from '../../src/elements/parts/gap-row.js';
import { en } from '../../src/i18n/en.js';
import { createWording } from '../../src/i18n/wording.js';
import type { GapKind } from '../../src/protocol/connection-status.js';

const at = (text: string): number => Date.parse(`2026-05-${text}+01:00`);

function said(
  kind: GapKind,
  from: string | undefined,
  to: string | undefined,
  foundAt: string,
  locale = 'en-GB',
): string {
  const position = (text: string | undefined) =>
    text === undefined ? undefined : { messageId: text, publishTime: at(text) };
  const gap = { kind, from: position(from), to: position(to) };
  return gapInWords(gap, at(foundAt), createWording(en, locale, 'Europe/London'));
}

// WebKit's locale data has a comma after the weekday.
suite('a gap in words', () => {
  test('within one day has its times only', () => {
    const words = said('history-expired', '12T13:52', '12T13:55', '12T13:55');
    assert.equal(words, 'No data 13:52–13:55: the service no longer has it');
    assert.match(said('history-expired', '12T13:52:01', '12T13:52:58', '12T13:52:58'), /^No data at 13:52: /);
    assert.match(said('position-unknown', '12T13:52', undefined, '12T14:02'), /^No data from 13:52: /);
    assert.match(said('no-cursor', undefined, undefined, '12T14:02'), /^No data for a while: /);
  });

  test('over midnight names both days, of the time zone that is shown', () => {
    const words = said('history-expired', '11T23:58', '12T00:04', '12T00:04');
    assert.match(words, /^No data Mon,? 11 May 23:58 – Tue,? 12 May 00:04: /);
  });

  test('of exactly a day is no moment', () => {
    const words = said('history-expired', '11T13:52', '12T13:52', '12T13:52');
    assert.match(words, /^No data Mon,? 11 May 13:52 – Tue,? 12 May 13:52: /);
  });

  test('that began on a day before the one it was found on names that day', () => {
    assert.match(
      said('position-unknown', '11T17:00', undefined, '12T08:55'),
      /^No data from Mon,? 11 May 17:00: /,
    );
    assert.match(
      said('history-expired', '11T17:00', '11T17:30', '12T08:55'),
      /^No data Mon,? 11 May 17:00 – /,
    );
  });

  test('keeps the two ends of a span apart where the locale writes times with a blank', () => {
    assert.match(said('history-expired', '12T13:52', '12T13:55', '12T13:55', 'en-US'), /52.PM – 01:55.PM: /);
  });
});
