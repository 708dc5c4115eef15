package dev.freshet.hub.fanout.setup;

import java.time.Duration;

/**
 * The times and limits of a lane. Immutable.
 *
 * @param heartbeat an interest that sent nothing for so long sends a comment
 * @param retry how long a client is asked to wait before it connects again
 * @param slice how long a lane works on before connections have their turn
 * @param maxRest after a sweep that took longer than a slice, a lane rests for as long as it took, at most so long; 0 for no rest
 * @param maxSweepBytes about how many bytes of events one sweep takes on; a larger event is taken alone
 * @param maxPortionBytes about how many bytes a subscriber that is behind is offered at a time
 */
public record LaneOptions(
        Duration heartbeat, Duration retry, Duration slice, Duration maxRest, int maxSweepBytes, int maxPortionBytes) {
    /** 15 s, 2 s, 2 ms, 30 ms, 256 KiB, 64 KiB. */
    public static final LaneOptions DEFAULT = new LaneOptions(
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            Duration.ofMillis(2),
            Duration.ofMillis(30),
            256 << 10,
            64 << 10);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if a duration is not positive (retry and maxRest may be zero), or a size is not
     */
    public LaneOptions {
        requirePositive("heartbeat", heartbeat);
        requirePositive("slice", slice);
        requireNotNegative("retry", retry);
        requireNotNegative("maxRest", maxRest);
        if (maxSweepBytes < 1 || maxPortionBytes < 1) {
            throw new IllegalArgumentException("maxSweepBytes, maxPortionBytes: " + maxSweepBytes + ", "
                    + maxPortionBytes + " (expected: 1 or more)");
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 or more)");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
        }
    }
}
