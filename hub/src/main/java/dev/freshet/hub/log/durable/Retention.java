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

    /** Copies the list. */
    public Retention {
        topics = List.copyOf(topics);
    }
}
