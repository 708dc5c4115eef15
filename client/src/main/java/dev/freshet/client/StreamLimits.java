package dev.freshet.client;

import dev.freshet.client.http.Redirect;
import dev.freshet.codec.EventStreamParser;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a stream waits, and what a server may make it hold. Immutable.
 *
 * @param openTimeout how long an attempt may take from asking for its headers to the head of the last response, redirects
 *     included
 * @param stallTimeout how long an open stream may be silent; a silence that its own slow handler makes does not count. Take
 *     twice the server's heartbeat or more; empty waits for ever
 * @param maxRedirects how many redirects one attempt follows
 * @param parser the longest line and the largest event
 */
public record StreamLimits(
        Duration openTimeout, Optional<Duration> stallTimeout, int maxRedirects, EventStreamParser.Limits parser) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /** 30 s to open, any silence, 20 redirects as in Fetch, 16 MiB a line and an event. */
    public static final StreamLimits STANDARD = new StreamLimits(
            Duration.ofSeconds(30), Optional.empty(), Redirect.MAX_IN_A_ROW, EventStreamParser.Limits.DEFAULT);

    /**
     * Validates the limits.
     *
     * @param openTimeout how long an attempt may take
     * @param stallTimeout how long an open stream may be silent
     * @param maxRedirects how many redirects one attempt follows
     * @param parser the longest line and the largest event
     * @throws IllegalArgumentException if a time is not within 1 ms and a day, or maxRedirects is negative
     */
    public StreamLimits {
        requireTime("openTimeout", openTimeout);
        stallTimeout.ifPresent(time -> requireTime("stallTimeout", time));
        if (maxRedirects < 0) {
            throw new IllegalArgumentException("maxRedirects: " + maxRedirects + " (expected: >= 0)");
        }
    }

    private static void requireTime(String name, Duration time) {
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + time + " (expected: PT0.001S to " + LONGEST + ")");
        }
    }
}
