import type { AgentStatusView } from '../protocol/views.js';

/** `x8-agent-status`: the agent's status changed, live. Never fired for replayed or missed history. */
export class X8AgentStatusEvent extends Event {
  readonly status: AgentStatusView;

  constructor(status: AgentStatusView) {
    super('x8-agent-status', { bubbles: true, composed: true });
    this.status = status;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-agent-status': X8AgentStatusEvent;
  }
}
