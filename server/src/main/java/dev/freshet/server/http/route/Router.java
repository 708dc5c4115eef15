package dev.freshet.server.http.route;

import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Finds the handler for a request: the first route whose method and pattern fit. A path without a route is answered with
 * 404, a path without the method with 405 and {@code Allow}, {@code OPTIONS} with 204 and {@code Allow}. Every answer, these
 * included, passes through the decorator. Immutable; thread-safe.
 */
public final class Router {
    private final Map<Route, PathPattern> routes = new LinkedHashMap<>();
    private final UnaryOperator<Handler> decorator;

    /**
     * A router over routes.
     *
     * @param routes the routes, looked through in this order
     */
    public Router(List<Route> routes) {
        this(routes, UnaryOperator.identity());
    }

    /**
     * A router whose handlers are all decorated, those that only tell a problem too.
     *
     * @param routes the routes, looked through in this order
     * @param decorator makes of a handler one that does more, for example answer for CORS
     */
    public Router(List<Route> routes, UnaryOperator<Handler> decorator) {
        this.decorator = decorator;
        routes.forEach(route -> this.routes.put(decorated(route), PathPattern.parse(route.pattern())));
    }

    /**
     * The routes, with decorated handlers.
     *
     * @return all routes in their order
     */
    public List<Route> routes() {
        return List.copyOf(routes.keySet());
    }

    /**
     * Where a request goes. There is always a match: for a request that no route takes, one that tells the problem.
     *
     * @param head the request, its body not yet read
     * @return handler, body limit and path parameters
     */
    public Match match(Request head) {
        List<String> path = head.target().segments();
        Set<String> allowed = new LinkedHashSet<>();
        for (Map.Entry<Route, PathPattern> entry : routes.entrySet()) {
            Optional<Map<String, String>> parameters = entry.getValue().match(path);
            if (parameters.isPresent()) {
                Route route = entry.getKey();
                if (takes(route, head.method())) {
                    return new Match(route.handler(), route.bodyLimit(), parameters.get());
                }
                allow(route, allowed);
            }
        }
        return withoutRoute(head, allowed);
    }

    /**
     * A match that tells a problem, decorated like any other.
     *
     * @param problem what to answer
     * @return the match, which tells the same of a body
     */
    public Match refusal(ProblemException problem) {
        Handler handler = exchange -> {
            throw problem;
        };
        BodyLimit noBody = mediaType -> {
            throw problem;
        };
        return new Match(decorator.apply(handler), noBody, Map.of());
    }

    private Match withoutRoute(Request head, Set<String> allowed) {
        boolean options = head.method().equals("OPTIONS");
        if (options && head.target().rawPath().equals("*")) {
            routes.keySet().forEach(route -> allow(route, allowed));
        }
        if (allowed.isEmpty()) {
            return refusal(Problem.notFound("path: " + head.target().rawPath() + " (expected: one of " + paths() + ")")
                    .asException());
        }
        allowed.add("OPTIONS");
        String allow = String.join(", ", allowed);
        return options
                ? answering(exchange -> exchange.respond(Response.empty(204).with("Allow", allow)))
                : notAllowed(head, allow);
    }

    private String paths() {
        return routes.keySet().stream().map(Route::pattern).distinct().collect(Collectors.joining(", "));
    }

    private Match notAllowed(Request head, String allow) {
        String detail = "method: " + head.method() + " (expected: " + allow + ")";
        Problem problem = Problem.of(405, "method-not-allowed", "Method not allowed", detail);
        return refusal(new ProblemException(problem, Headers.of("Allow", allow)));
    }

    private Match answering(Handler handler) {
        return new Match(decorator.apply(handler), BodyLimit.NONE, Map.of());
    }

    private Route decorated(Route route) {
        return new Route(route.method(), route.pattern(), route.bodyLimit(), decorator.apply(route.handler()));
    }

    private static boolean takes(Route route, String method) {
        return route.method().equals(method) || (route.method().equals("GET") && method.equals("HEAD"));
    }

    private static void allow(Route route, Set<String> allowed) {
        allowed.add(route.method());
        if (route.method().equals("GET")) {
            allowed.add("HEAD");
        }
    }
}
