/**
 * The package's public names: classes, events and the types that they carry. Importing it registers nothing and needs
 * no DOM; `define.ts` registers.
 */
export { AgentFeedElement } from './elements/agent-feed-element.js';
export { QueueTileElement } from './elements/queue-tile-element.js';
export * from './events/index.js';
export { VERSION } from './client/version.js';
export type {
  ConnectionStatus,
  ConnectionStatusKind,
  DropCause,
  Gap,
  GapKind,
  Position,
  Verdict,
} from './protocol/connection-status.js';
export type { Credential } from './protocol/credential.js';
export type {
  Diagnostics,
  FailedRoute,
  StorageState,
  StreamCounts,
  WorkerRoute,
} from './protocol/diagnostics.js';
export type { ErrorCode, WidgetError } from './protocol/errors.js';
export type * from './protocol/stream-event.js';
export type {
  AgentStatusView,
  Coverage,
  InteractionRow,
  LiveCard,
  Mask,
  TileView,
} from './protocol/views.js';
