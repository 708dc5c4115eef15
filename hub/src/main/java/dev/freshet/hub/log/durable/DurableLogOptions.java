package dev.freshet.hub.log.durable;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a durable log lies, and its limits. Immutable.
 *
 * @param directory holds its files; made if it is not there
 * @param maxWaiting the most batches that may wait for the writer
 * @param maxWaitingBytes about the most bytes of such batches; a larger one may wait alone
 * @param maxReadsWaiting the most reads that may wait for a thread
 * @param keys how idempotency keys are remembered
 * @param retention how long events are kept
 */
public record DurableLogOptions(
        Path directory, int maxWaiting, long maxWaitingBytes, int maxReadsWaiting, Keys keys, Retention retention) {
    /**
     * How idempotency keys are remembered. Immutable.
     *
     * @param max the most keys; beyond, the oldest is forgotten
     * @param retention how long a key is remembered
     */
    public record Keys(int max, Duration retention) {}

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if nothing may wait
     */
    public DurableLogOptions {
        if (maxWaiting < 1 || maxWaitingBytes < 1 || maxReadsWaiting < 1) {
            throw new IllegalArgumentException("maxWaiting, maxWaitingBytes, maxReadsWaiting: " + maxWaiting + ", "
                    + maxWaitingBytes + ", " + maxReadsWaiting + " (expected: at least 1)");
        }
    }
}
