package dev.freshet.client.transport;

import java.util.Optional;

/**
 * A proxy of HTTP, through which each connection is made with {@code CONNECT} (RFC 9110 9.3.6). Immutable.
 *
 * @param host its name or address
 * @param port its port
 * @param login what it asks for, if it does
 */
public record HttpProxy(String host, int port, Optional<Login> login) {

    /**
     * Validates the proxy.
     *
     * @param host its name or address
     * @param port its port
     * @param login what it asks for
     * @throws IllegalArgumentException if there is no host, or the port is not within 1 and 65535
     */
    public HttpProxy {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("proxy: " + host + ":" + port + " (expected: a host, port 1 to 65535)");
        }
    }

    /**
     * A proxy without a login.
     *
     * @param host its name or address
     * @param port its port
     * @return the proxy
     */
    public static HttpProxy of(String host, int port) {
        return new HttpProxy(host, port, Optional.empty());
    }

    /**
     * A name and a password, sent as {@code Proxy-Authorization: Basic}. Immutable.
     *
     * @param name the name
     * @param password the password
     */
    public record Login(String name, String password) {

        /** Shows the name alone. */
        @Override
        public String toString() {
            return "Login[" + name + "]";
        }
    }
}
