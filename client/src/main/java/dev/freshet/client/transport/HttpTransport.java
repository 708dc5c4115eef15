package dev.freshet.client.transport;

import dev.freshet.client.http.Origin;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How connections are made. Immutable; may be shared by any number of streams and publishers.
 *
 * @param loops the threads that do it
 * @param connectTimeout how long one address may take to accept a connection
 * @param tls whom to trust and who to be; empty for the default of the JDK. The host's name is always verified
 * @param proxy through which to go
 */
public record HttpTransport(Loops loops, Duration connectTimeout, Optional<SSLContext> tls, Optional<HttpProxy> proxy) {

    private static final Duration LONGEST_CONNECT = Duration.ofMinutes(10);

    /**
     * Validates the transport.
     *
     * @param loops the threads that do it
     * @param connectTimeout how long one address may take, and as long again a proxy and TLS
     * @param tls whom to trust and who to be
     * @param proxy through which to go
     * @throws IllegalArgumentException if connectTimeout is not within 1 ms and 10 minutes
     */
    public HttpTransport {
        if (connectTimeout.toMillis() < 1 || connectTimeout.compareTo(LONGEST_CONNECT) > 0) {
            throw new IllegalArgumentException(
                    "connectTimeout: " + connectTimeout + " (expected: PT0.001S to " + LONGEST_CONNECT + ")");
        }
    }

    /**
     * The shared loops, 10 s to connect, the TLS of the JDK, no proxy.
     *
     * @return the transport
     */
    public static HttpTransport standard() {
        return new HttpTransport(Loops.shared(), Duration.ofSeconds(10), Optional.empty(), Optional.empty());
    }

    /**
     * This transport on other loops.
     *
     * @param other the loops
     * @return a copy
     */
    public HttpTransport withLoops(Loops other) {
        return new HttpTransport(other, connectTimeout, tls, proxy);
    }

    /**
     * This transport with another time to connect.
     *
     * @param timeout for one address, and again for a proxy and TLS
     * @return a copy
     * @throws IllegalArgumentException if it is not within 1 ms and 10 minutes
     */
    public HttpTransport withConnectTimeout(Duration timeout) {
        return new HttpTransport(loops, timeout, tls, proxy);
    }

    /**
     * This transport with its own trust and keys.
     *
     * @param context initialised
     * @return a copy
     */
    public HttpTransport withTls(SSLContext context) {
        return new HttpTransport(loops, connectTimeout, Optional.of(context), proxy);
    }

    /**
     * This transport through a proxy.
     *
     * @param through the proxy
     * @return a copy
     */
    public HttpTransport withProxy(HttpProxy through) {
        return new HttpTransport(loops, connectTimeout, tls, Optional.of(through));
    }

    /**
     * A new connection, which is made when it gets its first request.
     *
     * @param loop one of this transport's loops, to which the connection is confined
     * @param origin whom to connect to
     * @return the connection
     */
    public HttpConnection open(Loop loop, Origin origin) {
        return new HttpConnection(this, loop, origin);
    }
}
