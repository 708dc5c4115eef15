import type { EventSourceOptions } from './event-source-options.js';
import { addHandler } from './event-handlers.js';
import { eventReaders } from './event-readers.js';
import type { Block } from './event-stream-parser.js';
import { holdNativeStream } from './native-stream.js';
import { ServerSentEvent, type ConnectionErrorEvent, type EventMap } from './server-sent-event.js';
import { CLOSED, CONNECTING, OPEN, holdStream, type HoldStream, type ListenTo, type StreamOwner } from './stream.js';

type Listener<S, E> = (this: S, event: E) => unknown;
type Handler<S, E> = Listener<S, E> | null;

/** What can be listened to; its names and states are those of the platform's `EventSource` (WHATWG HTML 9.2.2). */
export interface EventSource<T> {
  onopen: Handler<EventSource<T>, Event>;
  onmessage: Handler<EventSource<T>, ServerSentEvent>;
  onerror: Handler<EventSource<T>, ConnectionErrorEvent>;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
  /** Absolute. */
  readonly url: string;
  readonly withCredentials: boolean;
  /** `CONNECTING`, `OPEN` or `CLOSED`. */
  readonly readyState: number;
  /** The id after which the next attempt asks for events; empty before there is one. */
  readonly lastEventId: string;
  removeEventListener<K extends keyof EventMap<T> & string>(
    type: K,
    listener: Listener<EventSource<T>, EventMap<T>[K]>,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: Listener<EventSource<T>, ServerSentEvent> | EventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/**
 * The platform's `EventSource` (WHATWG HTML 9.2), made with `fetch`, and what it lacks, in its options. Runs in pages,
 * in workers and in Node.
 *
 * @typeParam T maps types of events to what their data holds as JSON, such as `{ paid: Order }`
 */
export class EventSource<T = {}> extends EventTarget {
  declare static readonly CONNECTING: 0;
  declare static readonly OPEN: 1;
  declare static readonly CLOSED: 2;

  readonly #close: (error?: Error) => void;
  readonly #read: (limit: number) => AsyncIterableIterator<ServerSentEvent, void>;
  readonly #listenTo: ListenTo = undefined;

  static {
    ['CONNECTING', 'OPEN', 'CLOSED'].forEach((name, value) =>
      [this, this.prototype].forEach((holder) => Object.defineProperty(holder, name, { value })),
    );
  }

  /** @throws DOMException `SyntaxError` if the URL cannot be read */
  constructor(url: string | URL, options?: EventSourceOptions);
  /** @internal Where its events come from is another matter. */
  constructor(url: string | URL, options: EventSourceOptions | undefined, hold: HoldStream);
  constructor(url: string | URL, options: EventSourceOptions = {}, hold: HoldStream = options.native ? holdNativeStream : holdStream) {
    super();
    const { withCredentials = false, store, signal } = options;
    const href = absolute(url);
    const key = `freshet ${href}`;
    const life = new AbortController();
    const readers = eventReaders();
    let state = CONNECTING;
    let lastEventId = unlessFails(() => store?.getItem(key)) ?? options.lastEventId ?? '';

    const close = (error?: Error): void => {
      state = CLOSED;
      life.abort();
      readers.finish(error);
    };

    const onState: StreamOwner['onState'] = (to, details) => {
      if (state < CLOSED) {
        state = to;
        if (to === CLOSED) {
          close(new Error(`status: ${details!.status}`));
        }
        this.dispatchEvent(Object.assign(new Event(to === OPEN ? 'open' : 'error'), details));
      }
    };

    const onBlock = ({ type, data, origin, lastEventId: id = lastEventId }: Block): Promise<void> | void => {
      if (state < CLOSED) {
        lastEventId = id;
        if (data !== undefined) {
          const event = new ServerSentEvent(type, { data, lastEventId, origin });
          readers.give(event);
          this.dispatchEvent(event);
        }
        unlessFails(() => store?.setItem(key, id));
        return readers.whenReady();
      }
    };

    Object.defineProperties(this, {
      url: { value: href },
      withCredentials: { value: withCredentials },
      readyState: { get: () => state },
      lastEventId: { get: () => lastEventId },
    });
    ['open', 'message', 'error'].forEach((type) => addHandler(this, type));
    this.#close = close;
    this.#read = readers.add;
    signal?.addEventListener('abort', () => close(), { signal: life.signal });
    if (signal?.aborted) {
      close();
    } else {
      this.#listenTo = hold(href, options, { lastId: () => lastEventId, onState, onBlock }, life.signal);
    }
  }

  override addEventListener<K extends keyof EventMap<T> & string>(
    type: K,
    listener: Listener<EventSource<T>, EventMap<T>[K]>,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: Listener<EventSource<T>, ServerSentEvent> | EventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(...listening: [type: string, listener: never, options?: boolean | AddEventListenerOptions]): void {
    super.addEventListener(...listening);
    this.#listenTo?.(listening[0]);
  }

  /** Ends it at once: no event comes after this. */
  close(): void {
    this.#close();
  }

  /** The events of all types, as they come from now on, until the source is closed. */
  [Symbol.asyncIterator](): AsyncIterableIterator<ServerSentEvent, void> {
    return this.events();
  }

  /**
   * The events of all types, as they come from now on, until the source is closed.
   *
   * @param limit how many events may wait for the reader
   * @throws Error from the iterator, if the source failed for good or too many events wait
   */
  events(limit = 1000): AsyncIterableIterator<ServerSentEvent, void> {
    return this.#read(limit);
  }
}

/** As a page resolves it. */
function absolute(url: string | URL): string {
  try {
    return new Request(url).url;
  } catch {
    throw new DOMException(`url: ${url}`, 'SyntaxError');
  }
}

/** A store that is absent, full or forbidden is done without: a page that is loaded again then gets some events once more, and misses none. */
function unlessFails<R>(use: () => R): R | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
