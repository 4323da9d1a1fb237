/** Worry: the headings of the history say a wrong day, or the same one twice. */
import { assert } from '@open-wc/testing';
import { feedItems } from '../../src/elements/feed-items.js';
import { en } from '../../src/i18n/en.js';
import { createWording } from '../../src/i18n/wording.js';
import type { FeedRow } from '../../src/protocol/views.js';

const wording = createWording(en, 'en-GB', 'UTC');
const time = (text: string): number => Date.parse(`2026-05-${text}Z`);
const NOW = time('12T00:30');

function rowAt(kind: 'event' | 'gap', text: string): FeedRow {
  const row = { id: `${kind} ${text}`, at: time(text), phase: 'missed' } as const;
  if (kind === 'gap')
    return { ...row, kind, gap: { kind: 'position-unknown', from: undefined, to: undefined } };
  const step = { sentence: { key: 'muted' }, icon: 'done', tone: 'neutral' } as const;
  return { ...row, ...step, kind, durationMs: undefined } as FeedRow;
}

/** Newest first: headings and ids of rows, as they are drawn. */
function drawn(rows: readonly FeedRow[], away: readonly string[] = []): readonly string[] {
  const items = feedItems(rows, new Set(away), NOW, wording);
  const keys = items.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, `keys are told apart: ${keys.join()}`);
  return items.map((item) => (item.kind === 'row' ? item.row.id : item.text));
}

suite('the headings of the history', () => {
  test('stand before each day', () => {
    const rows = [rowAt('event', '12T00:20'), rowAt('event', '12T00:10'), rowAt('event', '11T23:00')];
    const [newest = '', newer = '', old = ''] = rows.map(({ id }) => id);
    assert.deepEqual(drawn(rows), ['Today', newest, newer, 'Yesterday', old]);
  });

  test('take no day from a gap that was found after midnight, between events of the evening', () => {
    const rows = [rowAt('event', '11T23:59'), rowAt('gap', '12T00:01'), rowAt('event', '11T23:47')];
    assert.deepEqual(drawn(rows), ['Yesterday', ...rows.map(({ id }) => id)]);
    const later = rowAt('event', '12T00:20');
    assert.deepEqual(drawn([later, ...rows]), ['Today', later.id, 'Yesterday', ...rows.map(({ id }) => id)]);
  });

  test('say when a gap was found that nothing has followed', () => {
    const rows = [rowAt('gap', '12T00:01'), rowAt('event', '11T23:47')];
    const [gap = '', event = ''] = rows.map(({ id }) => id);
    assert.deepEqual(drawn(rows), ['Today', gap, 'Yesterday', event]);
  });

  test('keep a gap after what came while nobody looked in the day around it', () => {
    const rows = [rowAt('event', '11T23:59'), rowAt('gap', '12T00:01'), rowAt('event', '11T23:47')];
    const [away = '', gap = '', earlier = ''] = rows.map(({ id }) => id);
    assert.deepEqual(drawn(rows, [away]), [
      '1 while you were away',
      'Yesterday',
      away,
      'Yesterday, earlier',
      gap,
      earlier,
    ]);
  });

  test('are told apart where events come in another order than that of their times', () => {
    const rows = ['11T23:59', '12T00:01', '11T23:58', '12T00:00'].map((text) => rowAt('event', text));
    const headings = drawn(rows).filter((text) => !text.startsWith('event'));
    assert.deepEqual(headings, ['Yesterday', 'Today', 'Yesterday', 'Today']);
  });
});
