import { EventQueue } from './event-queue.js';
import type { ConnectionErrorEvent, EventMap, ServerSentEvent } from './server-sent-event.js';

export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSED = 2;

type Listener<S, E> = (this: S, event: E) => unknown;
type Handler<S, E> = Listener<S, E> | null;

/** What can be listened to; its names and states are those of the platform's `EventSource` (WHATWG HTML 9.2.2). */
export interface Source<T> {
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

/**
 * ```
 * CONNECTING --opened--> OPEN --lost--> CONNECTING
 *      each of them --ended--> CLOSED
 * ```
 */
export abstract class Source<T> extends EventTarget {
  static readonly CONNECTING = CONNECTING;
  static readonly OPEN = OPEN;
  static readonly CLOSED = CLOSED;
  readonly CONNECTING = CONNECTING;
  readonly OPEN = OPEN;
  readonly CLOSED = CLOSED;

  /** Absolute. */
  readonly url: string;
  readonly withCredentials: boolean;
  readonly #handlers = new Map<string, Handler<Source<T>, never>>();
  readonly #queues = new Set<EventQueue<ServerSentEvent>>();
  #state = CONNECTING;
  #onRoom = (): void => {};

  /** @throws DOMException `SyntaxError` if the URL cannot be read */
  constructor(url: string | URL, withCredentials = false) {
    super();
    this.withCredentials = withCredentials;
    try {
      this.url = new URL(url, globalThis.location?.href).href;
    } catch {
      throw new DOMException(`url: ${url}`, 'SyntaxError');
    }
  }

  /** `CONNECTING`, `OPEN` or `CLOSED`. */
  get readyState(): number {
    return this.#state;
  }

  get onopen(): Handler<Source<T>, Event> {
    return this.#handler('open');
  }
  set onopen(handler: Handler<Source<T>, Event>) {
    this.#handle('open', handler);
  }
  get onmessage(): Handler<Source<T>, ServerSentEvent> {
    return this.#handler('message');
  }
  set onmessage(handler: Handler<Source<T>, ServerSentEvent>) {
    this.#handle('message', handler);
  }
  get onerror(): Handler<Source<T>, ConnectionErrorEvent> {
    return this.#handler('error');
  }
  set onerror(handler: Handler<Source<T>, ConnectionErrorEvent>) {
    this.#handle('error', handler);
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
    this.listenedTo(type);
  }

  /** Ends it at once: no event comes after this. */
  close(): void {
    this.#state = CLOSED;
    this.#endQueues();
  }

  /** The events of all types, as they come from now on, until the source is closed. */
  [Symbol.asyncIterator](): AsyncGenerator<ServerSentEvent, void> {
    return this.events();
  }

  /**
   * The events of all types, as they come from now on, until the source is closed.
   *
   * @param limit how many events may wait for the reader
   * @throws Error from the iterator, if the source failed for good or too many events wait
   */
  events(limit = 1000): AsyncGenerator<ServerSentEvent, void> {
    const queue = new EventQueue<ServerSentEvent>(limit);
    this.#queues.add(queue);
    if (this.#state === CLOSED) {
      queue.end();
    }
    return this.#take(queue);
  }

  /** Somebody listens to events of this type. */
  protected listenedTo(_type: string): void {}

  protected opened(details: object): void {
    this.#state = OPEN;
    this.dispatchEvent(Object.assign(new Event('open'), details));
  }

  protected lost(details: object): void {
    this.#state = CONNECTING;
    this.dispatchEvent(Object.assign(new Event('error'), details));
  }

  protected failed(details: { readonly status?: number | undefined }): void {
    this.#endQueues(new Error(`status: ${details.status}`));
    this.close();
    this.dispatchEvent(Object.assign(new Event('error'), details));
  }

  protected deliver(event: ServerSentEvent): void {
    for (const queue of this.#queues) {
      queue.push(event);
    }
    this.dispatchEvent(event);
  }

  /** Resolves when no iterator has too much to read. */
  protected async room(): Promise<void> {
    while ([...this.#queues].some((queue) => queue.isFull)) {
      await new Promise<void>((resolve) => (this.#onRoom = resolve));
    }
  }

  async *#take(queue: EventQueue<ServerSentEvent>): AsyncGenerator<ServerSentEvent, void> {
    try {
      yield* queue.take(() => this.#onRoom());
    } finally {
      this.#queues.delete(queue);
      this.#onRoom();
    }
  }

  #endQueues(failure?: Error): void {
    for (const queue of this.#queues) {
      queue.end(failure);
    }
    this.#onRoom();
  }

  #handler<E>(type: string): Handler<Source<T>, E> {
    return (this.#handlers.get(type) as Handler<Source<T>, E> | undefined) ?? null;
  }

  /** As with the platform's, a handler keeps the place among the listeners that the first one took. */
  #handle<E extends Event>(type: string, handler: Handler<Source<T>, E>): void {
    if (!this.#handlers.has(type)) {
      this.addEventListener(type, (event) => this.#handler<Event>(type)?.call(this, event));
    }
    this.#handlers.set(type, typeof handler === 'function' ? handler : null);
  }
}
