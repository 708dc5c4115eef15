/** An event of a stream: a `MessageEvent` whose data is text. */
export class ServerSentEvent<T = unknown> extends MessageEvent<string> {
  /**
   * Its data, read as JSON.
   *
   * @throws SyntaxError if the data is not JSON
   */
  json(): T {
    return JSON.parse(this.data) as T;
  }
}

/** The data of a `gap` event: some events cannot be had any more. */
export interface Gap {
  /** `expired`: no longer kept; `unknown`: never given out; `slow`: this client stayed behind for too long. */
  readonly reason: 'expired' | 'unknown' | 'slow';
  /** The id after which events were asked for. */
  readonly requested: string;
  /** The id of the first event that is there, or null if there is none. */
  readonly earliest: string | null;
}

/** Why a connection ended, or was not made. */
export interface ConnectionErrorEvent extends Event {
  /** The status, if an answer came that was not a stream. */
  readonly status?: number;
  /** What `fetch` threw, if no answer came or it broke off. */
  readonly cause?: unknown;
}

/** Which events there are by name; `T` maps further types to what their data holds as JSON. */
export type EventMap<T> = {
  open: Event;
  error: ConnectionErrorEvent;
  message: ServerSentEvent;
  gap: ServerSentEvent<Gap>;
} & { [K in keyof T]: ServerSentEvent<T[K]> };
