package dev.freshet.hub.publication;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An event, the topics it is for, and whether it is private: all that is known before it is logged. Immutable.
 *
 * @param event the event; its id, if it has one, becomes the id on the wire
 * @param topics 1 to {@value #MAX_TOPICS} topics; repeated ones are dropped
 * @param isPrivate true if it may be read with a grant for one of its topics alone
 * @param ttl how long it may be replayed; empty for as long as the log keeps it
 */
public record Publication(ServerSentEvent event, List<Topic> topics, boolean isPrivate, Optional<Duration> ttl) {
    /** The most topics of one event. */
    public static final int MAX_TOPICS = 100;
    /** The longest id and the longest type, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 256;

    /** The longest time to live. */
    public static final Duration MAX_TTL = Duration.ofDays(3650);

    private static final Duration MIN_TTL = Duration.ofMillis(1);

    /** What the hub itself says on a stream; a subscriber must be able to believe it. */
    private static final Set<String> TYPES_OF_THE_HUB = Set.of("gap", "connected");

    /**
     * Checks the limits that the event alone does not know.
     *
     * @throws InvalidPublicationException if there are no topics or too many, one is the hub's own and not a subscriber's,
     *     the id or type is too long, the type is one of the hub's own, the id could not stand in a header, or the time to
     *     live is not positive or longer than {@link #MAX_TTL}
     */
    public Publication {
        topics = topics.stream().distinct().toList();
        if (topics.isEmpty() || topics.size() > MAX_TOPICS) {
            throw new InvalidPublicationException(
                    "topic: " + topics.size() + " topics (expected: 1 to " + MAX_TOPICS + ")");
        }
        topics.forEach(Publication::requirePublishable);
        requireLength("type", event.type());
        requireOfPublishers(event.type());
        event.id().ifPresent(Publication::requireHeaderSafe);
        ttl.ifPresent(Publication::requireTtl);
    }

    /**
     * Creates a publication without a time to live.
     *
     * @param event the event
     * @param topics its topics
     * @param isPrivate true if it may be read with a grant for one of its topics alone
     */
    public Publication(ServerSentEvent event, List<Topic> topics, boolean isPrivate) {
        this(event, topics, isPrivate, Optional.empty());
    }

    /**
     * Creates a public publication to one topic.
     *
     * @param topic the topic
     * @param event the event
     * @return the publication
     */
    public static Publication of(Topic topic, ServerSentEvent event) {
        return new Publication(event, List.of(topic), false);
    }

    private static void requirePublishable(Topic topic) {
        if (topic.isReserved() && !topic.isOfSubscriber()) {
            throw new InvalidPublicationException("topic: " + topic
                    + " (expected: a name that does not begin with $, or $subscriber/ and a subscriber's id)");
        }
    }

    private static void requireTtl(Duration ttl) {
        if (ttl.compareTo(MAX_TTL) > 0 || ttl.compareTo(MIN_TTL) < 0) {
            throw new InvalidPublicationException(
                    "ttl: " + ttl + " (expected: more than 0, at most " + MAX_TTL.toDays() + " days)");
        }
    }

    private static void requireOfPublishers(String type) {
        if (TYPES_OF_THE_HUB.contains(type)) {
            throw new InvalidPublicationException(
                    "type: " + type + " (expected: another; gap and connected are the hub's own)");
        }
    }

    /** An id comes back in the header Last-Event-ID, which loses outer blanks and cannot carry control characters. */
    private static void requireHeaderSafe(String id) {
        requireLength("id", id);
        if (id.isEmpty() || !id.equals(id.strip()) || id.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidPublicationException(
                    "id: " + (id.isEmpty() ? "empty" : "outer blanks or control characters") + " (expected: 1 to "
                            + MAX_NAME_BYTES + " bytes that can stand in a header)");
        }
    }

    private static void requireLength(String name, String value) {
        if (value.length() * 3 > MAX_NAME_BYTES) {
            int sizeBytes = value.getBytes(StandardCharsets.UTF_8).length;
            if (sizeBytes > MAX_NAME_BYTES) {
                throw new InvalidPublicationException(
                        name + ": " + sizeBytes + " bytes (expected: at most " + MAX_NAME_BYTES + ")");
            }
        }
    }
}
