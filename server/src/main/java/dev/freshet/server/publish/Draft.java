package dev.freshet.server.publish;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.publication.InvalidPublicationException;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.server.http.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A publication while it is read, member by member. Confined to its reader. */
final class Draft {
    /** A day: whoever asks a client to wait longer means something else. */
    private static final long MAX_RETRY_MS = 86_400_000;

    private final List<Topic> topics = new ArrayList<>();
    private Optional<String> id = Optional.empty();
    private Optional<String> data = Optional.empty();
    private String type = "";
    private OptionalLong retryMs = OptionalLong.empty();
    private boolean isPrivate;
    private Optional<Duration> ttl = Optional.empty();

    void topic(String name) {
        topics.add(new Topic(name));
    }

    void id(String text) {
        id = Optional.of(text);
    }

    void type(String text) {
        type = text;
    }

    void data(String text) {
        data = Optional.of(text);
    }

    void retry(String text) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= MAX_RETRY_MS) {
                retryMs = OptionalLong.of(value);
                return;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new InvalidPublicationException(
                "retry: " + text + " (expected: milliseconds from 0 to " + MAX_RETRY_MS + ")");
    }

    void isPrivate(String text) {
        isPrivate = switch (text) {
            case "true", "on", "1", "" -> true;
            case "false", "off", "0" -> false;
            default -> throw new InvalidPublicationException("private: " + text + " (expected: true or false)");
        };
    }

    /** Whole seconds, or a duration. */
    void ttl(String text) {
        try {
            ttl = Optional.of(
                    DurationText.looksLikeOne(text)
                            ? DurationText.parse(text)
                            : Duration.ofSeconds(Long.parseUnsignedLong(text)));
        } catch (IllegalArgumentException e) {
            throw new InvalidPublicationException(
                    "ttl: " + text + " (expected: whole seconds, or a duration such as 10m, 2h or PT10M)");
        }
    }

    Publication publication() {
        if (topics.isEmpty()) {
            throw new InvalidPublicationException("topic: missing (expected: one or more)");
        }
        if (data.isEmpty()) {
            throw new InvalidPublicationException("data: missing (expected: the event's data; it may be empty)");
        }
        return new Publication(event(data.get()), topics, isPrivate, ttl);
    }

    private ServerSentEvent event(String text) {
        try {
            return new ServerSentEvent(id, type, text, retryMs);
        } catch (IllegalArgumentException e) {
            throw new InvalidPublicationException(String.valueOf(e.getMessage()));
        }
    }
}
