package dev.freshet.client.http;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request. Immutable.
 *
 * @param method such as {@code GET}
 * @param uri where to; an absolute one of {@code http} or {@code https}
 * @param headers by name, whatever its case; values are sent as UTF-8
 * @param body may be empty
 */
public record ClientRequest(String method, URI uri, Map<String, String> headers, ByteBuffer body) {

    /**
     * Validates the request.
     *
     * @param method such as {@code GET}
     * @param uri where to
     * @param headers by name
     * @param body may be empty; it is shared and must not change
     * @throws IllegalArgumentException if the method is not letters, {@link Origin#of} refuses the uri, a header's name is no
     *     token, it is one that the connection sets, or its value holds CR, LF or NUL
     */
    public ClientRequest {
        if (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
            throw new IllegalArgumentException("method: (expected: letters A to Z)");
        }
        Origin.of(uri);
        headers = Collections.unmodifiableMap(HeaderRules.checked(headers));
        body = body.asReadOnlyBuffer();
    }

    /**
     * The body.
     *
     * @return a view with a position of its own
     */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /**
     * This request with more headers.
     *
     * @param more they replace those of the same name
     * @return a copy
     * @throws IllegalArgumentException as the constructor
     */
    public ClientRequest withHeaders(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.putAll(more);
        return new ClientRequest(method, uri, all, body);
    }

    /** Shows neither query nor headers nor body. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
