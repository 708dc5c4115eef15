package dev.freshet.hub.fanout;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.List;
import java.util.Optional;

/**
 * What one client has to see of a log: from its start on, every event that it wants, in order and once; events may be missing
 * only where a gap was told, and then only up to the place that the gap names.
 */
final class Expectation {
    private final Subscription subscription;
    private final Optional<Topic> own;
    private final Log log;
    private long cursor;
    private int gaps;

    /** Where the events stand; written by one thread at a time, entries never change. */
    interface Log {
        /** The event at an offset; offsets begin with 1. */
        Published at(long offset);
    }

    /** What was published. */
    record Published(List<Topic> topics, boolean isPrivate, String data) {}

    Expectation(Subscription subscription, Optional<String> subscriberId, Log log, long start) {
        this.subscription = subscription;
        this.own = subscriberId.map(Topic::ofSubscriber);
        this.log = log;
        this.cursor = start;
    }

    int gaps() {
        return gaps;
    }

    void onEvent(ServerSentEvent event) {
        long offset =
                EventPosition.parse(event.id().orElseThrow()).orElseThrow().offset();
        switch (event.type()) {
            case "connected" -> {}
            case "gap" -> onGap(offset);
            default -> onMessage(offset, event.data());
        }
    }

    /** Nothing that is wanted may be missing before an offset. */
    void requireCompleteBefore(long offset) {
        for (; cursor < offset; cursor++) {
            require(!wants(log.at(cursor)), "lost: " + cursor);
        }
    }

    private void onGap(long before) {
        require(before + 1 >= cursor, "a gap back to " + before + " at " + cursor);
        cursor = before + 1;
        gaps++;
    }

    private void onMessage(long offset, String data) {
        require(offset >= cursor, "doubled or disordered: " + offset + " at " + cursor);
        requireCompleteBefore(offset);
        Published published = log.at(offset);
        require(wants(published), "not asked for: " + offset);
        require(published.data.equals(data), "other data: " + data + " at " + offset);
        cursor = offset + 1;
    }

    private boolean wants(Published published) {
        return own.filter(published.topics::contains).isPresent()
                || subscription.rights().allow(published.isPrivate, published.topics) && selects(published.topics);
    }

    private boolean selects(List<Topic> topics) {
        for (TopicSelector selector : subscription.selectors()) {
            if (topics.stream().anyMatch(selector::matches)) {
                return true;
            }
        }
        return false;
    }

    private void require(boolean isTrue, String otherwise) {
        if (!isTrue) {
            throw new AssertionError(otherwise + " (" + subscription + ", own " + own + ")");
        }
    }
}
