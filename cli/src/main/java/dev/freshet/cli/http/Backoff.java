package dev.freshet.cli.http;

import java.util.random.RandomGenerator;

/**
 * How long to wait before another attempt: twice as long after each failure, and never all clients at once.
 * As thread-safe as its source of randomness.
 *
 * @param maxMs the longest wait
 * @param random spreads the waits over the upper half of their range
 */
public record Backoff(long maxMs, RandomGenerator random) {
    private static final int MAX_DOUBLINGS = 20;

    /**
     * Validates the bounds.
     *
     * @throws IllegalArgumentException if maxMs is not within 1 ms and an hour
     */
    public Backoff {
        if (maxMs < 1 || maxMs > 3_600_000) {
            throw new IllegalArgumentException("maxMs: " + maxMs + " (expected: 1 to 3600000)");
        }
    }

    /**
     * How long to wait now.
     *
     * @param firstMs the wait after the first failure
     * @param failures how many attempts failed in a row, at least 1
     * @return half of the full wait at least; in milliseconds
     */
    public long delayMs(long firstMs, int failures) {
        long first = Math.max(1, Math.min(firstMs, maxMs));
        long full = Math.min(maxMs, first << Math.min(failures - 1, MAX_DOUBLINGS));
        return full - random.nextLong(full / 2 + 1);
    }
}
