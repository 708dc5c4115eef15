package dev.freshet.hub.log.durable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long events are kept. Whatever is reached first counts; nothing is kept for ever by being asked for. Immutable.
 *
 * @param maxAge older events go
 * @param maxEvents the oldest events go when there are more
 * @param maxBytes the oldest events go when the storage is larger
 * @param topics further rules for some topics; the first rule that selects a topic counts
 */
public record Retention(
        Optional<Duration> maxAge, OptionalLong maxEvents, OptionalLong maxBytes, List<TopicRule> topics) {
    /** Keeps everything. */
    public static final Retention FOR_EVER =
            new Retention(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of());

    private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if nothing could be kept: an age of less than a millisecond, less than one event or
     *     byte; or the age is longer than 36,500 days
     */
    public Retention {
        topics = List.copyOf(topics);
        maxAge.ifPresent(Retention::requireAge);
        maxEvents.ifPresent(events -> requirePositive("events", events));
        maxBytes.ifPresent(bytes -> requirePositive("bytes", bytes));
    }

    private static void requireAge(Duration age) {
        if (age.compareTo(LONGEST_AGE) > 0 || age.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "retention: an age of " + age + " (expected: 1 ms to " + LONGEST_AGE.toDays() + " days)");
        }
    }

    private static void requirePositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("retention: " + value + " " + what + " (expected: at least 1)");
        }
    }
}
