/** Rows as the page draws them, made from what the timeline keeps. */
import type { EventPhase, InteractionEvent, StreamEvent } from '../protocol/stream-event.js';
import type { EventRow, FeedRow, GapRow, InteractionRow, Mask, Step } from '../protocol/views.js';
import { definitionOf } from './catalogue.js';
import { advance } from './interaction-fold.js';
import { outcomeOf, queueOf, type Outcome } from './interaction-outcome.js';
import { newState, standsAt, totalMs } from './interaction-state.js';
import type { Interaction } from './interaction.js';
import { maskCaller } from './mask.js';
import { interactionStep, plainStep } from './sentences.js';
import type { RowSource } from './row-source.js';

/** What one projection needs; steps are worked out once per interaction, however many flat rows it has. */
export interface RowContext {
  readonly mask: Mask;
  readonly viewpoint: string | undefined;
  /** Ids of rows whose steps are wanted. */
  readonly expanded: readonly string[];
  readonly find: (guid: string) => Interaction | undefined;
  readonly steps: Map<Interaction, Map<InteractionEvent, Step>>;
}

/** For rows that nobody has opened. */
export function unopenedRows(mask: Mask, viewpoint: string | undefined): RowContext {
  return { mask, viewpoint, expanded: [], find: () => undefined, steps: new Map() };
}

/** With a time: a broker that was emptied begins with the same message ids again. */
export function rowId(row: RowSource): string {
  switch (row.kind) {
    case 'interaction':
      return `i:${row.interaction.guid}`;
    case 'status':
      return `s:${row.period.messageId}:${row.period.at}`;
    case 'event':
      return `e:${row.entry.messageId}:${row.entry.publishTime}`;
    case 'gap':
      return `g:${row.serial}`;
    default:
      return row satisfies never;
  }
}

export function feedRow(row: RowSource, context: RowContext): FeedRow {
  const id = rowId(row);
  switch (row.kind) {
    case 'interaction':
      return interactionRow(id, row.interaction, context);
    case 'status':
      return eventRow(id, plainStep(row.period.event), row.period.phase, row.period.until);
    case 'event':
      return eventRow(id, stepOf(row.entry.event, context), row.entry.phase, undefined);
    case 'gap':
      return { kind: 'gap', id, at: row.at, phase: row.phase, gap: row.gap } satisfies GapRow;
    default:
      return row satisfies never;
  }
}

export function interactionRow(id: string, interaction: Interaction, context: RowContext): InteractionRow {
  const { state } = interaction;
  const outcome = state.end === undefined ? lastStep(interaction, context) : outcomeOf(state);
  return {
    kind: 'interaction',
    id,
    at: standsAt(state),
    phase: interaction.eventPhase,
    guid: interaction.guid,
    media: state.media,
    direction: state.direction,
    caller: maskCaller(state.caller, context.mask),
    queue: queueOf(state),
    icon: outcome.icon,
    tone: outcome.tone,
    outcome: outcome.sentence,
    totalMs: totalMs(state),
    durations: state.durations,
    steps: context.expanded.includes(id) ? toldSteps(interaction, context) : undefined,
  };
}

/** Of an interaction of which only side events are known. */
function lastStep(interaction: Interaction, context: RowContext): Outcome {
  const steps = toldSteps(interaction, context);
  return steps.at(-1) ?? outcomeOf(interaction.state);
}

/** Without technical events; consecutive conference events, up to twenty for one conference, told once. */
function toldSteps(interaction: Interaction, context: RowContext): readonly Step[] {
  const told: Step[] = [];
  for (const [event, step] of stepsOf(interaction, context)) {
    if (definitionOf(event.name).isTechnical) continue;
    if (step.sentence.key === 'conference' && told.at(-1)?.sentence.key === 'conference') told.pop();
    told.push(step);
  }
  return told;
}

function stepsOf(interaction: Interaction, context: RowContext): Map<InteractionEvent, Step> {
  const known = context.steps.get(interaction);
  if (known !== undefined) return known;
  const steps = new Map<InteractionEvent, Step>();
  interaction.replay(context.viewpoint, (event, state) => {
    steps.set(event, interactionStep(event, state, context.mask));
  });
  context.steps.set(interaction, steps);
  return steps;
}

function eventRow(id: string, step: Step, phase: EventPhase, until: number | undefined): EventRow {
  const durationMs = until === undefined ? undefined : Math.max(0, until - step.at);
  return { kind: 'event', id, phase, ...step, durationMs };
}

/** With the facts of its interaction while that is kept, without them afterwards. */
function stepOf(event: StreamEvent, context: RowContext): Step {
  if (event.kind !== 'interaction') return plainStep(event);
  const interaction = context.find(event.guid);
  const known = interaction === undefined ? undefined : stepsOf(interaction, context).get(event);
  if (known !== undefined) return known;
  const state = newState(event.at);
  advance(state, event, context.viewpoint);
  return interactionStep(event, state, context.mask);
}
