import type { EventSourceOptions, PerAttempt } from './event-source-options.js';
import { eventStreamParser, type Block } from './event-stream-parser.js';
import { reconnection, retryAfterMs } from './reconnection.js';

export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSED = 2;

const EVENT_STREAM = 'text/event-stream';

/** The longest wait. */
const DAY_MS = 86_400_000;

/** Who a stream is for. */
export interface StreamOwner<B = Pick<Block, 'data' | 'type' | 'lastEventId'>> {
  /** The id after which the next attempt asks for events; empty before there is one. */
  lastEventId(): string;
  /** The stream's state is another, or an attempt more has failed. */
  enter(state: number, details: { readonly status?: number | undefined; readonly headers?: Headers }): void;
  /** A block has come, which is no event if it has no data; the next one waits for the promise. */
  take(block: B, origin: string): Promise<void> | void;
}

/** Holds a stream open until it ends for good or the signal aborts it. */
export type HoldStream = (url: string, options: EventSourceOptions, owner: StreamOwner, signal: AbortSignal) => ListenTo;

/** Is told of types of events that are listened to; for streams that hand out no others. */
export type ListenTo = ((type: string) => void) | void;

/** How an attempt ended. */
interface Ending {
  readonly status?: number;
  readonly cause?: unknown;
  readonly isFinal?: boolean;
  readonly waitMs?: number;
}

/**
 * A stream by `fetch`, with one connection after the other, until a status ends it for good.
 *
 * ```
 * CONNECTING --answer--> OPEN --lost--> CONNECTING
 *     '--refused--> CLOSED
 * ```
 */
export const holdStream: HoldStream = (url, options, owner, signal) => {
  const waits = reconnection(options);
  let attempt = new AbortController();
  let wake = (): void => {};
  let isRestart = false;

  /** Connects anew at once: after another network was joined, an open connection may be dead without a word. */
  const restart = (): void => {
    isRestart = true;
    attempt.abort();
    wake();
  };

  const isPaused = (): boolean | undefined => options.pauseWhenHidden && globalThis.document?.hidden;

  /** Until somebody wakes it, or the time is over; at most a day, since timers of more than 24 days end at once. */
  const sleep = async (forMs = DAY_MS): Promise<void> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, Math.min(forMs, DAY_MS));
    });
    clearTimeout(timer);
  };

  /** Fails if nothing comes of the promise for too long. */
  const unlessStalled = async <R>(promise: Promise<R>): Promise<R> => {
    const { stallMs } = options;
    const timer = stallMs && setTimeout(() => attempt.abort(new Error(`no byte for ${stallMs} ms`)), stallMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  };

  /** The id goes out as UTF-8, of which `fetch` takes each byte as a character. */
  const complete = (headers: Headers): Headers => {
    headers.set('Accept', EVENT_STREAM);
    const id = owner.lastEventId();
    if (id) {
      headers.set('Last-Event-ID', String.fromCharCode(...new TextEncoder().encode(id)));
    }
    return headers;
  };

  const request = async (): Promise<Response> => {
    const { method = 'GET', headers, body, withCredentials, fetch = globalThis.fetch } = options;
    const init: RequestInit = {
      method,
      headers: complete(new Headers(await made(headers))),
      body: (await made(body)) ?? null,
      cache: 'no-store',
      credentials: withCredentials ? 'include' : 'same-origin',
      signal: attempt.signal,
    };
    return unlessStalled(fetch(url, init));
  };

  const read = async (response: Response, reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Ending> => {
    const { origin } = new URL(response.url || url);
    const parse = eventStreamParser(owner.lastEventId(), waits.setRetry);
    waits.opened();
    owner.enter(OPEN, { headers: response.headers });
    for (;;) {
      const { done, value } = await unlessStalled(reader.read());
      if (done) {
        return {};
      }
      for (const block of parse(value)) {
        if (signal.aborted) {
          return {};
        }
        if (block.data !== undefined) {
          waits.succeeded();
        }
        await owner.take(block, origin);
      }
    }
  };

  const connect = async (hasRenewed = false): Promise<Ending> => {
    const { retryOn = [], onUnauthorized } = options;
    attempt = new AbortController();
    isRestart = false;
    try {
      const response = await request();
      const { status, headers, body } = response;
      if (status === 200) {
        const isStream = /^\s*text\/event-stream\s*(;|$)/i.test(headers.get('content-type')!);
        return isStream && body ? await read(response, body.getReader()) : { status, isFinal: true };
      }
      if (status !== 401 || !onUnauthorized || hasRenewed) {
        return { status, isFinal: !retryOn.includes(status), waitMs: retryAfterMs(headers) };
      }
      await onUnauthorized(response);
    } catch (cause) {
      return { cause };
    } finally {
      attempt.abort();
    }
    return signal.aborted ? {} : connect(true);
  };

  const end = async ({ isFinal, waitMs = 0, ...details }: Ending): Promise<void> => {
    if (!signal.aborted) {
      owner.enter(isFinal ? CLOSED : CONNECTING, details);
    }
    if (!isRestart) {
      await sleep(waitMs + waits.nextWaitMs());
    }
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await (isPaused() ? sleep() : end(await connect()));
    }
  };

  signal.addEventListener('abort', restart);
  globalThis.addEventListener?.('online', restart, { signal });
  if (options.pauseWhenHidden) {
    globalThis.document?.addEventListener('visibilitychange', restart, { signal });
  }
  void run();
};

function made<V>(value: PerAttempt<V> | undefined): V | Promise<V> | undefined {
  return typeof value === 'function' ? (value as () => V | Promise<V>)() : value;
}
