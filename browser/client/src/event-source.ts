import type { EventSourceOptions, PerAttempt } from './event-source-options.js';
import { NativeStream } from './native-stream.js';
import { EventStreamParser, type Block } from './event-stream-parser.js';
import { Reconnection, retryAfterMs } from './reconnection.js';
import { ServerSentEvent } from './server-sent-event.js';
import { CLOSED, Source } from './source.js';

const EVENT_STREAM = 'text/event-stream';

/** How an attempt ended. */
interface Ending {
  readonly status?: number;
  readonly cause?: unknown;
  readonly isFinal?: boolean;
  readonly waitMs?: number | undefined;
}

/**
 * The platform's `EventSource` (WHATWG HTML 9.2), made with `fetch`, and what it lacks, in its options. Runs in pages,
 * in workers and in Node.
 *
 * @typeParam T maps types of events to what their data holds as JSON, such as `{ paid: Order }`
 */
export class EventSource<T = {}> extends Source<T> {
  readonly #options: EventSourceOptions;
  readonly #reconnection: Reconnection;
  readonly #life = new AbortController();
  readonly #native: NativeStream | undefined;
  #attempt = new AbortController();
  #lastEventId: string;
  #hasRenewed = false;
  #wake = (): void => {};

  /** @throws DOMException `SyntaxError` if the URL cannot be read */
  constructor(url: string | URL, options: EventSourceOptions = {}) {
    super(url, options.withCredentials);
    this.#options = options;
    this.#reconnection = new Reconnection(options);
    this.#lastEventId = options.store?.getItem(this.#storeKey) ?? options.lastEventId ?? '';
    if (options.native) {
      this.#native = this.#openNative();
    } else {
      void this.#run();
    }
    this.#heedSurroundings();
  }

  /** The id after which the next attempt asks for events; empty before there is one. */
  get lastEventId(): string {
    return this.#lastEventId;
  }

  override close(): void {
    super.close();
    this.#life.abort();
    this.#attempt.abort();
    this.#native?.close();
    this.#wake();
  }

  protected override listenedTo(type: string): void {
    this.#native?.ask(type);
  }

  /** A block of the stream has come; one without data is no event and only moves the last id. */
  protected take({ data, type, lastEventId }: Block, origin: string): void {
    if (data !== undefined) {
      this.deliver(new ServerSentEvent(type, { data, lastEventId, origin }));
    }
  }

  get #storeKey(): string {
    return `freshet ${this.url}`;
  }

  #openNative(): NativeStream {
    return new NativeStream(this.url, this.withCredentials, {
      opened: () => this.opened({}),
      lost: () => this.lost({}),
      failed: () => this.failed({}),
      event: (event) => {
        this.#lastEventId = event.lastEventId;
        this.deliver(event);
      },
    });
  }

  #heedSurroundings(): void {
    const { signal } = this.#life;
    const { signal: stop, pauseWhenHidden } = this.#options;
    globalThis.addEventListener?.('online', () => this.#onOnline(), { signal });
    if (pauseWhenHidden) {
      globalThis.document?.addEventListener('visibilitychange', () => this.#onVisibility(), { signal });
    }
    stop?.addEventListener('abort', () => this.close(), { signal });
    if (stop?.aborted) {
      this.close();
    }
  }

  /** After another network was joined, an open connection may be dead without a word. */
  #onOnline(): void {
    this.#attempt.abort();
    this.#wake();
  }

  #onVisibility(): void {
    if (this.#isPaused) {
      this.#attempt.abort();
    } else {
      this.#wake();
    }
  }

  get #isPaused(): boolean | undefined {
    return this.#options.pauseWhenHidden && globalThis.document?.hidden;
  }

  get #isClosed(): boolean {
    return this.readyState === CLOSED;
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      if (this.#isPaused) {
        await this.#sleep();
      } else {
        await this.#end(await this.#connect());
      }
    }
  }

  async #end({ isFinal, waitMs = 0, ...details }: Ending): Promise<void> {
    if (this.#isClosed) {
      return;
    }
    if (isFinal) {
      this.failed(details);
    } else {
      this.lost(details);
      await this.#sleep(Math.max(waitMs, this.#reconnection.nextWaitMs()));
    }
  }

  /** Until somebody wakes it, or the time is over. */
  async #sleep(forMs?: number): Promise<void> {
    if (!this.#isClosed) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = forMs === undefined ? undefined : setTimeout(resolve, forMs);
      });
      clearTimeout(timer);
    }
  }

  async #connect(): Promise<Ending> {
    if (this.#isClosed) {
      return {};
    }
    const attempt = (this.#attempt = new AbortController());
    try {
      const response = await this.#request(attempt.signal);
      return await (response.status === 200 ? this.#read(response) : this.#refused(response));
    } catch (cause) {
      return { cause };
    } finally {
      attempt.abort();
    }
  }

  async #request(signal: AbortSignal): Promise<Response> {
    const { method = 'GET', headers, body, fetch = globalThis.fetch } = this.#options;
    const init: RequestInit = {
      method,
      headers: this.#complete(new Headers(await made(headers))),
      body: (await made(body)) ?? null,
      cache: 'no-store',
      credentials: this.withCredentials ? 'include' : 'same-origin',
      signal,
    };
    return this.#unlessStalled(fetch(this.url, init));
  }

  /** The id goes out as UTF-8, of which `fetch` takes each byte as a character. */
  #complete(headers: Headers): Headers {
    headers.set('Accept', EVENT_STREAM);
    if (this.#lastEventId) {
      headers.set('Last-Event-ID', String.fromCharCode(...new TextEncoder().encode(this.#lastEventId)));
    }
    return headers;
  }

  async #refused(response: Response): Promise<Ending> {
    const { status, headers } = response;
    const { retryOn = [], onUnauthorized } = this.#options;
    if (status === 401 && onUnauthorized && !this.#hasRenewed) {
      await onUnauthorized(response);
      this.#hasRenewed = true;
      return this.#connect();
    }
    return { status, isFinal: !retryOn.includes(status), waitMs: retryAfterMs(headers) };
  }

  async #read({ status, headers, url, body }: Response): Promise<Ending> {
    if (headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() !== EVENT_STREAM || !body) {
      return { status, isFinal: true };
    }
    this.#hasRenewed = false;
    this.#reconnection.opened();
    this.opened({ headers });
    const parser = new EventStreamParser(this.#lastEventId, (retryMs) => this.#reconnection.setRetry(retryMs));
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await this.#unlessStalled(reader.read());
      if (done) {
        return {};
      }
      await this.#takeAll(parser.push(value), new URL(url || this.url).origin);
    }
  }

  async #takeAll(blocks: Iterable<Block>, origin: string): Promise<void> {
    for (const block of blocks) {
      if (this.#isClosed) {
        return;
      }
      this.#lastEventId = block.lastEventId;
      if (block.data !== undefined) {
        this.#reconnection.succeeded();
      }
      this.take(block, origin);
      await this.room();
    }
    this.#options.store?.setItem(this.#storeKey, this.#lastEventId);
  }

  /** Ends the attempt if nothing comes of the promise for too long. */
  async #unlessStalled<R>(promise: Promise<R>): Promise<R> {
    const { stallMs } = this.#options;
    const timer = stallMs && setTimeout(() => this.#attempt.abort(new Error(`no byte for ${stallMs} ms`)), stallMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }
}

function made<V>(value: PerAttempt<V> | undefined): V | Promise<V> | undefined {
  return typeof value === 'function' ? (value as () => V | Promise<V>)() : value;
}
