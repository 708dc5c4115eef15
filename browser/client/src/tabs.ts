export { SharedEventSource, type SharedEventSourceOptions } from './shared-event-source.js';
