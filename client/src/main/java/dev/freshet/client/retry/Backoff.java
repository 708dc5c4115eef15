package dev.freshet.client.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Counts the attempts in a row that brought nothing, and says how long to wait before the next. The end of an attempt that
 * brought something is no failure: with it the time of failing begins, however long the attempt lasted. Not thread-safe.
 */
public final class Backoff {

    /** More doublings would pass {@link RetryPolicy#LONGEST} from the shortest wait. */
    private static final int MAX_DOUBLINGS = 16;

    private final RetryPolicy policy;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;

    private long firstDelayMs;
    private boolean hasSucceeded;
    private int waits;
    private int failures;
    private long failingSinceNanos;

    /**
     * Begins now.
     *
     * @param policy what is wanted
     * @param nanoTime the time, like {@link System#nanoTime}
     * @param random draws the jitter
     */
    public Backoff(RetryPolicy policy, LongSupplier nanoTime, RandomGenerator random) {
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.random = random;
        this.firstDelayMs = policy.firstDelay().toMillis();
        begin();
    }

    /** Counts from now on, as if there had been no attempt. */
    public void begin() {
        hasSucceeded = false;
        waits = 0;
        failures = 0;
        failingSinceNanos = nanoTime.getAsLong();
    }

    /**
     * The server says how long to wait; what is outside of {@link RetryPolicy#SHORTEST} and {@link RetryPolicy#LONGEST}
     * becomes the nearer of the two.
     *
     * @param retryMs the time in milliseconds
     */
    public void serverSays(long retryMs) {
        firstDelayMs = clamp(retryMs);
    }

    /** The attempt brought something: its end is no failure, and the next failure is the first again. */
    public void succeeded() {
        hasSucceeded = true;
        waits = 0;
    }

    /**
     * The attempt is over.
     *
     * @param retryAfter the least wait that the server asked for
     * @return how long to wait before the next one; empty if there shall be none
     */
    public Optional<Duration> next(Optional<Duration> retryAfter) {
        long waitMs =
                Math.max(delayMs(), clamp(retryAfter.map(Duration::toMillis).orElse(0L)));
        countAttempt();
        return isOver(waitMs) ? Optional.empty() : Optional.of(Duration.ofMillis(waitMs));
    }

    private void countAttempt() {
        if (hasSucceeded) {
            begin();
        } else {
            failures++;
        }
        waits++;
    }

    private boolean isOver(long waitMs) {
        Duration failing =
                Duration.ofNanos(nanoTime.getAsLong() - failingSinceNanos).plusMillis(waitMs);
        return failures >= policy.limits().maxAttempts()
                || failing.compareTo(policy.limits().budget()) > 0;
    }

    private long delayMs() {
        long capMs = Math.max(policy.maxDelay().toMillis(), firstDelayMs);
        long fullMs = Math.min(capMs, firstDelayMs << Math.min(waits, MAX_DOUBLINGS));
        long shortestMs = RetryPolicy.SHORTEST.toMillis();
        return policy.isJittered() ? random.nextLong(shortestMs, fullMs + 1) : fullMs;
    }

    private static long clamp(long delayMs) {
        return Math.max(RetryPolicy.SHORTEST.toMillis(), Math.min(delayMs, RetryPolicy.LONGEST.toMillis()));
    }
}
