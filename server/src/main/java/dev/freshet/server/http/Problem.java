package dev.freshet.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went wrong with a request, as RFC 9457 says it. Immutable.
 *
 * @param type a stable URI that names the kind of problem
 * @param title the kind of problem in a few words, the same for all of its kind
 * @param status the status code, 400 to 599
 * @param detail what was wrong with this request, and what was expected
 * @param members further members; a value is a string, a number, a boolean, or a list of such
 */
public record Problem(String type, String title, int status, String detail, Map<String, Object> members) {
    /** How every problem's type begins; a slug follows. */
    public static final String TYPES = "https://freshet.dev/problems/";

    /** The content type of a rendered problem. */
    public static final String CONTENT_TYPE = "application/problem+json";

    /**
     * Checks the status and copies the members.
     *
     * @throws IllegalArgumentException if the status is not one of an error
     */
    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 400 to 599)");
        }
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /**
     * A problem of the server's own kind.
     *
     * @param status the status code, 400 to 599
     * @param slug the last part of the type, for example {@code invalid-topic}
     * @param title the kind of problem in a few words
     * @param detail what was wrong, and what was expected
     * @return the problem
     */
    public static Problem of(int status, String slug, String title, String detail) {
        return new Problem(TYPES + slug, title, status, detail, Map.of());
    }

    /**
     * A request that cannot be read: 400.
     *
     * @param detail what was wrong, and what was expected
     * @return the problem
     */
    public static Problem badRequest(String detail) {
        return of(400, "bad-request", "Bad request", detail);
    }

    /**
     * Something that does not exist: 404.
     *
     * @param detail what was looked for
     * @return the problem
     */
    public static Problem notFound(String detail) {
        return of(404, "not-found", "Not found", detail);
    }

    /**
     * A body that is larger than its limit: 413.
     *
     * @param maxBytes the limit
     * @return the problem
     */
    public static Problem bodyTooLarge(long maxBytes) {
        return of(413, "body-too-large", "Body too large", "body: too large (expected: at most " + maxBytes + " bytes)")
                .with("maxBytes", maxBytes);
    }

    /**
     * A fault of the server; what it was stands in the server's log alone: 500.
     *
     * @return the problem
     */
    public static Problem internalError() {
        return of(500, "internal-error", "Internal error", "The server failed to answer this request.");
    }

    /**
     * This problem with one more member.
     *
     * @param name the member's name
     * @param value a string, a number, a boolean, or a list of such
     * @return the problem with it
     */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(type, title, status, detail, more);
    }

    /**
     * This problem, to be thrown.
     *
     * @return a new exception
     */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /**
     * The answer that tells this problem.
     *
     * @return a response in {@code application/problem+json}
     */
    public Response response() {
        return Response.of(status, CONTENT_TYPE, json().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * This problem as JSON.
     *
     * @return one JSON object on one line
     */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", type);
        all.put("title", title);
        all.put("status", status);
        all.put("detail", detail);
        members.forEach(all::putIfAbsent);
        return JsonText.object(all);
    }
}
