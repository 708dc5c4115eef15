package dev.freshet.server.stream;

import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.fanout.start.StartAt;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.server.http.DurationText;
import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Target;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads what a client asks for. Thread-safe. */
final class SubscribeRequestReader {
    private static final int MAX_CURSOR_LENGTH = 1024;

    private final InstantSource clock;

    SubscribeRequestReader(InstantSource clock) {
        this.clock = clock;
    }

    Subscription read(Request request, List<String> pathTopics, ReadRights rights) {
        if (!AcceptHeader.allows(request.headers(), "text", "event-stream")) {
            throw notAcceptable();
        }
        ParameterNames.requireNoneMisspelled(request.target().query().keySet());
        Framing framing = request.version() == HttpVersion.HTTP_1_0 ? Framing.PLAIN : Framing.CHUNKED;
        Set<TopicSelector> selectors = selectors(request.target(), pathTopics);
        return new Subscription(selectors, rights, framing, start(request), isAnnounced(request.target()));
    }

    private static Set<TopicSelector> selectors(Target target, List<String> pathTopics) {
        Set<TopicSelector> selectors = new LinkedHashSet<>();
        Stream.concat(pathTopics.stream(), target.parameters("topic").stream())
                .map(TopicSelector::parse)
                .forEach(selectors::add);
        if (selectors.isEmpty()) {
            throw Problem.of(
                            400,
                            "invalid-topic",
                            "Invalid topic",
                            "topic: missing (expected: /events/TOPIC, or /events?topic=TOPIC, once or more)")
                    .asException();
        }
        return selectors;
    }

    private StartAt start(Request request) {
        Optional<String> cursor = cursor(request);
        if (cursor.isPresent()) {
            return new StartAt.After(cursor.get());
        }
        Optional<String> since = request.target().parameter("since");
        if (since.isPresent()) {
            return new StartAt.Since(time(since.get()));
        }
        return request.target()
                .parameter("last")
                .map(SubscribeRequestReader::last)
                .orElseGet(StartAt.Now::new);
    }

    private static Optional<String> cursor(Request request) {
        Stream<String> inHeader = request.headers().first("Last-Event-ID").stream();
        Stream<String> inQuery =
                ParameterNames.CURSOR.stream().flatMap(name -> request.target().parameters(name).stream());
        Optional<String> cursor =
                Stream.concat(inHeader, inQuery).filter(id -> !id.isEmpty()).findFirst();
        cursor.ifPresent(SubscribeRequestReader::requireReadable);
        return cursor;
    }

    private static void requireReadable(String cursor) {
        if (cursor.length() > MAX_CURSOR_LENGTH || cursor.chars().anyMatch(Character::isISOControl)) {
            throw invalidCursor("Last-Event-ID: " + cursor.length() + " characters (expected: at most "
                    + MAX_CURSOR_LENGTH + ", none of them a control character)");
        }
    }

    private Instant time(String since) {
        try {
            Instant time = DurationText.looksLikeOne(since)
                    ? clock.instant().minus(requireNotNegative(DurationText.parse(since)))
                    : OffsetDateTime.parse(since).toInstant();
            return Instant.ofEpochMilli(time.toEpochMilli());
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw invalidCursor(
                    "since: " + since
                            + " (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 10m, 2h, 3d or PT10M)");
        }
    }

    private static Duration requireNotNegative(Duration ago) {
        if (ago.isNegative()) {
            throw new DateTimeException("negative");
        }
        return ago;
    }

    private static StartAt last(String count) {
        try {
            return new StartAt.Last(Integer.parseInt(count));
        } catch (IllegalArgumentException e) {
            throw invalidCursor("last: " + count + " (expected: a number from 0 to " + StartAt.Last.MAX_COUNT + ")");
        }
    }

    private static boolean isAnnounced(Target target) {
        String connected = target.parameter("connected").orElse("false");
        if (!connected.equals("true") && !connected.equals("false")) {
            throw Problem.badRequest("connected: " + connected + " (expected: true or false)")
                    .asException();
        }
        return connected.equals("true");
    }

    private static ProblemException invalidCursor(String detail) {
        return Problem.of(400, "invalid-cursor", "Invalid cursor", detail).asException();
    }

    private static ProblemException notAcceptable() {
        return Problem.of(
                        406,
                        "not-acceptable",
                        "Not acceptable",
                        "Accept: excludes text/event-stream (expected: text/event-stream, text/* or */*, or no Accept)")
                .asException();
    }
}
