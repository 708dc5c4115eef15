package dev.freshet.cli.log;

import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.upkeep.ArchiveEntry;
import dev.freshet.log.sqlite.upkeep.ArchivePart;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the lines of an export (RFC 8259). Members that {@code POST /events} takes have the same names here, and a line of
 * them alone is read too. Confined to one thread.
 */
final class ArchiveReader {
    /** More than the data of any event, with everything escaped. */
    static final int MAX_LINE_BYTES = 256 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_LINE_BYTES)
                    .build())
            .build();

    private final InstantSource clock;

    ArchiveReader(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none of an export; the message says what was expected
     */
    ArchiveEntry read(byte[] line) {
        String text = text(line);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            ArchiveDraft draft = new ArchiveDraft(clock);
            Set<String> names = new LinkedHashSet<>();
            require(
                    parser,
                    parser.nextToken() == JsonToken.START_OBJECT,
                    "an object such as {\"topic\":\"a\",\"data\":\"b\"}");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                member(draft, name, parser);
                names.add(name);
            }
            require(parser, parser.nextToken() == null, "one object on a line");
            return draft.entry(names);
        } catch (JacksonException e) {
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw new IllegalArgumentException(
                    "JSON: unreadable at column " + column + " (expected: a whole object, each name once)", e);
        }
    }

    /** The parser would look for other encodings first. */
    private static String text(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), line)) {
            throw new IllegalArgumentException("JSON: not UTF-8 (expected: UTF-8)");
        }
        return text;
    }

    private static void member(ArchiveDraft draft, String name, JsonParser value) {
        switch (name) {
            case "position" -> draft.position(position(name, value));
            case "time" -> draft.time(time(name, value));
            case "expires" -> draft.expires(time(name, value));
            case "topic" -> strings("topic", value).forEach(draft::topic);
            case "id" -> draft.id(string(name, value));
            case "type" -> draft.type(string(name, value));
            case "retry" -> draft.retry(number(name, value));
            case "ttl" -> draft.ttl(ttl(value));
            case "private" -> draft.isPrivate(truth(name, value));
            case "data" -> draft.data(string(name, value));
            case "part" -> draft.part(part(value));
            case "head" -> draft.head(position(name, value));
            case "thinned" -> draft.thinned(thinned(value));
            default ->
                throw new IllegalArgumentException(
                        "\"" + name + "\": unknown (expected: position, time, expires, topic, id,"
                                + " type, retry, ttl, private, data)");
        }
    }

    /** One, or an array of them. */
    private static List<String> strings(String name, JsonParser value) {
        if (value.currentToken() != JsonToken.START_ARRAY) {
            return List.of(string(name, value));
        }
        List<String> strings = new ArrayList<>();
        while (value.nextToken() != JsonToken.END_ARRAY) {
            strings.add(string(name, value));
        }
        return strings;
    }

    private static ArchivePart part(JsonParser value) {
        require(value, value.currentToken() == JsonToken.START_OBJECT, "part as an object");
        ArchivePart part = ArchivePart.ALL;
        while (value.nextToken() != JsonToken.END_OBJECT) {
            String name = value.currentName();
            value.nextToken();
            part = switch (name) {
                case "topic" -> new ArchivePart(strings(name, value), part.since(), part.after());
                case "since" -> new ArchivePart(part.topics(), Optional.of(string(name, value)), part.after());
                case "after" -> new ArchivePart(part.topics(), part.since(), Optional.of(string(name, value)));
                default ->
                    throw new IllegalArgumentException(
                            "part: \"" + name + "\": unknown (expected: topic, since, after)");
            };
        }
        return part;
    }

    private static Map<String, Long> thinned(JsonParser value) {
        require(value, value.currentToken() == JsonToken.START_OBJECT, "thinned as an object");
        Map<String, Long> thinned = new LinkedHashMap<>();
        while (value.nextToken() != JsonToken.END_OBJECT) {
            String rule = TopicSelector.parse(value.currentName()).text();
            value.nextToken();
            thinned.put(rule, position("thinned", value).offset());
        }
        return thinned;
    }

    private static EventPosition position(String name, JsonParser value) {
        String text = string(name, value);
        return EventPosition.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        name + ": " + text + " (expected: an id that a hub gave, such as k7f2-1z)"));
    }

    private static Instant time(String name, JsonParser value) {
        String text = string(name, value);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name + ": " + text + " (expected: a time such as 2026-11-20T10:00:00.123Z)", e);
        }
    }

    private static String ttl(JsonParser value) {
        JsonToken token = value.currentToken();
        require(
                value,
                token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT,
                "ttl in whole seconds, or as a duration such as \"PT10M\"");
        return value.getString();
    }

    private static String string(String name, JsonParser value) {
        require(value, value.currentToken() == JsonToken.VALUE_STRING, name + " as a string");
        return value.getString();
    }

    private static long number(String name, JsonParser value) {
        require(value, value.currentToken() == JsonToken.VALUE_NUMBER_INT, name + " as a whole number of milliseconds");
        return value.getLongValue();
    }

    private static boolean truth(String name, JsonParser value) {
        JsonToken token = value.currentToken();
        require(value, token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE, name + " as true or false");
        return token == JsonToken.VALUE_TRUE;
    }

    private static void require(JsonParser at, boolean condition, String expected) {
        if (!condition) {
            int column = at.currentTokenLocation().getColumnNr();
            throw new IllegalArgumentException(
                    "JSON: unexpected at column " + column + " (expected: " + expected + ")");
        }
    }
}
