package dev.freshet.cli.log;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.upkeep.ArchiveEnd;
import dev.freshet.log.sqlite.upkeep.ArchiveEntry;
import dev.freshet.log.sqlite.upkeep.ArchivePart;
import dev.freshet.log.sqlite.upkeep.ArchivedEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A line of an export while it is read, member by member. Confined to its reader. */
final class ArchiveDraft {
    /** Clocks differ; a log whose time is far ahead would keep everything for as long. */
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    private static final List<String> OF_A_PART = List.of("part");
    private static final List<String> OF_THE_END = List.of("head", "thinned");

    private final Instant now;
    private final List<Topic> topics = new ArrayList<>();
    private Optional<EventPosition> position = Optional.empty();
    private Optional<Instant> time = Optional.empty();
    private Optional<Instant> expires = Optional.empty();
    private Optional<Duration> ttl = Optional.empty();
    private Optional<String> id = Optional.empty();
    private Optional<String> data = Optional.empty();
    private String type = "";
    private OptionalLong retryMs = OptionalLong.empty();
    private boolean isPrivate;
    private Optional<ArchivePart> part = Optional.empty();
    private Optional<EventPosition> head = Optional.empty();
    private Map<String, Long> thinned = Map.of();

    ArchiveDraft(InstantSource clock) {
        this.now = clock.instant();
    }

    void position(EventPosition value) {
        if (value.offset() < 1) {
            throw new IllegalArgumentException("position: " + value.id() + " (expected: the place of an event)");
        }
        position = Optional.of(value);
    }

    void time(Instant value) {
        if (value.isAfter(now.plus(MOST_AHEAD)) || value.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException(
                    "time: " + value + " (expected: after 1970, and not more than a day ahead of now)");
        }
        time = Optional.of(value);
    }

    void expires(Instant value) {
        expires = Optional.of(value);
    }

    /** Whole seconds, or a duration of ISO 8601. */
    void ttl(String text) {
        try {
            ttl = Optional.of(
                    text.startsWith("P") ? Duration.parse(text) : Duration.ofSeconds(Long.parseUnsignedLong(text)));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "ttl: " + text + " (expected: whole seconds, or a duration such as PT10M)", e);
        }
    }

    void topic(String name) {
        topics.add(new Topic(name));
    }

    void id(String text) {
        id = Optional.of(text);
    }

    void type(String text) {
        type = text;
    }

    void retry(long milliseconds) {
        retryMs = OptionalLong.of(milliseconds);
    }

    void isPrivate(boolean value) {
        isPrivate = value;
    }

    void data(String text) {
        data = Optional.of(text);
    }

    void part(ArchivePart value) {
        part = Optional.of(value);
    }

    void head(EventPosition value) {
        head = Optional.of(value);
    }

    void thinned(Map<String, Long> value) {
        thinned = value;
    }

    /** What the members of these names make. */
    ArchiveEntry entry(Set<String> names) {
        if (part.isPresent()) {
            requireOnly(OF_A_PART, names);
            return part.get();
        }
        if (head.isPresent()) {
            requireOnly(OF_THE_END, names);
            return new ArchiveEnd(head.get(), thinned);
        }
        if (names.contains("thinned")) {
            throw new IllegalArgumentException("thinned: without head (expected: both, at the end of an export)");
        }
        return event();
    }

    /** An event would be lost without a word. */
    private static void requireOnly(List<String> expected, Set<String> names) {
        for (String name : names) {
            if (!expected.contains(name)) {
                throw new IllegalArgumentException(name + ": beside " + expected.get(0) + " (expected: only "
                        + String.join(" and ", expected) + " on that line)");
            }
        }
    }

    private ArchivedEvent event() {
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("topic: missing (expected: one or more)");
        }
        String text = data.orElseThrow(
                () -> new IllegalArgumentException("data: missing (expected: the event's data; it may be empty)"));
        Publication publication =
                new Publication(new ServerSentEvent(id, type, text, retryMs), topics, isPrivate, timeToLive());
        return new ArchivedEvent(position, time.orElse(now).toEpochMilli(), publication);
    }

    private Optional<Duration> timeToLive() {
        return expires.map(end -> Duration.between(time.orElse(now), end)).or(() -> ttl);
    }
}
