package dev.freshet.server.http;

import java.net.InetSocketAddress;
import java.util.Objects;

/** A request as it was received. Immutable but for the body's array, which is handed out as it is and must not be changed. */
public final class Request {
    private static final byte[] NO_BODY = {};

    private final String method;
    private final Target target;
    private final Headers headers;
    private final HttpVersion version;
    private final InetSocketAddress peer;
    private final byte[] body;

    private Request(Request head, byte[] body) {
        this.method = head.method;
        this.target = head.target;
        this.headers = head.headers;
        this.version = head.version;
        this.peer = head.peer;
        this.body = Objects.requireNonNull(body);
    }

    /**
     * A request without a body.
     *
     * @param method the method, in capitals as sent
     * @param target path and query
     * @param headers the header fields; values are UTF-8 where their bytes are, else ISO 8859-1
     * @param version the version it was written in
     * @param peer who is at the other end of the connection
     */
    public Request(String method, Target target, Headers headers, HttpVersion version, InetSocketAddress peer) {
        this.method = Objects.requireNonNull(method);
        this.target = Objects.requireNonNull(target);
        this.headers = Objects.requireNonNull(headers);
        this.version = Objects.requireNonNull(version);
        this.peer = Objects.requireNonNull(peer);
        this.body = NO_BODY;
    }

    /**
     * The same request with a body.
     *
     * @param bytes the whole body; the request keeps this array
     * @return the request
     */
    public Request withBody(byte[] bytes) {
        return new Request(this, bytes);
    }

    /**
     * The method, for example {@code GET}.
     *
     * @return the method as sent
     */
    public String method() {
        return method;
    }

    /**
     * Path and query.
     *
     * @return the target
     */
    public Target target() {
        return target;
    }

    /**
     * The header fields.
     *
     * @return the headers
     */
    public Headers headers() {
        return headers;
    }

    /**
     * The version the request was written in.
     *
     * @return the version
     */
    public HttpVersion version() {
        return version;
    }

    /**
     * Who is at the other end of the connection; a proxy, where there is one.
     *
     * @return the address
     */
    public InetSocketAddress peer() {
        return peer;
    }

    /**
     * The body, chunks joined.
     *
     * @return the bytes, empty if there was no body; to be read only
     */
    public byte[] body() {
        return body;
    }

    /** Method and path alone: query, headers and body may hold secrets. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
