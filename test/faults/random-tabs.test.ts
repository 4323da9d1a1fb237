/**
 * Worry: is there any order of sleeps, freezes, losses and lost leaders in which one of several tabs loses or doubles an event,
 * or tells one of an hour ago as if it came now?
 */
import { assert } from '@open-wc/testing';
import { assertSchedules } from '../support/faults/assert-schedules.js';
import { runTabs } from '../support/faults/model/run-tab-schedule.js';
import { tabSchedule, type TabAct } from '../support/faults/model/tab-schedule.js';

suite('Random schedules of several tabs', function () {
  this.timeout(180_000);

  test('tell each tab everything once, in order, and what was slept through not as live', async () => {
    // The same ones each time, until it is known of thousands which of them fool a clock; `SEED` gives others.
    await assertSchedules('random schedules of tabs', tabSchedule, runTabs, { numRuns: 100, seed: 11 });
  });

  const wait: TabAct = { kind: 'wait', count: 30_000 };
  // It notices a sleep a little later than the tab that leads, and has had a live message.
  const another: readonly TabAct[] = [
    { kind: 'wait', count: 300 },
    { kind: 'join' },
    wait,
    { kind: 'publish', count: 1 },
    wait,
  ];
  for (const isSocketKept of [true, false]) {
    test(`may have a sleep that the socket does ${isSocketKept ? '' : 'not '}survive`, async () => {
      for (const ms of [90_000, 7_200_000]) {
        const sleep: TabAct = { kind: 'sleep', ms, count: 3, isSocketKept };
        assert.deepEqual(await runTabs({ acts: [...another, sleep, wait], seed: 3, skewMs: 0 }), []);
      }
    });
  }

  test('may reload a tab of a computer that is minutes behind', async () => {
    const acts: readonly TabAct[] = [
      { kind: 'sleep', ms: 30_000, count: 1, isSocketKept: false },
      { kind: 'reload', tab: 0 },
    ];
    assert.deepEqual(await runTabs({ acts, seed: 0, skewMs: -180_000 }), []);
  });
});
