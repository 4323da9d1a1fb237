import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AgentStatusView } from '../../protocol/views.js';
import type { Vocabulary } from '../vocabulary.js';
import { statusMark } from './status-mark.js';
import { timer } from './timer.js';

/** What the agent does now and for how long: always in the same place. */
export function statusChip(
  status: AgentStatusView | undefined,
  now: number,
  isEstimated: boolean,
  vocabulary: Vocabulary,
): TemplateResult {
  const { wording } = vocabulary;
  const { messages } = wording;
  if (status === undefined) {
    return html`<p class="status t-neutral" part="status">
      ${statusMark('neutral')}<span class="status-label clip">${messages.statusUnknown}</span>
    </p>`;
  }
  const reason = vocabulary.reason(status.reason);
  return html`<p class="status t-${status.tone}" part="status">
      ${statusMark(status.tone)}<span class="status-label clip"
        >${messages.status[status.status]}${
          reason === undefined ? nothing : html`<span class="status-reason"> – <bdi>${reason}</bdi></span>`
        }</span
      >
    </p>
    <span class="status-time"
      >${timer(wording.duration(now - status.since), isEstimated)}<span class="sr"
        >${messages.since(wording.clock(status.since))}</span
      ></span
    >`;
}
