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
  /** The server's wish, or what the options say. */
  retryMs: number;
  /** When the attempt had success: it was opened then; 0 if an event came; `Infinity` as long as it had none. */
  goodSinceMs: number;
  /** Counts a failure. */
  nextWaitMs(): number;
}

export function reconnection({ retryMs = 1000, minRetryMs = 100, maxRetryMs = 30_000, random = Math.random }: ReconnectionOptions): Reconnection {
  let failures = 0;
  return {
    retryMs,
    goodSinceMs: Infinity,
    nextWaitMs() {
      if (Date.now() - this.goodSinceMs > maxRetryMs) {
        failures = 0;
      }
      this.goodSinceMs = Infinity;
      const shortestMs = Math.max(this.retryMs, minRetryMs);
      const longestMs = Math.max(Math.min(shortestMs * 2 ** failures++, maxRetryMs), shortestMs);
      return minRetryMs + random() * (longestMs - minRetryMs);
    },
  };
}

/** What `Retry-After` asks for (RFC 9110 10.2.3), seconds or a date; 0 without it. */
export function retryAfterMs(headers: Headers): number {
  const value = headers.get('retry-after')!;
  return Math.max(+value * 1000 || Date.parse(value) - Date.now() || 0, 0);
}
