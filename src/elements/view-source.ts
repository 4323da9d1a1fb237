/**
 * What an element draws from: the face of `StreamController` that elements use. An element asks `createController()`
 * for it, so a page of examples or a test can put any state before it without a service.
 */
import type { ReactiveController } from 'lit';
import type { Setup } from '../controllers/stream-controller.js';
import type { ConnectionStatus } from '../protocol/connection-status.js';
import type { Diagnostics, WorkerRoute } from '../protocol/diagnostics.js';
import type { WidgetError } from '../protocol/errors.js';
import type { View } from '../protocol/views.js';

export interface ViewSource<V extends View> extends ReactiveController {
  readonly setup: Setup;
  readonly connection: ConnectionStatus;
  readonly view: V | undefined;
  /** Publish time of the newest message, ms by the service's clock. */
  readonly lastMessageAt: number | undefined;
  /** Added to the service's times, gives the browser's. */
  readonly clockSkewMs: number;
  readonly lastError: WidgetError | undefined;
  /** How the worker's program runs. */
  readonly workerRoute: WorkerRoute | undefined;
  /** The service's time now, ms. */
  now(): number;
  connect(): void;
  disconnect(): void;
  retry(): void;
  clear(): void;
  getDiagnostics(): Promise<Diagnostics>;
}
