/** The DOM events of both elements; importing any of them adds its name to `HTMLElementEventMap`. */
export { X8AgentStatusEvent } from './x8-agent-status-event.js';
export { X8AuthRequiredEvent } from './x8-auth-required-event.js';
export { X8ConnectionChangeEvent } from './x8-connection-change-event.js';
export { X8ErrorEvent } from './x8-error-event.js';
export { X8EventsEvent } from './x8-events-event.js';
export { X8GapEvent } from './x8-gap-event.js';
export { X8InteractionChangeEvent } from './x8-interaction-change-event.js';
export { X8InteractionEndEvent } from './x8-interaction-end-event.js';
export { X8InteractionStartEvent } from './x8-interaction-start-event.js';
export { X8MetricsEvent } from './x8-metrics-event.js';
export { X8ScreenPopEvent } from './x8-screen-pop-event.js';
export { X8UnreadChangeEvent } from './x8-unread-change-event.js';
