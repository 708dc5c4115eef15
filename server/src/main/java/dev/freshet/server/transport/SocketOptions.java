package dev.freshet.server.transport;

import java.util.Objects;

/**
 * How sockets are set up. Immutable.
 *
 * @param kind which sockets are used
 * @param backlog how many connections may wait to be accepted
 * @param sendBufferBytes the kernel's send buffer per connection, 0 to leave it to the system
 * @param noDelay whether small writes are sent at once (TCP_NODELAY)
 */
public record SocketOptions(SocketKind kind, int backlog, int sendBufferBytes, boolean noDelay) {
    /** Fitting sockets, 4,096 waiting, the system's send buffer, no delay. */
    public static final SocketOptions DEFAULTS = new SocketOptions(SocketKind.AUTO, 4096, 0, true);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public SocketOptions {
        Objects.requireNonNull(kind);
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog: " + backlog + " (expected: at least 1)");
        }
        if (sendBufferBytes < 0) {
            throw new IllegalArgumentException("sendBufferBytes: " + sendBufferBytes + " (expected: at least 0)");
        }
    }

    /**
     * These options with another kind of sockets.
     *
     * @param other the kind
     * @return the options
     */
    public SocketOptions withKind(SocketKind other) {
        return new SocketOptions(other, backlog, sendBufferBytes, noDelay);
    }

    /**
     * These options with another send buffer.
     *
     * @param bytes its size, 0 to leave it to the system
     * @return the options
     */
    public SocketOptions withSendBufferBytes(int bytes) {
        return new SocketOptions(kind, backlog, bytes, noDelay);
    }
}
