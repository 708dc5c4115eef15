package dev.freshet.hub.fanout;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one client has to see of a log: from its start on, every event that it wants, in order and once; events may be missing
 * only where a gap was told, and then only up to the place that the gap names.
 */
final class Expectation {
    private static final Pattern OPENING_ID = Pattern.compile("\nid: (\\S+)\n");

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

    /** The offset of the first event behind an opening, which has the id of the place before that. */
    static long startOf(String opening) {
        Matcher id = OPENING_ID.matcher(opening);
        require(id.find(), "no id in: " + opening);
        return offset(id.group(1)) + 1;
    }

    int gaps() {
        return gaps;
    }

    void onEvent(ServerSentEvent event) {
        switch (event.type()) {
            case "connected" -> {}
            case "gap" -> onGap(offset(event));
            default -> onMessage(offset(event), event.data());
        }
    }

    private static long offset(ServerSentEvent event) {
        return offset(event.id().orElseThrow());
    }

    private static long offset(String id) {
        return EventPosition.parse(id).orElseThrow().offset();
    }

    /** Nothing that is wanted may be missing before an offset. */
    void requireCompleteBefore(long offset) {
        for (; cursor < offset; cursor++) {
            requireOfThis(!wants(log.at(cursor)), "lost: " + cursor);
        }
    }

    private void onGap(long before) {
        requireOfThis(before + 1 >= cursor, "a gap back to " + before + " at " + cursor);
        cursor = before + 1;
        gaps++;
    }

    private void onMessage(long offset, String data) {
        requireOfThis(offset >= cursor, "doubled or disordered: " + offset + " at " + cursor);
        requireCompleteBefore(offset);
        Published published = log.at(offset);
        requireOfThis(wants(published), "not asked for: " + offset);
        requireOfThis(published.data.equals(data), "other data: " + data + " at " + offset);
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

    private void requireOfThis(boolean isTrue, String otherwise) {
        require(isTrue, otherwise + " (" + subscription + ", own " + own + ")");
    }

    private static void require(boolean isTrue, String otherwise) {
        if (!isTrue) {
            throw new AssertionError(otherwise);
        }
    }
}
