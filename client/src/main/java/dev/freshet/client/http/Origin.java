package dev.freshet.client.http;

import java.net.URI;
import java.util.Locale;

/**
 * Whom to connect to: the origin of a URI (RFC 6454 4). Immutable.
 *
 * @param isSecure whether TLS is spoken
 * @param host a name or an address, one of IPv6 without brackets; in lower case
 * @param port 1 to 65535
 */
public record Origin(boolean isSecure, String host, int port) {

    /**
     * Validates the origin.
     *
     * @param isSecure whether TLS is spoken
     * @param host a name or an address
     * @param port 1 to 65535
     * @throws IllegalArgumentException if there is no host, or the port is not within 1 and 65535
     */
    public Origin {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("origin: " + host + ":" + port + " (expected: a host, port 1 to 65535)");
        }
    }

    /**
     * The origin of a URI.
     *
     * @param uri an absolute one of {@code http} or {@code https}
     * @return its origin
     * @throws IllegalArgumentException if it is another, has no host, carries a user's name, or its port is not within 1 and
     *     65535
     */
    public static Origin of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean isSecure = scheme.equals("https");
        if (!isSecure && !scheme.equals("http")) {
            throw refused(uri, "http or https");
        }
        if (uri.getHost() == null) {
            throw refused(uri, "a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw refused(uri, "no user name; use the header Authorization");
        }
        return new Origin(isSecure, bare(uri.getHost()), uri.getPort() < 0 ? defaultPort(isSecure) : uri.getPort());
    }

    /**
     * The value of the header {@code Host}.
     *
     * @return the host, in brackets if it is an address of IPv6, and the port if it is not the scheme's own
     */
    public String hostHeader() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == defaultPort(isSecure) ? name : name + ":" + port;
    }

    private static String bare(String host) {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    private static int defaultPort(boolean isSecure) {
        return isSecure ? 443 : 80;
    }

    /** Names no more of the URI than its scheme and host: a query may hold a token. */
    private static IllegalArgumentException refused(URI uri, String expected) {
        return new IllegalArgumentException(
                "uri: " + uri.getScheme() + "://" + uri.getHost() + " (expected: " + expected + ")");
    }
}
