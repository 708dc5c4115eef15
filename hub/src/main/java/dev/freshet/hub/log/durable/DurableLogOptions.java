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
    public record Keys(int max, Duration retention) {
        private static final Duration LONGEST_RETENTION = Duration.ofDays(365);

        /**
         * Checks the limits.
         *
         * @throws IllegalArgumentException if the number of keys is negative, or the retention is negative or longer than a
         *     year
         */
        public Keys {
            if (max < 0) {
                throw new IllegalArgumentException("keys: " + max + " (expected: 0 or more)");
            }
            if (retention.isNegative() || retention.compareTo(LONGEST_RETENTION) > 0) {
                throw new IllegalArgumentException("retention of keys: " + retention + " (expected: 0 to 365 days)");
            }
        }
    }

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
