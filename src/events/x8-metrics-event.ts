import type { TileView } from '../protocol/views.js';

/** `x8-metrics`: the tile's numbers changed. `undefined` in a field is "unknown", never 0. */
export class X8MetricsEvent extends Event {
  readonly metrics: TileView;

  constructor(metrics: TileView) {
    super('x8-metrics', { bubbles: true, composed: true });
    this.metrics = metrics;
  }
}

declare global {
  interface HTMLElementEventMap {
    'x8-metrics': X8MetricsEvent;
  }
}
