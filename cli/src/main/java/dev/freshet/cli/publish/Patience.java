package dev.freshet.cli.publish;

import dev.freshet.cli.http.Backoff;

/**
 * How often to try. Immutable.
 *
 * @param maxAttempts the most attempts at one request
 * @param waitsForServer true if a server that cannot be reached at all is waited for as well
 * @param firstMs the wait after the first failure, before the back-off doubles it
 * @param backoff the waits between attempts
 */
public record Patience(int maxAttempts, boolean waitsForServer, long firstMs, Backoff backoff) {
    private static final int FEW = 5;
    private static final long FIRST_MS = 100;

    /**
     * For one event: a server that is not there is an error at once, one that is in trouble is asked a few times.
     *
     * @param backoff the waits between attempts
     * @return the patience
     */
    public static Patience brief(Backoff backoff) {
        return new Patience(FEW, false, FIRST_MS, backoff);
    }

    /**
     * For a stream of events: until the server is there.
     *
     * @param backoff the waits between attempts
     * @return the patience
     */
    public static Patience endless(Backoff backoff) {
        return new Patience(Integer.MAX_VALUE, true, FIRST_MS, backoff);
    }

    boolean endsAfter(int failures, Attempt.Failed last) {
        return failures >= maxAttempts || (last.isUnreachable() && !waitsForServer);
    }

    long delayMs(int failures, Attempt.Failed last) {
        return Math.max(last.notBeforeMs(), backoff.delayMs(firstMs, failures));
    }
}
