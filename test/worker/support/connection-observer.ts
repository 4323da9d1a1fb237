/** Somebody beside the connection reducer who knows what a socket can do, and holds it to docs/connection-states.md. */
import { assert } from '@open-wc/testing';
import * as fc from 'fast-check';
import { UNSTABLE_WAIT_MS } from '../../../src/worker/backoff.js';
import { reduce } from '../../../src/worker/connection-reducer.js';
import { nextDeadline } from '../../../src/worker/connection-deadlines.js';
import { statusOf } from '../../../src/worker/connection-shown.js';
import {
  CONNECT_TIMEOUT_MS,
  HANDOVER_LIMIT_MS,
  HEALTHY_AFTER_MS,
  initialState,
  POSITION_SUSPECT_AFTER,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type Step,
  type Traffic,
} from '../../../src/worker/connection-state.js';

export type Happening =
  | { readonly kind: 'opens'; readonly mustProve: boolean; readonly isAtLatest: boolean }
  | { readonly kind: 'closes' | 'handover' | 'data' | 'deadline' | 'early' | 'proven' | 'caught-up' }
  | {
      readonly kind:
        | 'start'
        | 'retry'
        | 'credential'
        | 'renewed-key'
        | 'wake'
        | 'slept'
        | 'online'
        | 'offline'
        | 'leave'
        | 'stop';
    }
  | { readonly kind: 'hold'; readonly ms: number }
  | { readonly kind: 'answer'; readonly isEnded: boolean }
  | { readonly kind: 'time'; readonly ms: number };

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('opens' as const),
      mustProve: fc.boolean(),
      isAtLatest: fc.boolean(),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'closes',
        'closes',
        'handover',
        'data',
        'deadline',
        'deadline',
        'early',
        'proven',
        'caught-up',
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('start', 'retry', 'wake', 'slept', 'online', 'offline') }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ kind: 'credential' as const }, { kind: 'renewed-key' as const }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hold' as const), ms: fc.nat({ max: 300_000 }) }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'stop' as const }, { kind: 'leave' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      isEnded: fc.constantFrom(false, false, false, false, true),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.nat({ max: 30_000 }) }) },
);

export class ConnectionObserver {
  now = 1_000_000;
  state: ConnectionState = initialState(this.now);
  lastDataAt = -Infinity;
  readonly #chance: number;
  #socket: 'none' | 'dialing' | 'open' = 'none';
  #carried = false;
  #refusalsInARow = 0;
  /** What speaks against the position, in order. */
  #evidence: readonly string[] = [];
  #lastAnswerAt = -Infinity;
  #openedAt = 0;
  #mustProve = false;
  /** A socket that had to prove was given up for its silence. */
  #wasRenewed = false;
  #heldUntil = 0;

  get traffic(): Traffic {
    const { lastDataAt } = this;
    const hasNews = lastDataAt >= this.#openedAt;
    return {
      lastDataAt,
      lastFrameAt: lastDataAt,
      silentSince: lastDataAt,
      hasNews,
      heldUntil: this.#heldUntil,
    };
  }

  constructor(chance: number) {
    this.#chance = chance;
  }

  happen(what: Happening): void {
    const event = this.#eventOf(what);
    if (event === undefined) return;
    if (event.kind === 'clock') this.#checkDeadline(event);
    this.#step(event);
  }

