import type { ReconnectionOptions } from './reconnection.js';

/** A value, or a function that makes one for each attempt. */
export type PerAttempt<V> = V | (() => V | Promise<V>);

/** All are optional; without any, the source behaves as the platform's `EventSource`. */
export interface EventSourceOptions extends ReconnectionOptions {
  /** Whether cookies go to other origins. */
  readonly withCredentials?: boolean;
  readonly headers?: PerAttempt<HeadersInit>;
  readonly method?: string;
  /** Sent again with each attempt, so no stream, but for one that a function makes. */
  readonly body?: PerAttempt<BodyInit>;
  /** Begin after this event. */
  readonly lastEventId?: string;
  /** Keeps the last id, for example `sessionStorage`, so that a reloaded page goes on where it was. Stronger than `lastEventId`. One that throws is done without. */
  readonly store?: Pick<Storage, 'getItem' | 'setItem'>;
  /** Statuses after which to try again, such as 429 and 503; `Retry-After` is heeded. Others end the source. */
  readonly retryOn?: readonly number[];
  /** Is called on a 401 to get a new token; then the request is made again, with the headers of a new attempt. A second 401 ends the source. */
  readonly onUnauthorized?: (response: Response) => unknown;
  /** Connect again when no byte came for so long; should be more than twice the server's heartbeat. At most a day; never, if it is 0 or less. */
  readonly stallMs?: number;
  /** Hold no connection while the page is hidden; what was missed comes when it is shown. */
  readonly pauseWhenHidden?: boolean;
  /** Closes the source. */
  readonly signal?: AbortSignal;
  /** Use the platform's `EventSource`; of these options it heeds `withCredentials` and `signal` alone. */
  readonly native?: boolean;
  /** In place of the platform's. */
  readonly fetch?: typeof fetch;
}
