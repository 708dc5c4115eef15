package dev.freshet.client.publish;

import dev.freshet.client.http.ClientRequest;
import dev.freshet.client.http.HeaderSource;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.transport.HttpTransport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What a publisher is to be. Immutable.
 *
 * @param hub where the hub is, for example {@code http://localhost:8080}; {@code /events} is appended
 * @param headers gives the headers of each attempt, a token for example
 * @param retry when to try again
 * @param limits how much at once
 * @param transport how connections are made
 */
public record PublisherOptions(
        URI hub, HeaderSource headers, RetryPolicy retry, Limits limits, HttpTransport transport) {

    /** A hub forgets an idempotency key after ten minutes; a later attempt could publish twice. */
    public static final Duration LONGEST_BUDGET = Duration.ofMinutes(9);

    private static final Duration KEY_LIFE = Duration.ofMinutes(10);
    private static final Duration LONGEST_CLOSE = Duration.ofHours(1);

    /**
     * Validates the options.
     *
     * @param hub where the hub is
     * @param headers gives the headers of each attempt
     * @param retry when to try again
     * @param limits how much at once
     * @param transport how connections are made
     * @throws IllegalArgumentException if hub is not an absolute URI of {@code http} or {@code https} without a query, or the
     *     policy's budget is longer than {@link #LONGEST_BUDGET}, or ten minutes or more with the time of the last attempt
     */
    public PublisherOptions {
        requireWithinKeyLife(retry.limits().budget(), limits.answerTimeout());
        if (hub.getRawQuery() != null || hub.getRawFragment() != null) {
            throw new IllegalArgumentException("hub: (expected: no query, no fragment)");
        }
        // Refuses what is no address of HTTP.
        request(hub, Map.of(), ByteBuffer.allocate(0));
    }

    /** The last attempt may begin when the budget ends, and be taken by the hub when its own time ends. */
    private static void requireWithinKeyLife(Duration budget, Duration answerTimeout) {
        if (budget.compareTo(LONGEST_BUDGET) > 0) {
            throw new IllegalArgumentException("budget: " + budget + " (expected: at most " + LONGEST_BUDGET + ")");
        }
        if (budget.plus(answerTimeout).compareTo(KEY_LIFE) >= 0) {
            throw new IllegalArgumentException("budget: " + budget + ", answerTimeout: " + answerTimeout
                    + " (expected: together shorter than " + KEY_LIFE + ")");
        }
    }

    /**
     * How much a publisher does at once. Immutable.
     *
     * @param connections how many; each sends one request at a time, and with one alone events are published in the order in
     *     which they were given
     * @param maxPending how many publishes may be without an answer, waiting ones included. It bounds their number, not their
     *     bytes: each holds its body until it is answered, so take fewer for batches that are large
     * @param answerTimeout how long one attempt may take, at most 9 minutes
     * @param closeTimeout how long {@link Publisher#close} waits for answers, at most an hour
     */
    public record Limits(int connections, int maxPending, Duration answerTimeout, Duration closeTimeout) {

        /** One connection, 1,024 publishes, 30 s for an answer, 10 s to close. */
        public static final Limits STANDARD = new Limits(1, 1024, Duration.ofSeconds(30), Duration.ofSeconds(10));

        /**
         * Validates the limits.
         *
         * @param connections how many
         * @param maxPending how many publishes may be without an answer
         * @param answerTimeout how long one attempt may take
         * @param closeTimeout how long closing waits
         * @throws IllegalArgumentException if connections is not within 1 and 256, maxPending is less than 1, answerTimeout is
         *     not positive or longer than 9 minutes, or closeTimeout is negative or longer than an hour
         */
        public Limits {
            if (connections < 1 || connections > 256 || maxPending < 1) {
                throw new IllegalArgumentException("connections: " + connections + ", maxPending: " + maxPending
                        + " (expected: 1 to 256, at least 1)");
            }
            if (answerTimeout.isZero() || !isWithin(answerTimeout, LONGEST_BUDGET)) {
                throw new IllegalArgumentException(
                        "answerTimeout: " + answerTimeout + " (expected: positive, at most " + LONGEST_BUDGET + ")");
            }
            if (!isWithin(closeTimeout, LONGEST_CLOSE)) {
                throw new IllegalArgumentException(
                        "closeTimeout: " + closeTimeout + " (expected: PT0S to " + LONGEST_CLOSE + ")");
            }
        }

        private static boolean isWithin(Duration time, Duration longest) {
            return !time.isNegative() && time.compareTo(longest) <= 0;
        }
    }

    /**
     * A publisher over one connection that tries again after failures, with jitter, for a minute.
     *
     * @param hub where the hub is
     * @return the options
     * @throws IllegalArgumentException if it is not an absolute URI of {@code http} or {@code https} without a query
     */
    public static PublisherOptions of(URI hub) {
        RetryPolicy retry = RetryPolicy.RESILIENT
                .withDelays(Duration.ofMillis(200), Duration.ofSeconds(5))
                .withBudget(Duration.ofMinutes(1));
        return new PublisherOptions(hub, HeaderSource.NONE, retry, Limits.STANDARD, HttpTransport.standard());
    }

    /**
     * These options with headers that are asked for before each attempt.
     *
     * @param source gives the headers
     * @return a copy
     */
    public PublisherOptions withHeaders(HeaderSource source) {
        return new PublisherOptions(hub, source, retry, limits, transport);
    }

    /**
     * These options with a bearer token that is asked for before each attempt.
     *
     * @param tokens gives the token; must not block
     * @return a copy
     */
    public PublisherOptions withToken(Supplier<? extends CompletionStage<String>> tokens) {
        return withHeaders(HeaderSource.bearer(tokens));
    }

    /**
     * These options with another policy.
     *
     * @param policy when to try again
     * @return a copy
     * @throws IllegalArgumentException if its budget is longer than {@link #LONGEST_BUDGET}, or ten minutes or more with the
     *     time of the last attempt
     */
    public PublisherOptions withRetry(RetryPolicy policy) {
        return new PublisherOptions(hub, headers, policy, limits, transport);
    }

    /**
     * These options with other limits.
     *
     * @param other how much at once
     * @return a copy
     * @throws IllegalArgumentException if budget and answerTimeout are ten minutes or more together
     */
    public PublisherOptions withLimits(Limits other) {
        return new PublisherOptions(hub, headers, retry, other, transport);
    }

    /**
     * These options with another transport.
     *
     * @param other how connections are made
     * @return a copy
     */
    public PublisherOptions withTransport(HttpTransport other) {
        return new PublisherOptions(hub, headers, retry, limits, other);
    }

    ClientRequest request(Map<String, String> more, ByteBuffer body) {
        return request(hub, more, body);
    }

    private static ClientRequest request(URI hub, Map<String, String> more, ByteBuffer body) {
        String base = hub.toString().replaceFirst("/+$", "");
        return new ClientRequest("POST", URI.create(base + "/events"), more, body);
    }
}
