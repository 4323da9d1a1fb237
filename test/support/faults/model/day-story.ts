/** The views of one page on a day of the call centre: what happens meanwhile, and how the last visit is judged. */
import type { View } from '../../../../src/protocol/views.js';
import { tileRequest } from '../../../domain/payloads.js';
import type { VirtualClock } from '../../../worker/support/virtual-platform.js';
import { CallCentreDay, type Day } from './call-centre-day.js';
import type { Story } from './run-schedule.js';
import type { ModelService } from './service.js';
import { differences, everything, falsehoods, toldTo, trueViews } from './view-judge.js';
import type { VirtualPage, Visit } from './virtual-page.js';

const QUEUES = ['591', '1162', '733'] as const;

/** Longer than anybody waits in this day's queues. */
const WINDOW_MS = 300_000;

/** Half a second, since times on the wire are whole ones: nothing leaves the window, and no minute ends, just now. */
export const SHORT_CALM_MS = 137_500;
export const CALM_BEYOND_WINDOW_MS = WINDOW_MS + SHORT_CALM_MS;

export class DayStory implements Story {
  readonly visit: Partial<Visit>;
  readonly calmMs: number;
  readonly #of: Day;
  #day: CallCentreDay | undefined;
  #service: ModelService | undefined;

  constructor(of: Day, calmMs: number) {
    this.#of = of;
    this.calmMs = calmMs;
    this.visit = {
      namespace: of.namespace,
      topic: of.topic,
      tiles: QUEUES.map((queueId) => tileRequest({ queueId, windowMs: WINDOW_MS })),
    };
  }

  begin(clock: VirtualClock, service: ModelService): void {
    this.#service = service;
    this.#day = new CallCentreDay(clock, service, this.#of);
  }

  end(): void {
    this.#day?.end();
  }

  judge(page: VirtualPage): readonly string[] {
    const [day, service] = [this.#day, this.#service];
    if (day === undefined || service === undefined) throw new Error('the day has not begun');
    const { topic, spoilt } = service;
    const { namespace, topic: name } = this.#of;
    const isWhole = namespace === 'event-v1';
    // On an agent's own topic the worker looks with that agent's eyes.
    const requests = page.requests.map((one) =>
      one.kind === 'feed' && !isWhole ? { ...one, agentId: name } : one,
    );
    const { shown } = page;
    const now = page.platform.now() - (page.updates.at(-1)?.update.clockSkewMs ?? 0);
    const tiles = shown.filter((view) => view?.kind === 'tile');
    const since = tiles[0]?.coverage.since ?? now;

    const [failures = []] = [true, false]
      .map((gapsFirst) =>
        compare(shown, trueViews(toldTo(page, topic, gapsFirst), requests, since, now), differences),
      )
      .toSorted((a, b) => a.length - b.length);
    const told = new Set(page.events.map(({ messageId }) => messageId));
    const unread = topic.everything.filter(({ publishTime, text }) => publishTime > since && !told.has(text));
    const isSpoilt = unread.some(({ seq }) => spoilt.named.has(seq) || spoilt.nameless.has(seq));
    // What nobody could read is no gap: an error stands for it, and the numbers are what can be known.
    if (isSpoilt) return failures;
    const lost = unread.length > 0 ? [`${unread.length} unread since ${since}`] : [];
    const isShort = this.calmMs > WINDOW_MS && tiles.some(({ coverage }) => coverage.isPartial);
    const partial = isShort ? ['partial for longer than the window'] : [];
    const whole = trueViews(everything(topic), requests, day.from, now).filter(
      // An agent's topic does not tell what becomes of a call that goes to another agent.
      ({ kind }) => kind === 'feed' || isWhole,
    );
    return [...failures, ...lost, ...partial, ...compare(shown, whole, falsehoods)];
  }
}

function compare(
  shown: readonly (View | undefined)[],
  truths: readonly View[],
  how: typeof differences,
): readonly string[] {
  return truths.flatMap((truth, index) => how(shown[index], truth).map((one) => `view ${index}: ${one}`));
}
