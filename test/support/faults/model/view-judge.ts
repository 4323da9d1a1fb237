/**
 * What a page shows at the end of a visit, beside what it must show. Two truths: the view of a page that was told the very
 * same, each event once and without a fault between them; and the view of one that has read everything. Pure.
 */
import { normalise } from '../../../../src/domain/normalise.js';
import { StreamModel } from '../../../../src/domain/stream-model.js';
import type { Gap } from '../../../../src/protocol/connection-status.js';
import type { EventPhase } from '../../../../src/protocol/stream-event.js';
import type { View, ViewRequest } from '../../../../src/protocol/views.js';
import type { Message, ModelTopic } from './topic.js';
import type { VirtualPage } from './virtual-page.js';

export type Told =
  | { readonly kind: 'message'; readonly message: Message; readonly phase: EventPhase }
  | { readonly kind: 'gap'; readonly gap: Gap };

/** What an undisturbed page shows that covers everything from `since` on, or counts anew from then where there is a gap. */
export function trueViews(
  told: readonly Told[],
  requests: readonly ViewRequest[],
  since: number,
  now: number,
): readonly View[] {
  const model = new StreamModel();
  requests.forEach((request, view) => model.watch(view, request));
  model.coverFrom(since);
  const taken = new Set<string>();
  for (const one of told) {
    if (one.kind === 'gap') {
      model.gap(one.gap, since, 'missed');
      continue;
    }
    const { payload, publishTime, text } = one.message;
    // What is published twice happened once; the test's own messages are numbered, and each of them is one.
    if (taken.has(payload)) continue;
    taken.add(payload);
    const event = normalise(JSON.parse(payload) as Readonly<Record<string, unknown>>, publishTime);
    model.take({ event, messageId: text, publishTime, phase: one.phase });
  }
  return model.drain(now).map(({ data }) => data);
}

export function everything(topic: ModelTopic): readonly Told[] {
  return topic.everything.map((message) => ({ kind: 'message', message, phase: 'live' }));
}

/** In order; an update does not say whether a gap that is followed by nothing came before its events or after them. */
export function toldTo(page: VirtualPage, topic: ModelTopic, gapsFirst: boolean): readonly Told[] {
  return page.updates.flatMap(({ update }) => {
    const told: Told[] = update.views.flatMap(({ events }) =>
      events.flatMap(({ messageId, phase }) => {
        const message = topic.everything[topic.seqOf(messageId) ?? -1];
        return message === undefined ? [] : [{ kind: 'message', message, phase } as const];
      }),
    );
    for (const gap of update.gaps) {
      const next = told.findIndex((one) => one.kind === 'message' && one.message.text === gap.to?.messageId);
      const otherwise = gapsFirst ? 0 : told.length;
      told.splice(next < 0 ? otherwise : next, 0, { kind: 'gap', gap });
    }
    return told;
  });
}

/** Where two views differ, in words. What the row of a gap says is the observer's matter. */
export function differences(shown: View | undefined, truth: View): readonly string[] {
  const [is, must] = [factsOf(shown), factsOf(truth)];
  return [...new Set([...is.keys(), ...must.keys()])]
    .filter((key) => is.get(key) !== must.get(key))
    .map((key) => `${key} is ${is.get(key)}, not ${must.get(key)}`);
}

/** What is false in a view of a page that was told of no gap for so long as it looks back. */
export function falsehoods(shown: View | undefined, truth: View): readonly string[] {
  if (shown?.kind === 'feed' && truth.kind === 'feed') {
    const open = new Set(truth.live.map(({ guid }) => guid));
    // No agent's status tells that a caller has gone: who waited before a gap is shown until nobody would wait so long.
    return shown.live
      .filter(({ guid, state }) => !open.has(guid) && state !== 'waiting')
      .map(({ guid, state }) => `${guid} is not ${state}`);
  }
  if (shown?.kind !== 'tile' || truth.kind !== 'tile' || shown.coverage.isPartial) return [];
  // Before it was covered a minute is unknown, and may be.
  const sparkline = truth.sparkline.map((count, minute) =>
    shown.sparkline[minute] === undefined ? undefined : count,
  );
  return differences(shown, { ...truth, sparkline, coverage: shown.coverage });
}

function factsOf(view: View | undefined): ReadonlyMap<string, string> {
  if (view?.kind !== 'feed')
    return new Map(Object.entries(view ?? {}).map(([key, value]) => [key, text(value)]));
  const { rows, live, status } = view;
  return new Map([
    ['status', text(status)],
    ['order of cards', live.map(({ guid }) => guid).join()],
    ['order of rows', rows.map((row) => (row.kind === 'gap' ? 'gap' : row.id)).join()],
    ...live.map((card) => [`card ${card.guid}`, text(card)] as const),
    ...rows.filter(({ kind }) => kind !== 'gap').map((row) => [`row ${row.id}`, text(row)] as const),
  ]);
}

const text = (value: unknown): string => JSON.stringify(value) ?? '–';
