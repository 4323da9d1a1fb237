import { assert, fixtureCleanup } from '@open-wc/testing';
import { TILE_EXAMPLES, tileView } from '../../demo/gallery-states.js';
import { sparkGeometry } from '../../src/elements/parts/sparkline.js';
import { serviceLevelLevel, waitLevel } from '../../src/elements/tile-levels.js';
import type { X8MetricsEvent } from '../../src/events/x8-metrics-event.js';
import type { TileView } from '../../src/protocol/views.js';
import {
  allInside,
  clock,
  inside,
  resetClock,
  type StillTile,
  tileFixture,
  wordsIn,
} from './support/still-elements.js';

const LIVE = { kind: 'live', since: 0 } as const;

async function showing(
  view: TileView,
  attributes: Readonly<Record<string, string>> = {},
): Promise<StillTile> {
  const tile = await tileFixture({ 'sla-target': '80', 'sla-threshold': '120', ...attributes });
  tile.still.show({ connection: LIVE, view });
  await tile.updateComplete;
  return tile;
}

const label = (tile: StillTile): string => inside(tile, '[role="group"]').getAttribute('aria-label') ?? '';

suite('the tile', () => {
  setup(resetClock);
  teardown(fixtureCleanup);

  test('says what is the matter in whole sentences', async () => {
    const tile = await showing(tileView({}));
    for (const [connection, said] of [
      [
        { kind: 'offline', since: 0, retryAt: 1 },
        ' · No network. This device is offline. What came so far stays.',
      ],
      [
        { kind: 'ended', since: 0 },
        'Ended · The stream has ended. The service closed this topic: nothing more',
      ],
    ] as const) {
      tile.still.show({ connection });
      await tile.updateComplete;
      const { title } = inside(tile, '.mark');
      assert.notInclude(title, '..');
      assert.include(title, said);
      assert.equal(wordsIn(tile, '.mark'), title);
    }
    tile.still.show({ connection: LIVE, lastMessageAt: clock.now });
    await tile.updateComplete;
    assert.equal(inside(tile, '.mark').title, 'Live');
  });

  test('says itself in one phrase', async () => {
    const tile = await showing(tileView({}));
    assert.equal(
      label(tile),
      'Support queue: 7 waiting, longest wait 2 minutes 41 seconds, service level 82%, target 80%',
    );
  });

  test('what is not known is a dash, never 0', async () => {
    const view = TILE_EXAMPLES.find(({ name }) => name === 'nothing known yet')?.state.view;
    assert.isDefined(view);
    const tile = await showing(view);
    assert.deepEqual(
      allInside(tile, '.value').map(({ textContent }) => textContent?.trim()),
      ['–', '–', '–'],
    );
    assert.notMatch(wordsIn(tile).replace('target 80%', '').replace('last 30 min', ''), /\d/);
    assert.include(label(tile), 'unknown waiting, longest wait unknown, service level unknown');
  });

  test('a host page that changes what an event tells changes nothing in the tile', async () => {
    const change = ({ metrics }: X8MetricsEvent): void => void Object.assign(metrics, { waiting: 99 });
    document.body.addEventListener('x8-metrics', change);
    const tile = await showing(tileView({ waiting: 7 }));
    document.body.removeEventListener('x8-metrics', change);
    assert.include(label(tile), '7 waiting');
  });

  test('nobody waiting is 0, and the longest wait with it', async () => {
    const tile = await showing(tileView({ waiting: 0, longestWaitSince: undefined }));
    assert.deepEqual(
      allInside(tile, '.value').map(({ textContent }) => textContent?.trim()),
      ['0', '0:00', '82%'],
    );
  });

  test('the longest wait ticks by itself', async () => {
    const tile = await showing(tileView({}));
    clock.now += 60_000;
    tile.requestUpdate();
    await tile.updateComplete;
    assert.equal(wordsIn(tile, '.longest .value'), '3:41');
  });

  test('numbers grow old after 15 s without a connection, not before', async () => {
    const tile = await showing(tileView({}));
    tile.still.show({
      connection: { kind: 'offline', since: clock.now, retryAt: undefined },
    });
    clock.now += 14_000;
    tile.requestUpdate();
    await tile.updateComplete;
    assert.equal(wordsIn(tile, '.foot'), 'Offline since 14:02');
    assert.isFalse(inside(tile, '.tile').classList.contains('dimmed'));
    clock.now += 1000;
    tile.requestUpdate();
    await tile.updateComplete;
    assert.equal(wordsIn(tile, '.foot'), 'as of 14:02:31');
    assert.isTrue(inside(tile, '.tile').classList.contains('dimmed'));
    tile.still.show({ connection: LIVE });
    await tile.updateComplete;
    assert.equal(wordsIn(tile, '.foot'), 'since 09:12 · partial');
  });

  test('how old they are is said by the clock of all other times', async () => {
    const tile = await showing(tileView({}));
    const aheadMs = 3_600_000;
    const connection = { kind: 'offline', since: clock.now + aheadMs, retryAt: undefined } as const;
    tile.still.show({ clockSkewMs: aheadMs });
    await tile.updateComplete;
    tile.still.show({ connection });
    clock.now += 15_000;
    tile.requestUpdate();
    await tile.updateComplete;
    assert.equal(wordsIn(tile, '.foot'), 'as of 14:02:31');
  });

  test('numbers that are as of a moment are those of that moment: the longest wait stands still', async () => {
    const tile = await showing(tileView({}));
    tile.still.show({ connection: { kind: 'offline', since: clock.now, retryAt: undefined } });
    clock.now += 60_000;
    tile.requestUpdate();
    await tile.updateComplete;
    assert.equal(wordsIn(tile, '.foot'), 'as of 14:02:31');
    assert.equal(wordsIn(tile, '.longest .value'), '2:41');
    assert.include(label(tile), 'longest wait 2 minutes 41 seconds');
  });

  test('what does not pass by itself is said in a note, what does is left to the foot', async () => {
    const notes: Record<string, string | undefined> = {};
    for (const { name, state } of TILE_EXAMPLES.slice(5)) {
      if (state.connection === undefined) continue;
      const tile = await tileFixture();
      tile.still.show(state);
      await tile.updateComplete;
      notes[name] = allInside(tile, '.note')[0]?.textContent?.trim();
    }
    assert.deepInclude(notes, {
      reconnecting: undefined,
      connecting: undefined,
      'old numbers': 'No network.',
      unstable: 'The connection keeps dropping.',
      'nothing for ten minutes': 'Nothing yet.',
      ended: 'The stream has ended.',
      'disconnected by the page': 'Not connected.',
      'access refused': 'The service refuses access.',
    });
  });

  test('the label, then the host page, then the stream name the queue', async () => {
    const tile = await showing(tileView({ queue: { id: '592', name: 'From the stream' } }));
    assert.equal(wordsIn(tile, '.name'), 'From the stream');
    tile.queueNames = { '592': 'From the page' };
    await tile.updateComplete;
    assert.equal(wordsIn(tile, '.name'), 'From the page');
    tile.label = '<b>Mine</b>';
    await tile.updateComplete;
    assert.equal(wordsIn(tile, '.name'), '<b>Mine</b>');
  });

  test('without a target nothing is compared', async () => {
    const tile = await tileFixture();
    tile.still.show({ connection: LIVE, view: tileView({ serviceLevel: 0.1 }) });
    await tile.updateComplete;
    assert.lengthOf(allInside(tile, '.bullet'), 0);
    assert.lengthOf(allInside(tile, '.service-level.t-bad'), 0);
    assert.notInclude(label(tile), 'target');
  });

  for (const { name, width, height, seen, unseen } of [
    {
      name: 'S',
      width: 160,
      height: 112,
      seen: ['.waiting', '.longest', '.foot'],
      unseen: ['.trend', '.service'],
    },
    {
      name: 'M',
      width: 280,
      height: 176,
      seen: ['.trend', '.service', '.counts', '.foot'],
      unseen: ['.metric.service-level'],
    },
    {
      name: 'L',
      width: 480,
      height: 280,
      seen: ['.trend', '.metric.service-level', '.trend-label'],
      unseen: ['.service-value'],
    },
    { name: 'XS', width: 96, height: 64, seen: ['.waiting', '.longest'], unseen: ['.foot', '.trend'] },
  ] as const) {
    test(`at size ${name} shows what fits, and all of it inside`, async () => {
      const tile = await showing(tileView({}));
      tile.style.inlineSize = `${width}px`;
      tile.style.blockSize = `${height}px`;
      const box = tile.getBoundingClientRect();
      for (const selector of seen) {
        const part = inside(tile, selector).getBoundingClientRect();
        assert.isAbove(part.width * part.height, 0, selector);
        assert.isAtMost(part.bottom, box.bottom, selector);
        assert.isAtMost(part.right, box.right + 0.5, selector);
      }
      for (const selector of unseen)
        assert.equal(getComputedStyle(inside(tile, selector)).display, 'none', selector);
    });
  }

  suite('levels', () => {
    test('a wait is near its target from three quarters on and over it from the whole', () => {
      assert.equal(waitLevel(74_999, 100_000, 'normal'), 'normal');
      assert.equal(waitLevel(75_000, 100_000, 'normal'), 'warn');
      assert.equal(waitLevel(100_000, 100_000, 'normal'), 'bad');
      assert.equal(waitLevel(undefined, 100_000, 'bad'), 'unknown');
    });

    test('a level is left only a tenth on the better side of its line', () => {
      assert.equal(waitLevel(91_000, 100_000, 'bad'), 'bad');
      assert.equal(waitLevel(89_000, 100_000, 'bad'), 'warn');
      assert.equal(waitLevel(68_000, 100_000, 'warn'), 'warn');
      assert.equal(waitLevel(67_000, 100_000, 'warn'), 'normal');
    });

    test('a service level is judged from five finished visits on', () => {
      assert.equal(serviceLevelLevel(0.5, 0.8, 4), 'unknown');
      assert.equal(serviceLevelLevel(0.5, 0.8, 5), 'bad');
      assert.equal(serviceLevelLevel(0.75, 0.8, 5), 'warn');
      assert.equal(serviceLevelLevel(0.8, 0.8, 5), 'good');
      assert.equal(serviceLevelLevel(0.8, undefined, 5), 'unknown');
    });
  });

  suite('sparkline', () => {
    test('says its low, high and newest in words', async () => {
      const tile = await showing(tileView({}));
      assert.equal(
        inside(tile, '.sparkline').getAttribute('aria-label'),
        'Waiting, last 30 minutes: low 0, high 9, now 7',
      );
    });

    test('leaves a hole where nothing is known', () => {
      const { line, last } = sparkGeometry([undefined, 1, undefined, 2]);
      assert.equal(line, 'M30 16H60M90 2H120');
      assert.deepEqual(last, { x: 120, y: 2 });
    });

    test('marks no newest sample where it is not known', () => {
      assert.isUndefined(sparkGeometry([1, undefined]).last);
      assert.deepEqual(sparkGeometry([]), { line: '', area: '', last: undefined });
    });
  });
});
