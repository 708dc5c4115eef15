import type { EventSourceOptions, PerAttempt } from './event-source-options.js';
import { eventStreamParser, type Block } from './event-stream-parser.js';
import { reconnection, retryAfterMs } from './reconnection.js';

export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSED = 2;

/** The longest wait. */
export const DAY_MS = 86_400_000;

/** Who a stream is for. */
export interface StreamOwner {
  /** The id after which the next attempt asks for events; empty before there is one. */
  lastId(): string;
  /** The stream's state is another, or an attempt more has failed. */
  onState(state: number, details?: { readonly status?: number | undefined }): void;
  /** A block has come, which is no event if it has no data; the next one waits for the promise. */
  onBlock(block: Block): Promise<void> | void;
}

/** Holds a stream open until it ends for good or the signal aborts it, whose `onabort` is the stream's own. */
export type HoldStream = (url: string, options: EventSourceOptions, owner: StreamOwner, signal: AbortSignal) => ListenTo;

/** Is told of types of events that are listened to; for streams that hand out no others. */
export type ListenTo = ((type: string) => void) | void;

/**
 * A stream by `fetch`, with one connection after the other, until a status ends it for good.
 *
 * ```
 * CONNECTING --answer--> OPEN --lost--> CONNECTING
 *     '--refused--> CLOSED
 * ```
 */
export const holdStream: HoldStream = (url, options, owner, life) => {
  const { retryOn = [], onUnauthorized, stallMs, pauseWhenHidden, fetch: request = fetch } = options;
  const waits = reconnection(options);
  /** Ends an attempt, or the wait for the next one. */
  let attempt = new AbortController();
  let isRestart: boolean;
  let hasRenewed: boolean;

  /** Connects anew at once: after another network was joined, an open connection may be dead without a word. */
  const restart = (): void => {
    isRestart = true;
    attempt.abort();
  };

  /** Waits for the promise, and ends the attempt if that takes too long; timers of more than 24 days would end at once. */
  const within = async <R>(limitMs = 0, promise: Promise<R>): Promise<R> => {
    const timer = limitMs > 0 ? setTimeout(() => attempt.abort(new Error(`no byte for ${limitMs} ms`)), Math.min(limitMs, DAY_MS)) : 0;
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  };

  const sleep = (forMs: number): Promise<unknown> => {
    attempt = new AbortController();
    return within(Math.max(forMs, 1), new Promise((resolve) => (attempt.signal.onabort = resolve)));
  };

  const send = (headers: Headers, body: BodyInit | undefined): Promise<Response> => {
    const id = owner.lastId();
    headers.set('Accept', 'text/event-stream');
    if (id) {
      // As UTF-8, of which `fetch` takes each byte as a character.
      headers.set('Last-Event-ID', unescape(encodeURIComponent(id)));
    }
    const credentials = options.withCredentials ? 'include' : undefined!;
    return request(url, { ...options, headers, body: body!, cache: 'no-store', credentials, signal: attempt.signal });
  };

  const read = async (response: Response): Promise<void> => {
    const parse = eventStreamParser(new URL(response.url || url).origin, (retryMs) => (waits.retryMs = retryMs));
    const reader = response.body!.getReader();
    waits.goodSinceMs = Date.now();
    owner.onState(OPEN);
    for (;;) {
      const { done, value } = await within(stallMs, reader.read());
      if (done) {
        return;
      }
      for (const block of parse(value)) {
        if (life.aborted) {
          return;
        }
        if (block.data !== undefined) {
          waits.goodSinceMs = 0;
        }
        await owner.onBlock(block);
      }
    }
  };

  const connect = async (): Promise<void> => {
    let state = CONNECTING;
    let details = {};
    let waitMs = 0;
    attempt = new AbortController();
    isRestart = false;
    try {
      const headers = new Headers(await made(options.headers));
      const response = await within(stallMs, send(headers, await made(options.body)));
      const { status } = response;
      if (status === 200 && /^text\/event-stream\s*(;|$)/i.test(response.headers.get('content-type')!)) {
        await read(response);
      } else if (status === 401 && onUnauthorized && !hasRenewed) {
        await onUnauthorized(response);
        hasRenewed = true;
        return;
      } else {
        details = { status };
        waitMs = retryAfterMs(response.headers);
        state = retryOn.includes(status) ? CONNECTING : CLOSED;
      }
    } catch (cause) {
      details = { cause };
    } finally {
      attempt.abort();
    }
    hasRenewed = false;
    if (!life.aborted) {
      owner.onState(state, details);
    }
    if (!isRestart) {
      await sleep(waitMs + waits.nextWaitMs());
    }
  };

  const run = async (): Promise<void> => {
    while (!life.aborted) {
      await (pauseWhenHidden && globalThis.document?.hidden ? ((hasRenewed = false), sleep(DAY_MS)) : connect());
    }
  };

  life.onabort = restart;
  for (const type of pauseWhenHidden ? ['online', 'visibilitychange'] : ['online']) {
    globalThis.addEventListener?.(type, restart, { signal: life });
  }
  void run();
};

async function made<V>(value: PerAttempt<V> | undefined): Promise<V | undefined> {
  return typeof value === 'function' ? (value as () => V | Promise<V>)() : value;
}
