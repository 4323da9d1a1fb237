import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { LiveCard } from '../../protocol/views.js';
import { cardTimerMs, durationsAt, ringCountdown } from '../card-timing.js';
import type { Vocabulary } from '../vocabulary.js';
import { icon } from './icons.js';
import { phaseStrip } from './phase-strip.js';
import { ringBar } from './ring-bar.js';
import { timer } from './timer.js';

/** 8x8's standard priority: not worth a word. */
const STANDARD_PRIORITY = 50;

/** One open interaction. `isFolded` leaves one line where room is short: the second and third chat beside a call. */
export function liveCard(
  card: LiveCard,
  now: number,
  isEstimated: boolean,
  isFolded: boolean,
  vocabulary: Vocabulary,
): TemplateResult {
  const { wording } = vocabulary;
  const { messages } = wording;
  const state = messages.liveState(card.state, card.media);
  const name = vocabulary.caller(card.caller) ?? messages.unknownCaller;
  const countdown = ringCountdown(card, now);
  const time =
    countdown === undefined
      ? wording.duration(cardTimerMs(card, now))
      : messages.ringCountdown(wording.number(countdown.elapsedS), wording.number(countdown.limitS));
  const classes = `card t-${card.tone} ${card.state} ${isFolded ? 'folded' : ''}`;
  return html`<article class=${classes} part="card" aria-label="${state}, ${name}">
    <p class="card-state" part="card-header">
      ${icon(card.media ?? 'talk')}<span class="clip">${state}</span>
    </p>
    <p class="card-name clip"><bdi>${name}</bdi></p>
    <p class="card-time">
      ${timer(time, isEstimated && countdown === undefined)}<span class="sr"
        >${messages.since(wording.clock(card.phaseSince))}</span
      >
    </p>
    ${details(card, now, vocabulary)} ${countdown === undefined ? nothing : ringBar(countdown.share)}
  </article>`;
}

function details(card: LiveCard, now: number, vocabulary: Vocabulary): TemplateResult {
  const { wording } = vocabulary;
  const { messages } = wording;
  const number = card.caller?.name === undefined ? undefined : card.caller.number;
  const waited = card.phase === 'wait' ? undefined : card.durations.wait;
  const priority = card.priority === STANDARD_PRIORITY ? undefined : card.priority;
  return html`<div class="card-details">
      <p class="card-number">${number === undefined ? nothing : html`<bdi>${number}</bdi>`}</p>
      <p class="card-facts clip">
        ${fact(card.queue && vocabulary.queue(card.queue))}${fact(
          waited === undefined ? undefined : messages.waited(wording.duration(waited)),
          'waited',
        )}${fact(card.direction && messages.direction[card.direction])}${fact(
          priority === undefined ? undefined : messages.priority(wording.number(priority)),
        )}
      </p>
      <p class="card-flags">
        ${card.isMuted ? html`<span class="flag">${icon('mute')}${messages.mutedNow}</span>` : nothing}
        ${card.isRecording ? html`<span class="flag t-bad">${icon('recording')}${messages.recordingNow}</span>` : nothing}
      </p>
    </div>
    ${phaseStrip(durationsAt(card, now), card.phase, vocabulary)}`;
}

function fact(text: string | undefined, name = ''): TemplateResult | typeof nothing {
  return text === undefined ? nothing : html`<span class="fact ${name}"><bdi>${text}</bdi></span>`;
}
