package dev.freshet.server.transport;

import java.time.Duration;
import java.util.Objects;

/**
 * How sockets are set up. Immutable.
 *
 * @param kind which sockets are used
 * @param backlog how many connections may wait to be accepted
 * @param sendBufferBytes the kernel's send buffer per connection, 0 to leave it to the system
 * @param unsentBytes about how many bytes that the client has no room for the kernel keeps per connection (TCP_NOTSENT_LOWAT),
 *     0 to leave it to the send buffer; what is on its way is not counted; epoll alone knows it
 * @param noDelay whether small writes are sent at once (TCP_NODELAY)
 * @param stallTimeout how long bytes may stay unacknowledged, or a peer without room for more, before the connection is cut
 *     (TCP_USER_TIMEOUT, RFC 5482); 0 leaves it to the system; epoll alone knows it
 */
public record SocketOptions(
        SocketKind kind, int backlog, int sendBufferBytes, int unsentBytes, boolean noDelay, Duration stallTimeout) {
    /** Fitting sockets, 4,096 waiting, the system's send buffer with 32 KiB unsent, no delay, 2 minutes for a peer that takes nothing. */
    public static final SocketOptions DEFAULTS =
            new SocketOptions(SocketKind.AUTO, 4096, 0, 32 << 10, true, Duration.ofMinutes(2));

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public SocketOptions {
        Objects.requireNonNull(kind);
        if (stallTimeout.isNegative() || stallTimeout.toDays() > 1) {
            throw new IllegalArgumentException("stallTimeout: " + stallTimeout + " (expected: 0 to 1 day)");
        }
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog: " + backlog + " (expected: at least 1)");
        }
        if (sendBufferBytes < 0) {
            throw new IllegalArgumentException("sendBufferBytes: " + sendBufferBytes + " (expected: at least 0)");
        }
        if (unsentBytes < 0) {
            throw new IllegalArgumentException("unsentBytes: " + unsentBytes + " (expected: at least 0)");
        }
    }

    /**
     * These options with another kind of sockets.
     *
     * @param other the kind
     * @return the options
     */
    public SocketOptions withKind(SocketKind other) {
        return new SocketOptions(other, backlog, sendBufferBytes, unsentBytes, noDelay, stallTimeout);
    }

    /**
     * These options with another send buffer.
     *
     * @param bytes its size, 0 to leave it to the system
     * @return the options
     */
    public SocketOptions withSendBufferBytes(int bytes) {
        return new SocketOptions(kind, backlog, bytes, unsentBytes, noDelay, stallTimeout);
    }

    /**
     * These options with another bound for what the kernel keeps unsent.
     *
     * @param bytes how many, 0 to leave it to the send buffer
     * @return the options
     */
    public SocketOptions withUnsentBytes(int bytes) {
        return new SocketOptions(kind, backlog, sendBufferBytes, bytes, noDelay, stallTimeout);
    }

    /**
     * These options with another time for a peer that takes nothing.
     *
     * @param timeout how long, 0 to leave it to the system
     * @return the options
     */
    public SocketOptions withStallTimeout(Duration timeout) {
        return new SocketOptions(kind, backlog, sendBufferBytes, unsentBytes, noDelay, timeout);
    }
}
