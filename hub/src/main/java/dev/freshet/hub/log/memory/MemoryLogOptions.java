package dev.freshet.hub.log.memory;

import java.time.Duration;

/**
 * The limits of a log in memory. Immutable.
 *
 * @param maxWaiting the most batches that may wait for the writer
 * @param maxWaitingBytes about the most bytes of such batches; a larger one may wait alone
 * @param maxKeys the most idempotency keys that are remembered; beyond, the oldest is forgotten
 * @param keyRetention how long an idempotency key is remembered
 */
public record MemoryLogOptions(int maxWaiting, long maxWaitingBytes, int maxKeys, Duration keyRetention) {
    private static final Duration LONGEST_RETENTION = Duration.ofDays(365);

    /** 4,096 batches, 64 MiB, 100,000 keys, 10 minutes. */
    public static final MemoryLogOptions DEFAULT =
            new MemoryLogOptions(4096, 64L << 20, 100_000, Duration.ofMinutes(10));

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if no batch may wait, the number of keys is negative, or the retention is negative
     *     or longer than a year
     */
    public MemoryLogOptions {
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("maxWaiting: " + maxWaiting + " (expected: at least 1)");
        }
        if (maxWaitingBytes < 1) {
            throw new IllegalArgumentException("maxWaitingBytes: " + maxWaitingBytes + " (expected: at least 1)");
        }
        if (maxKeys < 0) {
            throw new IllegalArgumentException("maxKeys: " + maxKeys + " (expected: 0 or more)");
        }
        if (keyRetention.isNegative() || keyRetention.compareTo(LONGEST_RETENTION) > 0) {
            throw new IllegalArgumentException("keyRetention: " + keyRetention + " (expected: 0 to 365 days)");
        }
    }
}
