/**
 * The package's public names: classes, events and the types that they carry. Importing it registers nothing and needs
 * no DOM; `define.ts` registers.
 */
export { AgentFeedElement } from './elements/agent-feed-element.js';
export { QueueTileElement } from './elements/queue-tile-element.js';
export * from './events/index.js';
export { VERSION } from './client/version.js';
export type { CredentialSource } from './elements/credential-source.js';
export type { HostTexts } from './elements/host-texts.js';
export type { Snapshot } from './elements/snapshot.js';
export type {
  ConnectionStatus,
  ConnectionStatusKind,
  DropCause,
  Gap,
  GapKind,
  HostAnswer,
  Position,
  Trying,
  Verdict,
} from './protocol/connection-status.js';
export type { Credential } from './protocol/credential.js';
export type {
  Diagnostics,
  FailedRoute,
  SharingState,
  StorageState,
  StreamCounts,
  StreamDiagnostics,
  WorkerRoute,
} from './protocol/diagnostics.js';
export type { ErrorCode, WidgetError } from './protocol/errors.js';
export type { CallerLabel, QueueRef, Sentence } from './protocol/sentence.js';
export type { SubscriptionType } from './protocol/stream-config.js';
export type * from './protocol/stream-event.js';
export type {
  AgentStatusView,
  Coverage,
  EventRow,
  FeedRow,
  FeedView,
  GapRow,
  IconName,
  InteractionRow,
  LiveCard,
  LiveState,
  Mask,
  PhaseDurations,
  PhaseName,
  Step,
  TileView,
  Tone,
  View,
} from './protocol/views.js';
