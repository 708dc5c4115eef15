package dev.freshet.client.retry;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When to try again, how often, and for how long. Immutable.
 *
 * <p>The wait before the n-th attempt in a row is {@code firstDelay * 2^(n-1)}, at most {@code maxDelay}. A stream's server
 * may replace {@code firstDelay} by its {@code retry}, within {@link #SHORTEST} and {@link #LONGEST}; if that is longer than
 * {@code maxDelay}, each wait is that long.
 *
 * @param firstDelay the wait before the first attempt
 * @param maxDelay the longest wait that doubling comes to
 * @param isJittered whether each wait is drawn between {@link #SHORTEST} and its full length (full jitter), so that the
 *     clients of a server which comes back do not come all at once
 * @param statuses the statuses of HTTP after which to try again; their {@code Retry-After} is kept, up to {@link #LONGEST}
 * @param limits when to give up
 */
public record RetryPolicy(
        Duration firstDelay, Duration maxDelay, boolean isJittered, Set<Integer> statuses, Limits limits) {

    /** No wait is shorter, whatever a server says: a stream that always ends at once must not become a loop. */
    public static final Duration SHORTEST = Duration.ofMillis(100);

    /** No wait is longer, whatever a server says. */
    public static final Duration LONGEST = Duration.ofHours(1);

    /**
     * What WHATWG HTML 9.2.3 asks of a stream: waits of 2 s, or what the server says, twice as long after each attempt that
     * brought nothing, up to 30 s; never after a status; for ever.
     */
    public static final RetryPolicy STANDARD =
            new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(30), false, Set.of(), Limits.NONE);

    /** For services: full jitter, and again after 408, 429, 500, 502, 503 and 504; else like {@link #STANDARD}. */
    public static final RetryPolicy RESILIENT =
            STANDARD.withJitter().withStatuses(Set.of(408, 429, 500, 502, 503, 504));

    /**
     * Validates the policy.
     *
     * @param firstDelay the wait before the first attempt
     * @param maxDelay the longest wait that doubling comes to
     * @param isJittered whether each wait is drawn at random
     * @param statuses the statuses after which to try again
     * @param limits when to give up
     * @throws IllegalArgumentException if a delay is not within {@link #SHORTEST} and {@link #LONGEST}, or a status is a
     *     success, a redirect or none
     */
    public RetryPolicy {
        requireDelay("firstDelay", firstDelay);
        requireDelay("maxDelay", maxDelay);
        statuses = Set.copyOf(statuses);
        statuses.forEach(RetryPolicy::requireError);
    }

    /**
     * This policy with other waits.
     *
     * @param first the wait before the first attempt
     * @param max the longest wait
     * @return a copy
     * @throws IllegalArgumentException if one is not within {@link #SHORTEST} and {@link #LONGEST}
     */
    public RetryPolicy withDelays(Duration first, Duration max) {
        return new RetryPolicy(first, max, isJittered, statuses, limits);
    }

    /**
     * This policy with full jitter.
     *
     * @return a copy
     */
    public RetryPolicy withJitter() {
        return new RetryPolicy(firstDelay, maxDelay, true, statuses, limits);
    }

    /**
     * This policy with other statuses.
     *
     * @param retried those after which to try again, 400 to 599
     * @return a copy
     * @throws IllegalArgumentException if one is outside
     */
    public RetryPolicy withStatuses(Set<Integer> retried) {
        return new RetryPolicy(firstDelay, maxDelay, isJittered, retried, limits);
    }

    /**
     * This policy with more statuses.
     *
     * @param more further ones after which to try again, 400 to 599; 401 for example, if each attempt asks for a token
     * @return a copy
     * @throws IllegalArgumentException if one is outside
     */
    public RetryPolicy alsoAfter(int... more) {
        return withStatuses(
                Stream.concat(statuses.stream(), Arrays.stream(more).boxed()).collect(Collectors.toSet()));
    }

    /**
     * This policy with a limit of attempts.
     *
     * @param attempts how many in a row may fail or bring nothing, the first one included; at least 1. The end of an attempt
     *     that brought an event or a comment is not counted: whatever the limit, there is another attempt after it
     * @return a copy
     * @throws IllegalArgumentException if attempts is less than 1
     */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(firstDelay, maxDelay, isJittered, statuses, new Limits(attempts, limits.budget));
    }

    /**
     * This policy with a limit of time.
     *
     * @param budget for how long attempts may go on that fail or bring nothing, their waits included; begins with the first
     *     attempt, and anew with the end of each that brought an event or a comment
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public RetryPolicy withBudget(Duration budget) {
        return new RetryPolicy(firstDelay, maxDelay, isJittered, statuses, new Limits(limits.maxAttempts, budget));
    }

    private static void requireDelay(String name, Duration delay) {
        if (delay.compareTo(SHORTEST) < 0 || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + delay + " (expected: " + SHORTEST + " to " + LONGEST + ")");
        }
    }

    private static void requireError(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
        }
    }

    /**
     * When to give up. Immutable.
     *
     * @param maxAttempts the most attempts in a row that fail or bring nothing
     * @param budget the longest time of such attempts
     */
    public record Limits(int maxAttempts, Duration budget) {

        /** Never. */
        public static final Limits NONE = new Limits(Integer.MAX_VALUE, Duration.ofDays(36_500));

        /**
         * Validates the limits.
         *
         * @param maxAttempts the most attempts in a row
         * @param budget the longest time
         * @throws IllegalArgumentException if one is not positive
         */
        public Limits {
            if (maxAttempts < 1 || budget.isNegative() || budget.isZero()) {
                throw new IllegalArgumentException(
                        "maxAttempts: " + maxAttempts + ", budget: " + budget + " (expected: both positive)");
            }
        }
    }
}
