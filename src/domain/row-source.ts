/** What the rows of a stream's history are made of, and where each stands; what a row shows is `rows.ts`. */
import type { Gap } from '../protocol/connection-status.js';
import type { EventPhase } from '../protocol/stream-event.js';
import type { Entry } from './entry.js';
import type { Interaction } from './interaction.js';
import type { StatusPeriod } from './status-period.js';
import type { Timeline, TimelineRow } from './timeline.js';

export type RowSource = TimelineRow &
  (
    | { readonly kind: 'interaction'; readonly interaction: Interaction }
    | { readonly kind: 'status'; readonly period: StatusPeriod }
    | { readonly kind: 'event'; readonly entry: Entry }
    /** `at`: when it was found. */
    | { readonly kind: 'gap'; readonly at: number; readonly gap: Gap; readonly phase: EventPhase }
  );

export type RowTimeline = Timeline<RowSource>;
