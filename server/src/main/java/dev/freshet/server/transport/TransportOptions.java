package dev.freshet.server.transport;

import dev.freshet.server.transport.loop.HttpLimits;
import dev.freshet.server.transport.tls.TlsOptions;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a transport listens and what it is made of. Immutable.
 *
 * @param host the address to listen on, a name or a literal
 * @param port the port, 0 for any free one
 * @param loops how many loops, each with its thread
 * @param limits what a client may cost
 * @param sockets how sockets are set up
 * @param tls how connections are encrypted; empty for plain HTTP
 */
public record TransportOptions(
        String host, int port, int loops, HttpLimits limits, SocketOptions sockets, Optional<TlsOptions> tls) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public TransportOptions {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: blank (expected: an address such as 127.0.0.1)");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        if (loops < 1 || loops > 1024) {
            throw new IllegalArgumentException("loops: " + loops + " (expected: 1 to 1024)");
        }
        Objects.requireNonNull(limits);
        Objects.requireNonNull(sockets);
        Objects.requireNonNull(tls);
    }

    /**
     * The defaults on an address: one loop per core, no TLS.
     *
     * @param host the address to listen on
     * @param port the port, 0 for any free one
     * @return the options
     */
    public static TransportOptions on(String host, int port) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new TransportOptions(host, port, cores, HttpLimits.DEFAULTS, SocketOptions.DEFAULTS, Optional.empty());
    }

    /**
     * These options with another number of loops.
     *
     * @param number how many
     * @return the options
     */
    public TransportOptions withLoops(int number) {
        return new TransportOptions(host, port, number, limits, sockets, tls);
    }

    /**
     * These options with other limits.
     *
     * @param other the limits
     * @return the options
     */
    public TransportOptions withLimits(HttpLimits other) {
        return new TransportOptions(host, port, loops, other, sockets, tls);
    }

    /**
     * These options with other sockets.
     *
     * @param other how sockets are set up
     * @return the options
     */
    public TransportOptions withSockets(SocketOptions other) {
        return new TransportOptions(host, port, loops, limits, other, tls);
    }

    /**
     * These options with TLS.
     *
     * @param other how connections are encrypted
     * @return the options
     */
    public TransportOptions withTls(TlsOptions other) {
        return new TransportOptions(host, port, loops, limits, sockets, Optional.of(other));
    }
}
