package dev.freshet.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** An answer with its whole body. The transport adds length, date and connection fields. Immutable. */
public final class Response {
    private static final byte[] NO_BODY = {};

    private final int status;
    private final Headers headers;
    private final byte[] body;

    private Response(int status, Headers headers, byte[] body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
        this.status = status;
        this.headers = Objects.requireNonNull(headers);
        this.body = Objects.requireNonNull(body);
    }

    /**
     * An answer with a body.
     *
     * @param status the status code, 200 to 599
     * @param contentType the body's content type
     * @param body the bytes; the response keeps this array
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Response of(int status, String contentType, byte[] body) {
        return new Response(status, Headers.of("Content-Type", contentType), body);
    }

    /**
     * A JSON answer.
     *
     * @param status the status code, 200 to 599
     * @param json the JSON text
     * @return the answer
     */
    public static Response json(int status, String json) {
        return of(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A plain-text answer in UTF-8.
     *
     * @param status the status code, 200 to 599
     * @param text the text
     * @return the answer
     */
    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An answer without a body.
     *
     * @param status the status code, 200 to 599
     * @return the answer
     */
    public static Response empty(int status) {
        return new Response(status, Headers.empty(), NO_BODY);
    }

    /**
     * This answer with one more header field.
     *
     * @param name the field's name
     * @param value its value
     * @return the answer with it
     */
    public Response with(String name, String value) {
        return new Response(status, headers.with(name, value), body);
    }

    /**
     * This answer with more header fields.
     *
     * @param more the fields to add
     * @return the answer with them
     */
    public Response with(Headers more) {
        return new Response(status, headers.with(more), body);
    }

    /**
     * The status code.
     *
     * @return 200 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The header fields, without those that the transport adds.
     *
     * @return the headers
     */
    public Headers headers() {
        return headers;
    }

    /**
     * The body.
     *
     * @return the bytes, to be read only
     */
    public byte[] body() {
        return body;
    }

    /** The status alone: a body may be anything. */
    @Override
    public String toString() {
        return "Response " + status;
    }
}
