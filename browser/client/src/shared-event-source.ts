import type { EventSourceOptions } from './event-source-options.js';
import { holdSharedStream } from './shared-stream.js';
import { EventSource } from './event-source.js';

/** What a page that is hidden does is nothing that all tabs should share, nor can the platform's stream be shared. */
export interface SharedEventSourceOptions extends Omit<EventSourceOptions, 'native' | 'pauseWhenHidden'> {
  /** The parameter of the URL by which topics are asked for: `topic`. */
  readonly topicParameter?: string;
  /**
   * A leader that says nothing for two to five times so long, even when asked, is replaced: 3000. It has to answer within that
   * time, so some hundred at least; at most a day.
   */
  readonly leaderTimeoutMs?: number;
}

/**
 * One connection for all tabs (and workers) of an origin. Sources whose URLs differ in their topics alone share a
 * stream that asks for the topics of all of them. Where there are no Web Locks, each has a stream of its own.
 *
 * @typeParam T maps types of events to what their data holds as JSON, such as `{ paid: Order }`
 */
export class SharedEventSource<T = {}> extends EventSource<T> {
  /** @throws DOMException `SyntaxError` if the URL cannot be read */
  constructor(url: string | URL, options: SharedEventSourceOptions = {}) {
    super(url, options, holdSharedStream);
  }
}
