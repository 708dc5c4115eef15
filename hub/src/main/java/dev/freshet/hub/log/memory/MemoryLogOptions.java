package dev.freshet.hub.log.memory;

import java.time.Duration;

/**
 * The limits of a log in memory. Immutable.
 *
 * @param maxWaiting the most batches that may wait for the writer
 * @param maxKeys the most idempotency keys that are remembered; beyond, the oldest is forgotten
 * @param keyRetention how long an idempotency key is remembered
 */
public record MemoryLogOptions(int maxWaiting, int maxKeys, Duration keyRetention) {
    /** 4,096 batches, 100,000 keys, 10 minutes. */
    public static final MemoryLogOptions DEFAULT = new MemoryLogOptions(4096, 100_000, Duration.ofMinutes(10));
}
