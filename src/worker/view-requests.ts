/** What the views on a stream ask for, and how far back they look: a reloaded page asks the log for that much again. */
import { AGENT_NAMESPACE, type StreamConfig } from '../protocol/stream-config.js';
import type { ViewRequest } from '../protocol/views.js';

/** A feed shows a shift. */
export const FEED_WINDOW_MS = 8 * 60 * 60_000;

export class ViewRequests {
  /** On an agent's own topic the topic is the agent, in the very form that its events have. */
  readonly #agentId: string | undefined;
  readonly #requests = new Map<number, ViewRequest>();

  constructor({ namespace, topic }: StreamConfig) {
    this.#agentId = namespace === AGENT_NAMESPACE ? topic : undefined;
  }

  get windowMs(): number {
    let widest = 0;
    for (const request of this.#requests.values())
      widest = Math.max(widest, request.kind === 'feed' ? FEED_WINDOW_MS : request.windowMs);
    return widest;
  }

  /** Returns what is asked for here. */
  add(view: number, wanted: ViewRequest): ViewRequest {
    const isOfThisAgent = wanted.kind === 'feed' && this.#agentId !== undefined;
    const request = isOfThisAgent ? { ...wanted, agentId: this.#agentId } : wanted;
    this.#requests.set(view, request);
    return request;
  }

  remove(view: number): void {
    this.#requests.delete(view);
  }
}
