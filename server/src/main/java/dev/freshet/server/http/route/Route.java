package dev.freshet.server.http.route;

import dev.freshet.server.http.FieldSyntax;
import java.util.Objects;

/**
 * What a method on a path leads to. A pattern is a path whose segments are literal, <code>{name}</code> for any one segment,
 * or at the end <code>{name...}</code> for one or more, joined by slashes: <code>/events/{topic...}</code>. Immutable.
 *
 * @param method the method; a route for {@code GET} answers {@code HEAD} too
 * @param pattern the path pattern
 * @param bodyLimit how large a body may be
 * @param handler what answers
 */
public record Route(String method, String pattern, BodyLimit bodyLimit, Handler handler) {

    /**
     * Checks method and pattern.
     *
     * @throws IllegalArgumentException if the method is not a token or the pattern not a path
     */
    public Route {
        if (!FieldSyntax.isToken(method)) {
            throw new IllegalArgumentException("method: " + method + " (expected: a token such as GET)");
        }
        PathPattern.parse(pattern);
        Objects.requireNonNull(bodyLimit);
        Objects.requireNonNull(handler);
    }

    /**
     * A route for {@code GET} and {@code HEAD}, without a body.
     *
     * @param pattern the path pattern
     * @param handler what answers
     * @return the route
     */
    public static Route get(String pattern, Handler handler) {
        return new Route("GET", pattern, BodyLimit.NONE, handler);
    }

    /**
     * A route for {@code POST}.
     *
     * @param pattern the path pattern
     * @param bodyLimit how large a body may be
     * @param handler what answers
     * @return the route
     */
    public static Route post(String pattern, BodyLimit bodyLimit, Handler handler) {
        return new Route("POST", pattern, bodyLimit, handler);
    }

    /**
     * A route for {@code DELETE}, without a body.
     *
     * @param pattern the path pattern
     * @param handler what answers
     * @return the route
     */
    public static Route delete(String pattern, Handler handler) {
        return new Route("DELETE", pattern, BodyLimit.NONE, handler);
    }
}
