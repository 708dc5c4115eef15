export { EventSource } from './event-source.js';
export type { EventSourceOptions, PerAttempt } from './event-source-options.js';
export type { ReconnectionOptions } from './reconnection.js';
export { ServerSentEvent, type ConnectionErrorEvent, type EventMap, type Gap } from './server-sent-event.js';
