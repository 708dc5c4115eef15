package dev.freshet.server.transport.loop;

import java.time.Duration;

/**
 * What a client may cost before it is answered with an error. The limits of bodies belong to the routes. Immutable.
 *
 * @param headBytes the longest request line, beyond it 414, and the longest header section, beyond it 431
 * @param connections the most connections at once, streams included; a further one is answered with 503 and closed
 * @param bodiesBytes the most memory of all bodies that are under way; a further one is answered with 503
 * @param headTimeout from a head's first byte to its last, then 408
 * @param bodyTimeout from a head's last byte to the body's, then 408
 * @param idleTimeout without a request, then the connection is closed
 * @param lingerTimeout how long a closing connection still reads, so that the client gets the last answer
 */
public record HttpLimits(
        int headBytes,
        int connections,
        long bodiesBytes,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration lingerTimeout) {
    /** 16 KiB heads, 100,000 connections, a quarter of the heap for bodies, 10 s for a head, 30 s for a body, 75 s idle, 2 s to linger. */
    public static final HttpLimits DEFAULTS = new HttpLimits(
            16 * 1024,
            100_000,
            Runtime.getRuntime().maxMemory() / 4,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            Duration.ofSeconds(2));

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public HttpLimits {
        if (headBytes < 256) {
            throw new IllegalArgumentException("headBytes: " + headBytes + " (expected: at least 256)");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("connections: " + connections + " (expected: at least 1)");
        }
        if (bodiesBytes < 1) {
            throw new IllegalArgumentException("bodiesBytes: " + bodiesBytes + " (expected: at least 1)");
        }
        checkTimeout("headTimeout", headTimeout);
        checkTimeout("bodyTimeout", bodyTimeout);
        checkTimeout("idleTimeout", idleTimeout);
        checkTimeout("lingerTimeout", lingerTimeout);
    }

    private static void checkTimeout(String name, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.toDays() > 1) {
            throw new IllegalArgumentException(name + ": " + timeout + " (expected: 1 ms to 1 day)");
        }
    }
}
