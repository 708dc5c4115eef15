package dev.freshet.server.admin;

import dev.freshet.hub.Hub;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.Route;
import java.util.List;

/** {@code GET /healthz}: the process answers. {@code GET /readyz}: the log can be appended to. Thread-safe. */
public final class HealthEndpoints {
    private final Hub hub;

    /**
     * Creates the endpoints.
     *
     * @param hub the hub that is asked
     */
    public HealthEndpoints(Hub hub) {
        this.hub = hub;
    }

    /**
     * Returns the routes.
     *
     * @return the two routes
     */
    public List<Route> routes() {
        return List.of(
                Route.get("/healthz", exchange -> exchange.respond(plain("alive\n"))),
                Route.get("/readyz", exchange -> exchange.respond(readiness())));
    }

    private Response readiness() {
        if (!hub.isReady()) {
            throw new ProblemException(
                    Problem.of(503, "not-ready", "Not ready", "log: cannot append now (expected: try again)"),
                    Headers.of("Retry-After", "1"));
        }
        return plain("ready\n");
    }

    private static Response plain(String text) {
        return Response.text(200, text).with("Cache-Control", "no-store");
    }
}
