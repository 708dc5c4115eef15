package dev.freshet.server.guard;

import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.Handler;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets pages of configured origins use the hub (Fetch, 3.2), and refuses writes by pages of all others. Thread-safe.
 *
 * <p>A browser sends simple POST requests of any page to any address, a hub on {@code localhost} too, without asking; so an
 * unsafe method with a foreign {@code Origin} is answered with 403. Reading needs no such care: without the header that
 * allows it, the browser keeps the answer from the page.
 */
public final class CorsPolicy {
    private static final String EVERYBODY = "*";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Headers PREFLIGHT = Headers.of(
            "Access-Control-Allow-Methods",
            "GET, HEAD, POST, DELETE",
            "Access-Control-Allow-Headers",
            "Authorization, Cache-Control, Content-Type, Idempotency-Key, Last-Event-ID",
            "Access-Control-Max-Age",
            "86400");

    private final Set<String> origins;
    private final String ownScheme;

    /**
     * Creates a policy.
     *
     * @param origins origins such as {@code https://app.example}, or {@code *} for all; empty for none but the hub's own
     * @throws IllegalArgumentException if one of them is not an origin
     */
    public CorsPolicy(List<String> origins) {
        this(origins.stream().map(CorsPolicy::requireOrigin).collect(Collectors.toUnmodifiableSet()), "");
    }

    private CorsPolicy(Set<String> origins, String ownScheme) {
        this.origins = origins;
        this.ownScheme = ownScheme;
    }

    /**
     * This policy for a hub that is reached by HTTPS alone. Else the scheme of its own pages is not known, since a proxy may be
     * before it.
     *
     * @return a policy to which a page of the same host by plain HTTP is foreign: anybody on the way may have written it
     */
    public CorsPolicy withHttps() {
        return new CorsPolicy(origins, "https");
    }

    /**
     * Guards a handler.
     *
     * @param handler the handler
     * @return one that answers preflights, refuses foreign writes, and marks what other origins may read
     */
    public Handler guard(Handler handler) {
        return exchange -> {
            Request request = exchange.request();
            Optional<String> origin = request.headers().first("Origin").filter(from -> !isSameOrigin(from, request));
            if (origin.isEmpty()) {
                handler.handle(new MarkedExchange(exchange, vary()));
            } else {
                answerForeign(new MarkedExchange(exchange, marks(origin.get())), origin.get(), handler);
            }
        };
    }

    private void answerForeign(Exchange exchange, String origin, Handler handler) {
        Request request = exchange.request();
        boolean isAllowed = isAllowed(origin);
        if (isAllowed && isPreflight(request)) {
            exchange.respond(Response.empty(204).with(PREFLIGHT));
        } else if (isAllowed || SAFE_METHODS.contains(request.method())) {
            handle(exchange, handler);
        } else {
            exchange.respond(Problem.of(
                            403,
                            "foreign-origin",
                            "Foreign origin",
                            "Origin: " + origin + " (expected: the hub's own, or one of the configured cors.origins)")
                    .response());
        }
    }

    /** A problem is an answer too, and the page may read it. */
    private static void handle(Exchange exchange, Handler handler) {
        try {
            handler.handle(exchange);
        } catch (ProblemException e) {
            exchange.respond(e.response());
        }
    }

    private Headers marks(String origin) {
        if (!isAllowed(origin)) {
            return vary();
        }
        return origins.contains(EVERYBODY)
                ? Headers.of("Access-Control-Allow-Origin", EVERYBODY)
                : vary().with("Access-Control-Allow-Origin", origin).with("Access-Control-Allow-Credentials", "true");
    }

    private Headers vary() {
        return origins.isEmpty() || origins.contains(EVERYBODY) ? Headers.empty() : Headers.of("Vary", "Origin");
    }

    private boolean isAllowed(String origin) {
        return origins.contains(EVERYBODY) || origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    private static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS") && request.headers().contains("Access-Control-Request-Method");
    }

    private boolean isSameOrigin(String origin, Request request) {
        int authority = origin.indexOf("://");
        return authority > 0
                && (ownScheme.isEmpty() || origin.regionMatches(true, 0, ownScheme + "://", 0, authority + 3))
                && request.headers()
                        .first("Host")
                        .filter(origin.substring(authority + 3)::equalsIgnoreCase)
                        .isPresent();
    }

    private static String requireOrigin(String origin) {
        String text = origin.toLowerCase(Locale.ROOT);
        if (!text.equals(EVERYBODY) && !text.matches("[a-z][a-z0-9+.-]*://[^/?#\\s]+")) {
            throw new IllegalArgumentException("cors.origins: " + origin
                    + " (expected: scheme and host without a path, such as https://app.example, or *)");
        }
        return text;
    }
}
