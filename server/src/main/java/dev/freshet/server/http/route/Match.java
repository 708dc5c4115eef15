package dev.freshet.server.http.route;

import java.util.Map;

/**
 * Where a {@link Router} sends a request. Immutable.
 *
 * @param handler what answers, with all that decorates it
 * @param bodyLimit how large the body may be
 * @param parameters the path's parameters by name
 */
public record Match(Handler handler, BodyLimit bodyLimit, Map<String, String> parameters) {
    /** Copies the parameters. */
    public Match {
        parameters = Map.copyOf(parameters);
    }
}
