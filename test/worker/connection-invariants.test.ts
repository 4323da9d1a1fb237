/** The invariants of docs/connection-states.md, over random sequences of what can happen to a connection. */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { randomCases } from '../support/random-cases.js';
import { reduce } from '../../src/worker/connection-reducer.js';
import { nextDeadline } from '../../src/worker/connection-deadlines.js';
import { statusOf } from '../../src/worker/connection-shown.js';
import {
  initialState,
  POSITION_SUSPECT_AFTER,
  type ConnectionEvent,
  type ConnectionState,
} from '../../src/worker/connection-state.js';
import { ConnectionObserver, happening, type Happening } from './support/connection-observer.js';

suite('The invariants of the connection', () => {
  test('hold whatever happens', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { minLength: 1, maxLength: 120, size: 'max' }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (happenings, chance) => {
          const observer = new ConnectionObserver(chance);
          observer.happen({ kind: 'start' });
          for (const what of happenings) observer.happen(what);
        },
      ),
      randomCases('connection-invariants', { numRuns: 1_500 }),
    );
  });

  test('I5: the deadline moves on, so that the clock never spins', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60, size: 'max' }), (happenings) => {
        const observer = new ConnectionObserver(0);
        observer.happen({ kind: 'start' });
        for (const what of happenings) observer.happen(what);
        for (let rings = 0; rings < 8; rings++) {
          const deadline = nextDeadline(observer.state, observer.traffic);
          if (deadline === undefined || deadline > observer.now || observer.state.kind === 'waiting') return;
          observer.happen({ kind: 'deadline' });
        }
        assert.fail('the clock was due eight times in one moment');
      }),
      { numRuns: 1_000 },
    );
  });

  test('I8: a position that is refused for good is dropped in six dials', () => {
    const observer = new ConnectionObserver(0.5);
    observer.happen({ kind: 'start' });
    const dials: string[] = [];
    while (observer.state.kind === 'dialing' || observer.state.kind === 'waiting') {
      if (observer.state.kind === 'waiting') {
        observer.happen({ kind: 'deadline' });
        continue;
      }
      dials.push(observer.state.position);
      const isWith = observer.state.position === 'carry' || observer.state.position === 'confirm';
      observer.happen(isWith ? { kind: 'closes' } : { kind: 'opens', mustProve: false, isAtLatest: true });
      assert.isAtMost(dials.length, 6);
    }
    assert.deepEqual(dials, ['carry', 'carry', 'carry', 'probe', 'confirm', 'without']);
    assert.equal(observer.state.kind, 'open');
  });

  const flaps: readonly (readonly [string, readonly Happening[]])[] = [
    ['the probe', [{ kind: 'closes' }]],
    [
      'the confirmation, by time-out',
      [{ kind: 'opens', mustProve: false, isAtLatest: true }, { kind: 'deadline' }],
    ],
    [
      'the dial after the confirmation',
      [{ kind: 'opens', mustProve: false, isAtLatest: true }, { kind: 'closes' }, { kind: 'closes' }],
    ],
  ];
  for (const [name, happenings] of flaps) {
    test(`I8: a service that goes away before ${name} does not cost the position`, () => {
      const observer = new ConnectionObserver(0.5);
      observer.happen({ kind: 'start' });
      for (let i = 0; i < POSITION_SUSPECT_AFTER; i++) {
        observer.happen({ kind: 'closes' });
        observer.happen({ kind: 'deadline' });
      }
      assert.equal(observer.state.kind === 'dialing' && observer.state.position, 'probe');
      for (const what of happenings) observer.happen(what);
      assert.equal(observer.state.kind === 'waiting' && observer.state.position, 'carry');
    });
  }

  test('I8: a service that stays away is dialed three times with the position, and every other time from then on', () => {
    const observer = new ConnectionObserver(0.5);
    observer.happen({ kind: 'start' });
    const dials: string[] = [];
    for (let i = 0; i < 8; i++) {
      if (observer.state.kind === 'dialing') dials.push(observer.state.position);
      observer.happen({ kind: 'closes' });
      observer.happen({ kind: 'deadline' });
    }
    assert.deepEqual(dials, ['carry', 'carry', 'carry', 'probe', 'carry', 'probe', 'carry', 'probe']);
  });

  const freshStarts: readonly (readonly [string, readonly Happening[]])[] = [
    ['a dial that opened', [{ kind: 'opens', mustProve: false, isAtLatest: true }, { kind: 'closes' }]],
    ['another key', [{ kind: 'credential' }, { kind: 'closes' }]],
  ];
  for (const [name, happenings] of freshStarts) {
    test(`I8: what was refused before ${name} does not count`, () => {
      const observer = new ConnectionObserver(0.5);
      observer.happen({ kind: 'start' });
      const refused: readonly Happening[] = [{ kind: 'closes' }, { kind: 'deadline' }];
      const dials: string[] = [];
      for (const what of [...refused, ...refused, ...happenings, { kind: 'deadline' } as const, ...refused]) {
        observer.happen(what);
        if (observer.state.kind === 'dialing') dials.push(observer.state.position);
      }
      assert.notInclude(dials, 'probe');
    });
  }

  test('I9: a service that takes every dial and drops it at once is not asked ever faster', () => {
    const observer = new ConnectionObserver(0.999);
    observer.happen({ kind: 'start' });
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      observer.happen({ kind: 'opens', mustProve: false, isAtLatest: true });
      observer.happen({ kind: 'time', ms: 200 });
      observer.happen({ kind: 'closes' });
      if (observer.state.kind === 'waiting') waits.push(observer.state.retryAt - observer.now);
      observer.happen({ kind: 'deadline' });
    }
    assert.deepEqual(
      waits.map((wait) => Math.round(wait / 1_000)),
      [1, 1, 60, 60, 60, 60, 60, 60],
    );
  });

  test('I9: a page that is put away and back has failed at nothing, and its session counts for what it was', () => {
    for (const ms of [5_000, 15_000]) {
      const observer = new ConnectionObserver(0.5);
      observer.happen({ kind: 'start' });
      const attempts = (): number => ('attempts' in observer.state ? observer.state.attempts : -1);
      const away: readonly Happening[] = [{ kind: 'leave' }, { kind: 'wake' }];
      for (const what of [{ kind: 'closes' }, { kind: 'deadline' }, ...away, ...away, ...away] as const)
        observer.happen(what);
      assert.equal(attempts(), 1, 'one dial failed');
      const opens = { kind: 'opens', mustProve: false, isAtLatest: true } as const;
      for (const what of [opens, { kind: 'time', ms }, { kind: 'data' }, ...away] as const)
        observer.happen(what);
      assert.equal(attempts(), ms < 10_000 ? 1 : 0, `a session of ${ms} ms`);
    }
  });

  test('a service that takes every dial and drops it is dialed 13 times in 5 minutes at most, and called unstable', () => {
    for (const chance of [0, 0.5, 0.999]) {
      const observer = new ConnectionObserver(chance);
      observer.happen({ kind: 'start' });
      const end = observer.now + 300_000;
      const seen: string[] = [];
      let dials = 0;
      while (observer.now < end) {
        dials++;
        observer.happen({ kind: 'opens', mustProve: false, isAtLatest: true });
        seen.push(statusOf(observer.state, 0, 0).kind);
        observer.happen({ kind: 'time', ms: 200 });
        observer.happen({ kind: 'closes' });
        seen.push(statusOf(observer.state, 0, 0).kind);
        observer.happen({ kind: 'deadline' });
      }
      assert.isAtMost(dials, 13);
      assert.deepEqual([...new Set(seen.slice(5))], ['unstable'], 'it flaps between live and lost');
    }
  });

  test('a connection that was unstable is live again once a session has lasted 10 s', () => {
    const observer = new ConnectionObserver(0);
    observer.happen({ kind: 'start' });
    for (let i = 0; i < 4; i++) {
      observer.happen({ kind: 'opens', mustProve: false, isAtLatest: true });
      observer.happen({ kind: 'closes' });
      observer.happen({ kind: 'deadline' });
    }
    observer.happen({ kind: 'opens', mustProve: false, isAtLatest: true });
    const openedAt = observer.now;
    observer.happen({ kind: 'deadline' });
    assert.equal(statusOf(observer.state, 0, 0).kind, 'unstable', 'nothing was heard yet, so it is asked');
    observer.happen({ kind: 'answer', isEnded: false });
    observer.happen({ kind: 'deadline' });
    assert.equal(observer.now, openedAt + 10_000);
    assert.equal(statusOf(observer.state, 0, 0).kind, 'live');
  });

  test('a connection that was unstable stays so while it is handed over, and is offline when the browser says so', () => {
    const observer = new ConnectionObserver(0);
    observer.happen({ kind: 'start' });
    const drops: readonly Happening[] = [
      { kind: 'opens', mustProve: false, isAtLatest: true },
      { kind: 'closes' },
      { kind: 'deadline' },
    ];
    for (const what of [...drops, ...drops, ...drops]) observer.happen(what);
    observer.happen({ kind: 'opens', mustProve: false, isAtLatest: true });
    observer.happen({ kind: 'time', ms: 1_000 });
    observer.happen({ kind: 'handover' });
    assert.equal(observer.state.kind, 'dialing');
    assert.equal(statusOf(observer.state, 0, 0).kind, 'unstable');
    observer.happen({ kind: 'offline' });
    assert.equal(statusOf(observer.state, 0, 0).kind, 'offline');
  });

  test('"message too big" is met three times more and then no more, until somebody asks', () => {
    let state: ConnectionState = initialState(0);
    const happen = (event: ConnectionEvent): void => {
      ({ state } = reduce(state, event));
    };
    happen({ kind: 'start', now: 0 });
    let dials = 0;
    for (let now = 0; state.kind === 'dialing'; now += 60_000) {
      dials++;
      happen({ kind: 'opened', now, mustProve: false, isAtLatest: true });
      const cause = { kind: 'closed', code: 1009, reason: '' } as const;
      happen({ kind: 'closed', now: now + 20_000, chance: 0, cause, hadPosition: false, lastDataAt: now });
      happen({
        kind: 'clock',
        now: now + 60_000,
        chance: 0,
        traffic: { lastDataAt: now, lastFrameAt: now, silentSince: now, hasNews: true, heldUntil: 0 },
      });
    }
    assert.equal(dials, 4);
    const cause = { kind: 'closed', code: 1009, reason: '' } as const;
    assert.deepEqual(statusOf(state, 0, 0), { kind: 'failed', since: 200_000, cause });
    happen({ kind: 'wake', now: 1_000_000 });
    assert.equal(state.kind, 'failed');
    happen({ kind: 'retry', now: 1_000_000 });
    assert.equal(state.kind, 'dialing');
  });
});
