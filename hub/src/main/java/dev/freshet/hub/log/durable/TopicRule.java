package dev.freshet.hub.log.durable;

import dev.freshet.hub.topic.TopicSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long the events of some topics are kept. An event with several topics is kept until each of them has let it go.
 * Immutable.
 *
 * @param selector the topics, each for itself
 * @param last of each topic the newest so many events are kept
 * @param maxAge older events go
 */
public record TopicRule(TopicSelector selector, OptionalInt last, Optional<Duration> maxAge) {
    /**
     * Checks the rule.
     *
     * @throws IllegalArgumentException if it keeps everything or nothing
     */
    public TopicRule {
        if (last.isEmpty() && maxAge.isEmpty()) {
            throw new IllegalArgumentException(
                    "retention of " + selector.text() + ": no limit (expected: last N, or a duration, or both)");
        }
        boolean keepsNoEvent = last.isPresent() && last.getAsInt() < 1;
        boolean keepsNoTime = maxAge.isPresent() && maxAge.get().isNegative();
        if (keepsNoEvent || keepsNoTime) {
            throw new IllegalArgumentException(
                    "retention of " + selector.text() + ": less than one event or no time (expected: 1 or more)");
        }
    }
}
