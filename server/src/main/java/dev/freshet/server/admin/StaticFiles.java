package dev.freshet.server.admin;

import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The page at {@code /} and what it loads: a few files, read once. Thread-safe. */
public final class StaticFiles {
    /** Nothing from elsewhere, no inline code, no frames; streams and publishes go to this server alone. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private StaticFiles() {}

    /**
     * Returns the routes.
     *
     * @return one route per file
     */
    public static List<Route> routes() {
        return List.of(
                file("/", "index.html", "text/html; charset=utf-8"),
                file("/page.css", "page.css", "text/css; charset=utf-8"),
                file("/page.js", "page.js", "text/javascript; charset=utf-8"),
                file("/favicon.svg", "favicon.svg", "image/svg+xml"));
    }

    private static Route file(String path, String name, String contentType) {
        Response response = Response.of(200, contentType, read(name))
                .with("Content-Security-Policy", POLICY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Referrer-Policy", "no-referrer")
                .with("Cache-Control", "no-cache");
        return Route.get(path, exchange -> exchange.respond(response));
    }

    private static byte[] read(String name) {
        try (InputStream file = StaticFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("page: " + name + " is missing (expected: it is part of the build)");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
