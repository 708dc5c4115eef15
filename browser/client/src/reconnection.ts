/** How long to wait before the next attempt. */
export interface ReconnectionOptions {
  /** The reconnection time until the server sets another with `retry`: 1000. */
  readonly retryMs?: number;
  /** The shortest wait: 100. */
  readonly minRetryMs?: number;
  /** Where doubling ends, if the server's own time is not longer: 30,000. */
  readonly maxRetryMs?: number;
  /** From 0 to 1; in place of `Math.random`, for tests. */
  readonly random?: () => number;
}

/**
 * The waits between attempts: exponential back-off with full jitter. After n failures in a row it is a random time up
 * to the reconnection time doubled n times. An event, or a connection that held for longer than the longest wait, ends
 * the row.
 */
export interface Reconnection {
  /** The server's wish. */
  setRetry(retryMs: number): void;
  opened(): void;
  /** An event came. */
  succeeded(): void;
  /** Counts a failure. */
  nextWaitMs(): number;
}

export function reconnection({ retryMs = 1000, minRetryMs = 100, maxRetryMs = 30_000, random = Math.random }: ReconnectionOptions): Reconnection {
  let failures = 0;
  let openedAtMs = Infinity;
  return {
    setRetry: (wishMs) => (retryMs = wishMs),
    opened: () => (openedAtMs = Date.now()),
    succeeded: () => (failures = 0),
    nextWaitMs() {
      if (Date.now() - openedAtMs > maxRetryMs) {
        failures = 0;
      }
      openedAtMs = Infinity;
      const shortestMs = Math.max(retryMs, minRetryMs);
      const longestMs = Math.min(shortestMs * 2 ** failures++, Math.max(maxRetryMs, shortestMs));
      return minRetryMs + random() * (longestMs - minRetryMs);
    },
  };
}

/** What `Retry-After` asks for (RFC 9110 10.2.3), seconds or a date; 0 without it. */
export function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after') ?? '';
  const waitMs = /^\d+$/.test(value) ? +value * 1000 : Date.parse(value) - Date.now();
  return waitMs > 0 ? waitMs : 0;
}
