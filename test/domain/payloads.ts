/** Payloads in the shapes of 8x8's event reference and message format pages, as short as a test needs them. */
import { normalise } from '../../src/domain/normalise.js';
import type { Entry } from '../../src/domain/stream-model.js';
import type { EventPhase, InteractionEvent, StreamEvent } from '../../src/protocol/stream-event.js';
import type { FeedRequest, FeedView, TileRequest, TileView, ViewRequest } from '../../src/protocol/views.js';
import { StreamModel } from '../../src/domain/stream-model.js';

/** 16 April 2025, 16:00:17 UTC: the day of the event reference's samples; a full second. */
export const T0 = 1_744_819_217_000;

export const AGENT = 'agAglVJkg0TU28dok9y9UQKg';
export const OTHER_AGENT = 'agGiRMDKqSRGuaNOelIJosUw';
export const GUID = 'int-1963f541b9f-wgyWcn0J0hwtyhN4XfMHIfCIO-phone-01-tenant01';
export const QUEUE = '591';

export type Fields = Readonly<Record<string, unknown>>;

export function attached(pairs: Fields): Fields {
  return {
    attachedDatum: Object.entries(pairs).map(([key, value]) => ({
      attachedDataKey: key,
      attachedDataValue: value,
    })),
  };
}

/** An event under `Interaction` at so many ms after {@link T0}. */
export function interactionPayload(name: string, afterMs: number, fields: Fields = {}): Fields {
  return {
    Interaction: {
      event: name,
      interactionGUID: GUID,
      msgInfo: { instanceId: 'facade', sequenceId: 1, timestamp: T0 + afterMs },
      ...fields,
    },
  };
}

export function statusPayload(code: unknown, afterMs: number, fields: Fields = {}): Fields {
  return {
    AgentStatusChange: {
      agentId: AGENT,
      msgInfo: { instanceId: 'facade', sequenceId: 1, timestamp: T0 + afterMs },
      newState: code,
      ...fields,
    },
  };
}

export function read(payload: Fields, publishTime = T0): StreamEvent {
  return normalise(payload, publishTime);
}

/** An interaction event with only these fields. */
export function readInteraction(fields: Fields, publishTime = T0): InteractionEvent {
  const event = read({ Interaction: { interactionGUID: GUID, ...fields } }, publishTime);
  if (event.kind !== 'interaction') throw new Error(`expected an interaction event, got ${event.kind}`);
  return event;
}

let nextMessage = 0;

export function entryOf(event: StreamEvent, phase: EventPhase = 'live', messageId?: string): Entry {
  nextMessage += 1;
  return { event, messageId: messageId ?? `m${nextMessage}`, publishTime: event.at, phase };
}

export function feedRequest(request: Partial<FeedRequest> = {}): FeedRequest {
  return {
    kind: 'feed',
    agentId: undefined,
    maxItems: 100,
    group: 'interaction',
    mask: 'none',
    hold: 'none',
    expanded: [],
    wantsEvents: false,
    ...request,
  };
}

export function tileRequest(request: Partial<TileRequest> = {}): TileRequest {
  return {
    kind: 'tile',
    queueId: QUEUE,
    windowMs: 30 * 60_000,
    slaThresholdMs: 20_000,
    shortAbandonMs: 5_000,
    mask: 'all',
    wantsEvents: false,
    ...request,
  };
}

/** A model that one view watches and that events are told to by name. */
export class Story {
  readonly model = new StreamModel();
  #last: FeedView | TileView | undefined;

  constructor(request: ViewRequest) {
    this.model.coverFrom(T0 - 3_600_000);
    this.model.watch(1, request);
  }

  tell(payload: Fields, phase: EventPhase = 'live'): this {
    this.model.take(entryOf(read(payload), phase));
    return this;
  }

  /** Seconds after {@link T0}, name, fields. */
  at(seconds: number, name: string, fields: Fields = {}, phase: EventPhase = 'live'): this {
    return this.tell(interactionPayload(name, seconds * 1_000, fields), phase);
  }

  status(seconds: number, code: number, fields: Fields = {}, phase: EventPhase = 'live'): this {
    return this.tell(statusPayload(code, seconds * 1_000, fields), phase);
  }

  feed(atSeconds = 0): FeedView {
    const view = this.#view(atSeconds);
    if (view.kind !== 'feed') throw new Error('the story watches a tile');
    return view;
  }

  tile(atSeconds = 0): TileView {
    const view = this.#view(atSeconds);
    if (view.kind !== 'tile') throw new Error('the story watches a feed');
    return view;
  }

  #view(atSeconds: number): FeedView | TileView {
    for (const update of this.model.drain(T0 + atSeconds * 1_000))
      if (update.view === 1) this.#last = update.data;
    if (this.#last === undefined) throw new Error('nothing was drained yet');
    return this.#last;
  }
}
