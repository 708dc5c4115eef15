package dev.freshet.server.transport;

import dev.freshet.server.http.Router;
import java.util.concurrent.atomic.AtomicInteger;

/** What all connections of a transport share. Thread-safe. */
final class ServerContext {
    private final HttpLimits limits;
    private final Router router;
    private final boolean raw;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closing;

    ServerContext(HttpLimits limits, Router router, boolean raw) {
        this.limits = limits;
        this.router = router;
        this.raw = raw;
    }

    HttpLimits limits() {
        return limits;
    }

    Router router() {
        return router;
    }

    /** Whether streams leave their channel. */
    boolean raw() {
        return raw;
    }

    /** Counts a new connection. */
    boolean connectionOpened() {
        return connections.incrementAndGet() <= limits.connections();
    }

    void connectionClosed() {
        connections.decrementAndGet();
    }

    /** The open connections, streams included. */
    int connections() {
        return connections.get();
    }

    /** From now on every answer is its connection's last. */
    void close() {
        closing = true;
    }

    boolean closing() {
        return closing;
    }
}
