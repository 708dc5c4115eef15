package dev.freshet.hub.fanout.start;

import java.time.Instant;

/** Where in the log a subscriber begins. Immutable. */
public sealed interface StartAt {
    /** With the next event. */
    record Now() implements StartAt {}

    /**
     * Behind the event that was received last.
     *
     * @param id the event's id on the wire
     */
    record After(String id) implements StartAt {}

    /**
     * With the first event that was appended at a time or later.
     *
     * @param time the time
     */
    record Since(Instant time) implements StartAt {}

    /**
     * With the newest events that the subscriber may read.
     *
     * @param count how many, 0 to {@value #MAX_COUNT}
     */
    record Last(int count) implements StartAt {
        /** The largest count. */
        public static final int MAX_COUNT = 10_000;

        /**
         * Checks the count.
         *
         * @throws IllegalArgumentException if it is negative or too large
         */
        public Last {
            if (count < 0 || count > MAX_COUNT) {
                throw new IllegalArgumentException("last: " + count + " (expected: 0 to " + MAX_COUNT + ")");
            }
        }
    }
}
