import type { EventSourceOptions } from './event-source-options.js';
import type { Block } from './event-stream-parser.js';
import { ServerSentEvent, type ConnectionErrorEvent, type EventMap } from './server-sent-event.js';
import { CLOSED, CONNECTING, OPEN, type HoldStream, type ListenTo, type StreamOwner } from './stream.js';

type Listener<S, E> = (this: S, event: E) => unknown;
type Handler<S, E> = Listener<S, E> | null;
type Queue = ReadableStreamDefaultController<ServerSentEvent | Error>;

/** What can be listened to; its names and states are those of the platform's `EventSource` (WHATWG HTML 9.2.2). */
export interface Source<T> {
  onopen: Handler<Source<T>, Event>;
  onmessage: Handler<Source<T>, ServerSentEvent>;
  onerror: Handler<Source<T>, ConnectionErrorEvent>;
  readonly CONNECTING: 0;
  readonly OPEN: 1;
  readonly CLOSED: 2;
  removeEventListener<K extends keyof EventMap<T> & string>(
    type: K,
    listener: Listener<Source<T>, EventMap<T>[K]>,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: Listener<Source<T>, ServerSentEvent> | EventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** Where events of a stream go: to listeners and to iterators; and what is known of the stream. */
export abstract class Source<T> extends EventTarget {
  declare static readonly CONNECTING: 0;
  declare static readonly OPEN: 1;
  declare static readonly CLOSED: 2;

  readonly #url: string;
  readonly #withCredentials: boolean;
  readonly #life = new AbortController();
  readonly #listenTo: ListenTo = undefined;
  readonly #store: EventSourceOptions['store'];
  readonly #handlers = new Map<string, Handler<unknown, unknown>>();
  readonly #queues = new Set<Queue>();
  #state = CONNECTING;
  #lastEventId: string;
  #onRoom = (): void => {};

  static {
    for (const [name, value] of Object.entries({ CONNECTING, OPEN, CLOSED })) {
      Object.defineProperty(this, name, { value });
      Object.defineProperty(this.prototype, name, { value });
    }
    for (const type of ['open', 'message', 'error']) {
      Object.defineProperty(this.prototype, `on${type}`, {
        get(this: Source<unknown>) {
          return this.#handlers.get(type) ?? null;
        },
        set(this: Source<unknown>, handler: unknown) {
          this.#handle(type, handler);
        },
      });
    }
  }

  /**
   * @param hold where its events come from
   * @throws DOMException `SyntaxError` if the URL cannot be read
   */
  constructor(url: string | URL, options: EventSourceOptions, hold: HoldStream) {
    super();
    const { withCredentials = false, store, lastEventId = '', signal } = options;
    try {
      this.#url = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href).href;
    } catch {
      throw new DOMException(`url: ${url}`, 'SyntaxError');
    }
    this.#withCredentials = withCredentials;
    this.#store = store;
    this.#lastEventId = this.#kept() ?? lastEventId;
    signal?.addEventListener('abort', () => this.close(), { signal: this.#life.signal });
    if (signal?.aborted) {
      this.close();
      return;
    }
    this.#listenTo = hold(this.#url, options, this.#owner(), this.#life.signal);
  }

  /** Absolute. */
  get url(): string {
    return this.#url;
  }

  get withCredentials(): boolean {
    return this.#withCredentials;
  }

  /** `CONNECTING`, `OPEN` or `CLOSED`. */
  get readyState(): number {
    return this.#state;
  }

  /** The id after which the next attempt asks for events; empty before there is one. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  override addEventListener<K extends keyof EventMap<T> & string>(
    type: K,
    listener: Listener<Source<T>, EventMap<T>[K]>,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(
    type: string,
    listener: Listener<Source<T>, ServerSentEvent> | EventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(type: string, listener: never, options?: boolean | AddEventListenerOptions): void {
    super.addEventListener(type, listener, options);
    this.#listenTo?.(type);
  }

  /** Ends it at once: no event comes after this. */
  close(): void {
    this.#state = CLOSED;
    this.#life.abort();
    this.#queues.forEach((queue) => queue.close());
    this.#queues.clear();
    this.#onRoom();
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
    let queue!: Queue;
    const reader = new ReadableStream<ServerSentEvent | Error>(
      {
        start: (controller) => void (queue = controller),
        pull: () => this.#onRoom(),
        cancel: () => {
          this.#queues.delete(queue);
          // Later, so that whoever leaves one loop and enters another gets what comes next.
          setTimeout(() => this.#onRoom());
        },
      },
      { highWaterMark: limit },
    ).getReader();
    if (this.#state === CLOSED) {
      queue.close();
    } else {
      this.#queues.add(queue);
    }
    return {
      async next() {
        const result = await reader.read();
        if (result.value instanceof Error) {
          throw result.value;
        }
        return result as IteratorResult<ServerSentEvent, void>;
      },
      async return() {
        await reader.cancel();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** What a stream still brings after this was closed is no news. */
  #owner(): StreamOwner {
    return {
      lastEventId: () => this.#lastEventId,
      enter: (state, details) => this.#state === CLOSED || this.#enter(state, details),
      take: (block, origin) => (this.#state === CLOSED ? undefined : this.#take(block, origin)),
    };
  }

  #enter(state: number, details: { readonly status?: number | undefined }): void {
    this.#state = state;
    if (state === CLOSED) {
      this.#queues.forEach((queue) => queue.enqueue(new Error(`status: ${details.status}`)));
      this.close();
    }
    this.dispatchEvent(Object.assign(new Event(state === OPEN ? 'open' : 'error'), details));
  }

  #take({ data, type, lastEventId }: Pick<Block, 'data' | 'type' | 'lastEventId'>, origin: string): Promise<void> {
    this.#lastEventId = lastEventId;
    if (data !== undefined) {
      this.#deliver(new ServerSentEvent(type, { data, lastEventId, origin }));
    }
    this.#keep(lastEventId);
    return this.#room();
  }

  #deliver(event: ServerSentEvent): void {
    for (const queue of this.#queues) {
      if (queue.desiredSize! > 0) {
        queue.enqueue(event);
      } else {
        queue.enqueue(new Error('too many events wait'));
        queue.close();
        this.#queues.delete(queue);
      }
    }
    this.dispatchEvent(event);
  }

  /** Resolves when no iterator has too much to read. */
  async #room(): Promise<void> {
    while ([...this.#queues].some((queue) => queue.desiredSize! <= 0)) {
      await new Promise<void>((resolve) => (this.#onRoom = resolve));
    }
  }

  #kept(): string | null | undefined {
    try {
      return this.#store?.getItem(this.#storeKey);
    } catch {
      return undefined;
    }
  }

  /** A store that is full or forbidden is done without: a page that is loaded again then gets some events once more, and misses none. */
  #keep(id: string): void {
    try {
      this.#store?.setItem(this.#storeKey, id);
    } catch {}
  }

  get #storeKey(): string {
    return `freshet ${this.#url}`;
  }

  /** As with the platform's, a handler keeps the place among the listeners that the first one took. */
  #handle(type: string, handler: unknown): void {
    if (!this.#handlers.has(type)) {
      this.addEventListener(type, (event) => this.#handlers.get(type)?.call(this, event));
    }
    this.#handlers.set(type, typeof handler === 'function' ? (handler as Handler<unknown, unknown>) : null);
  }
}
