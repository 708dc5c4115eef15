package dev.freshet.server.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Loop;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.Target;
import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamListener;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Handler NOTHING = exchange -> {};
    private final Router router = new Router(List.of(
            Route.get("/", NOTHING),
            Route.get("/events", NOTHING),
            Route.get("/events/{topic...}", NOTHING),
            Route.post("/events/{topic...}", BodyLimit.of(7), NOTHING),
            Route.delete("/subscribers/{id}", NOTHING)));

    private Match match(String method, String target) {
        InetSocketAddress peer = InetSocketAddress.createUnresolved("test", 1);
        return router.match(new Request(method, Target.parse(target), Headers.empty(), HttpVersion.HTTP_1_1, peer));
    }

    private Map<String, String> parameters(String method, String target) {
        return match(method, target).parameters();
    }

    private Optional<ProblemException> problem(String method, String target) {
        try {
            match(method, target).handler().handle(new NoExchange());
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e);
        }
    }

    @Test
    void findsParameters() {
        assertThat(parameters("GET", "/events/orders/42")).isEqualTo(Map.of("topic", "orders/42"));
        assertThat(parameters("GET", "/events/")).isEqualTo(Map.of("topic", ""));
        assertThat(parameters("DELETE", "/subscribers/a%2Fb")).isEqualTo(Map.of("id", "a/b"));
        assertThat(parameters("HEAD", "/events")).isEmpty();
        assertThat(problem("HEAD", "/events")).isEmpty();
        assertThat(problem("GET", "/")).isEmpty();
    }

    @Test
    void asksTheRouteForItsLimit() {
        assertThat(match("POST", "/events/a").bodyLimit().maxBytes("")).isEqualTo(7);
        assertThat(match("GET", "/events/a").bodyLimit().maxBytes("")).isZero();
    }

    @Test
    void tellsWhichMethodsThereAre() {
        assertThat(problem("PUT", "/events/a")).hasValueSatisfying(e -> {
            assertThat(e.problem().status()).isEqualTo(405);
            assertThat(e.headers().first("Allow")).contains("GET, HEAD, POST, OPTIONS");
        });
    }

    @Test
    void tellsWhatIsMissing() {
        for (String target : List.of("/event", "/events/a/../..//x?", "/subscribers", "/subscribers/a/b", "//")) {
            assertThat(problem("DELETE", target)).isPresent();
        }
        assertThat(problem("GET", "/nowhere?token=secret")).hasValueSatisfying(e -> {
            assertThat(e.problem().status()).isEqualTo(404);
            assertThat(e.problem().detail()).contains("/nowhere").doesNotContain("secret");
        });
        assertThatThrownBy(() -> match("POST", "/nowhere").bodyLimit().maxBytes(""))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void decoratesProblemsToo() {
        Router decorated = new Router(List.of(), handler -> exchange -> exchange.respond(Response.empty(204)));
        NoExchange exchange = new NoExchange();
        InetSocketAddress peer = InetSocketAddress.createUnresolved("test", 1);
        decorated
                .match(new Request("GET", Target.parse("/"), Headers.empty(), HttpVersion.HTTP_1_1, peer))
                .handler()
                .handle(exchange);
        assertThat(exchange.status).isEqualTo(204);
    }

    @Test
    void refusesPatternsThatAreNone() {
        assertThatThrownBy(() -> Route.get("events", NOTHING)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Route.get("/{a...}/b", NOTHING)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Route("G T", "/", BodyLimit.NONE, NOTHING))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Only takes a response. */
    private static final class NoExchange implements Exchange {
        private int status;

        @Override
        public Request request() {
            throw new AssertionError();
        }

        @Override
        public String pathParameter(String name) {
            throw new AssertionError();
        }

        @Override
        public Loop loop() {
            throw new AssertionError();
        }

        @Override
        public void respond(Response response) {
            status = response.status();
        }

        @Override
        public ByteStream stream(Response head, byte[] opening, StreamListener listener) {
            throw new AssertionError();
        }
    }
}