  #eventOf(what: Happening): ConnectionEvent | undefined {
    const { now, lastDataAt } = this;
    const chance = this.#chance;
    const deadline = nextDeadline(this.state, this.traffic);
    switch (what.kind) {
      case 'time':
        // Nobody sleeps past a deadline without hearing of it first.
        this.now = Math.min(now + what.ms, Math.max(now, deadline ?? Infinity));
        return undefined;
      case 'hold':
        return { kind: 'hold', now, until: now + what.ms };
      case 'data':
        if (this.#socket === 'open') this.lastDataAt = now;
        return undefined;
      case 'deadline':
        if (deadline === undefined) return undefined;
        this.now = Math.max(now, deadline);
        return { kind: 'clock', now: this.now, chance, traffic: this.traffic };
      case 'early':
        return deadline !== undefined && now < deadline
          ? { kind: 'clock', now, chance, traffic: this.traffic }
          : undefined;
      case 'opens': {
        if (this.#socket !== 'dialing') return undefined;
        this.#socket = 'open';
        const mustProve = what.mustProve && this.#carried;
        return { kind: 'opened', now, mustProve, isAtLatest: what.isAtLatest && !mustProve };
      }
      case 'closes': {
        if (this.#socket === 'none') return undefined;
        const hadPosition = this.#carried;
        this.#socket = 'none';
        this.#heldUntil = now + chance * 60_000;
        return {
          kind: 'closed',
          now,
          chance,
          cause: { kind: 'closed', code: 1006, reason: '' },
          hadPosition,
          lastDataAt,
        };
      }
      case 'handover':
        if (this.#socket === 'none') return undefined;
        this.#socket = 'none';
        return { kind: 'handover', now, chance, lastDataAt };
      case 'answer':
        return this.#socket === 'open' ? { kind: 'end-of-topic', now, isEnded: what.isEnded } : undefined;
      case 'leave':
        return { kind: 'leave', now, lastDataAt };
      case 'slept':
        return { kind: 'slept', now, since: now - 15_000 };
      case 'proven':
      case 'caught-up':
      case 'start':
      case 'retry':
      case 'credential':
      case 'renewed-key':
      case 'wake':
      case 'online':
      case 'offline':
      case 'stop':
        return { kind: what.kind, now };
      default:
        return what satisfies never;
    }
  }

  #checkDeadline(event: Extract<ConnectionEvent, { kind: 'clock' }>): void {
    const deadline = nextDeadline(this.state, event.traffic);
    const { state } = reduce(this.state, event);
    const isDue = deadline !== undefined && event.now >= deadline;
    assert.equal(state !== this.state, isDue, 'I5: the clock moves something exactly when it is due');
  }

  #step(event: ConnectionEvent): void {
    const before = this.state;
    const step = reduce(before, event);
    this.state = step.state;
    if (step.state === before) assert.isEmpty(step.effects, 'I4: no change, no effects');
    this.#checkShape(before, step, event);
    this.#checkSince(before);
    if (event.kind === 'proven' && before.kind === 'open') this.#mustProve = false;
    this.#gatherEvidence(before, event);
    for (const effect of step.effects) this.#perform(effect, before);
    this.#checkState(before, event);
  }

  #checkShape(before: ConnectionState, { state, effects }: Step, event: ConnectionEvent): void {
    const dials = effects.filter(({ kind }) => kind === 'dial').length;
    const isNewDial =
      state.kind === 'dialing' &&
      (before.kind !== 'dialing' ||
        before.position !== state.position ||
        event.kind === 'credential' ||
        (event.kind === 'online' && before.isOffline));
    assert.equal(dials, isNewDial ? 1 : 0, 'I2: one dial for each new dialing');
    const isOpening = before.kind === 'dialing' && state.kind === 'open';
    const kinds = effects.map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'begin').length, isOpening ? 1 : 0, 'I3: begin on opening');
    if (isOpening) {
      const order = ['position-refused', 'begin', 'ask', 'caught-up'];
      assert.deepEqual(
        kinds,
        order.filter((kind) => kinds.some((one) => one === kind)),
        'I3: begin comes first',
      );
    }
    const isFinal =
      (before.kind === 'ended' && event.kind !== 'handover') ||
      (before.kind === 'failed' && event.kind !== 'retry');
    if (isFinal && event.kind !== 'stop') assert.strictEqual(state, before, 'I10');
  }

  #checkSince(before: ConnectionState): void {
    const [was, is] = [statusOf(before, 0, 0), statusOf(this.state, 0, 0)];
    const since = was.kind === is.kind ? was.since : this.now;
    assert.equal(is.since, since, `I13: from ${was.kind} to ${is.kind}`);
  }

  #gatherEvidence(before: ConnectionState, event: ConnectionEvent): void {
    if (event.kind === 'credential' && this.#socket !== 'open') {
      this.#evidence = [];
      this.#refusalsInARow = 0;
    }
    if (before.kind !== 'dialing') return;
    const outcome = event.kind === 'opened' ? 'opened' : event.kind === 'closed' ? 'refused' : undefined;
    if (outcome === undefined) {
      if (event.kind === 'clock' && this.state.kind === 'waiting') this.#evidence = [];
      return;
    }
    if (outcome === 'refused' && this.#carried) this.#refusalsInARow++;
    this.#evidence = [...this.#evidence, `${outcome} ${this.#carried ? 'with' : 'without'}`].slice(-6);
    if (outcome === 'opened' && this.#carried) this.#refusalsInARow = 0;
  }

  #perform(effect: ConnectionEffect, before: ConnectionState): void {
    switch (effect.kind) {
      case 'dial':
        assert.equal(this.#socket, 'none', 'I1: a dial while a socket is held');
        this.#socket = 'dialing';
        this.#carried = effect.carriesPosition;
        return;
      case 'hang-up':
        assert.notEqual(this.#socket, before.kind === 'ended' ? '' : 'none', 'a hang-up without a socket');
        if (this.#mustProve && this.state.kind === 'dialing' && this.state.cause.kind === 'silence')
          this.#wasRenewed = true;
        this.#socket = 'none';
        return;
      case 'begin':
        assert.equal(this.#socket, 'open');
        this.#openedAt = this.now;
        this.#lastAnswerAt = -Infinity;
        this.#mustProve = this.state.kind === 'open' && this.state.proveBy !== undefined;
        return;
      case 'ask':
        assert.equal(this.#socket, 'open', 'a question without an open socket');
        return;
      case 'position-unknown':
        this.#mustProve = false;
        // After its end nothing more can come.
        if (this.state.kind === 'ended') return;
        assert.isAtLeast(this.#lastAnswerAt, Math.max(this.#openedAt, this.lastDataAt) + 10_000, 'I7');
        assert.isTrue(this.lastDataAt >= this.#openedAt || this.#wasRenewed, 'I7: on the word of one socket');
        this.#wasRenewed = false;
        return;
      case 'position-refused':
        assert.deepEqual(
          this.#evidence.slice(-3),
          ['opened without', 'refused with', 'opened without'],
          'I8',
        );
        assert.isAtLeast(this.#refusalsInARow, POSITION_SUSPECT_AFTER, 'I8');
        this.#refusalsInARow = 0;
        return;
      case 'caught-up':
        assert.isFalse(this.#mustProve, 'I6: live before its proof');
        return;
      case 'slept':
        return;
      default:
        effect satisfies never;
    }
  }

  #checkState(before: ConnectionState, event: ConnectionEvent): void {
    const { state, now } = this;
    if (event.kind === 'end-of-topic' && before.kind === 'open') this.#lastAnswerAt = now;
    const isTakingOver = 'isTakingOver' in state && state.isTakingOver;
    if (statusOf(state, 0, 0).kind === 'live' && !isTakingOver)
      assert.isFalse(this.#mustProve, 'I6: live before its proof');
    if (state.kind === 'dialing' && before.kind !== 'dialing')
      assert.equal(state.giveUpAt, now + (isTakingOver ? HANDOVER_LIMIT_MS : CONNECT_TIMEOUT_MS), 'I11');
    if (state.kind === 'away') {
      assert.equal(this.#socket, 'none', 'I12: a socket of a page that is away');
      assert.isFalse(state.isTakingOver, 'I12: a page that is away takes nothing over');
      assert.notEqual(statusOf(state, 0, 0).kind, 'live', 'I12: a page that is away has nothing live');
    }
    if (before.kind === 'away' && state.kind !== 'away')
      assert.include(
        ['wake', 'slept', 'online', 'retry', 'stop'],
        event.kind,
        'I12: a dial of a page that is away',
      );
    if (state.kind === 'waiting')
      assert.isAtLeast(state.retryAt, state.dueAt, 'I11: no hold shortens the wait itself');
    if (state.kind !== 'waiting' || before.kind === 'waiting') return;
    assert.isAtMost(state.retryAt, now + 2 * UNSTABLE_WAIT_MS, 'I11');
    assert.isAtLeast(state.retryAt, now, 'I11');
    if (state.attempts !== 1 || before.kind !== 'open' || before.attempts === 0) return;
    assert.isAtLeast(now - this.#openedAt, HEALTHY_AFTER_MS, 'I9: too young to be healthy');
    assert.isAbove(Math.max(this.lastDataAt, this.#lastAnswerAt), this.#openedAt, 'I9: nothing was heard');
  }
}
