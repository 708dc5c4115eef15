package dev.freshet.server.transport.loop;

import dev.freshet.server.http.route.Router;
import java.util.concurrent.atomic.AtomicInteger;

/** What all connections of a transport share. Thread-safe. */
public final class ServerContext {
    private final HttpLimits limits;
    private final Router router;
    private final boolean raw;
    private final boolean tls;
    private final BodyBudget bodies;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closing;

    /**
     * The context of a server without connections.
     *
     * @param limits what a client may cost
     * @param router where requests go
     * @param raw whether streams leave their channel, which those with TLS never do
     * @param tls whether all connections have TLS
     */
    public ServerContext(HttpLimits limits, Router router, boolean raw, boolean tls) {
        this.limits = limits;
        this.router = router;
        this.raw = raw && !tls;
        this.tls = tls;
        this.bodies = new BodyBudget(limits.bodiesBytes());
    }

    /**
     * What a client may cost.
     *
     * @return the limits
     */
    public HttpLimits limits() {
        return limits;
    }

    /**
     * Where requests go.
     *
     * @return the router
     */
    public Router router() {
        return router;
    }

    /**
     * Whether streams leave their channel.
     *
     * @return true where they become bare sockets
     */
    public boolean raw() {
        return raw;
    }

    /**
     * Whether clients are expected to speak TLS.
     *
     * @return true if plain HTTP is refused
     */
    public boolean tls() {
        return tls;
    }

    /**
     * What bodies share.
     *
     * @return the budget of all of them
     */
    public BodyBudget bodies() {
        return bodies;
    }

    /**
     * Counts a new connection.
     *
     * @return whether it is within the limit; beyond it, it is counted too
     */
    public boolean connectionOpened() {
        return connections.incrementAndGet() <= limits.connections();
    }

    /** Counts a connection off, or the stream it became. */
    public void connectionClosed() {
        connections.decrementAndGet();
    }

    /**
     * The open connections, streams included.
     *
     * @return how many there are now
     */
    public int connections() {
        return connections.get();
    }

    /** From now on every answer is its connection's last. */
    public void close() {
        closing = true;
    }

    /**
     * Whether the server ends.
     *
     * @return true once {@link #close} was called
     */
    public boolean closing() {
        return closing;
    }
}
