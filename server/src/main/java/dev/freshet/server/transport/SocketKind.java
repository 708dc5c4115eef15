package dev.freshet.server.transport;

import io.netty.channel.epoll.Epoll;

/** Which sockets carry connections and streams. */
public enum SocketKind {
    /** {@link #RAW} on Linux, {@link #NIO} elsewhere. */
    AUTO,
    /** Linux epoll; a stream leaves its Netty channel and keeps no more than its file descriptor. */
    RAW,
    /** Linux epoll; a stream stays in its Netty channel. */
    EPOLL,
    /** The sockets of the JDK; a stream stays in its Netty channel. */
    NIO;

    /**
     * What this choice means on this machine.
     *
     * @throws IllegalStateException if epoll is asked for where there is none
     */
    SocketKind resolved() {
        if (this == AUTO) {
            return Epoll.isAvailable() ? RAW : NIO;
        }
        if (this != NIO && !Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "sockets: " + this + " (expected: NIO or AUTO here)", Epoll.unavailabilityCause());
        }
        return this;
    }
}
