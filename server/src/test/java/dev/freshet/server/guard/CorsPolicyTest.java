package dev.freshet.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.server.http.Exchange;
import dev.freshet.server.http.Headers;
import dev.freshet.server.http.HttpVersion;
import dev.freshet.server.http.Loop;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.Request;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.Target;
import dev.freshet.server.http.route.Handler;
import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsPolicyTest {
    private static final Handler HELLO = exchange -> exchange.respond(Response.text(200, "hello"));
    private static final CorsPolicy NAMED = new CorsPolicy(List.of("https://App.example"));
    private static final CorsPolicy ALL = new CorsPolicy(List.of("*"));
    private static final CorsPolicy NONE = new CorsPolicy(List.of());

    private static Response answer(CorsPolicy policy, Handler handler, String method, String... headers) {
        OneAnswer exchange = new OneAnswer(method, Headers.of(headers).with("Host", "localhost:8080"));
        policy.guard(handler).handle(exchange);
        assertThat(exchange.answers).hasSize(1);
        return exchange.answers.get(0);
    }

    private static String header(Response response, String name) {
        return response.headers().first(name).orElse("");
    }

    @Test
    void marksAnswersForNamedOrigins() {
        Response response = answer(NAMED, HELLO, "GET", "Origin", "https://app.example");
        assertThat(response.status()).isEqualTo(200);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(header(response, "Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(header(response, "Vary")).isEqualTo("Origin");
    }

    @Test
    void aPageOfTheSameHostByPlainHttpIsForeignToAHubWithHttps() {
        CorsPolicy policy = NONE.withHttps();
        assertThat(answer(policy, HELLO, "POST", "Origin", "https://localhost:8080")
                        .status())
                .isEqualTo(200);
        assertThat(answer(policy, HELLO, "POST", "Origin", "http://localhost:8080")
                        .status())
                .isEqualTo(403);
        assertThat(answer(NONE, HELLO, "POST", "Origin", "http://localhost:8080")
                        .status())
                .isEqualTo(200);
        assertThat(answer(NONE, HELLO, "POST", "Origin", "https://localhost:8080")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void letsEverybodyReadButWithoutCredentials() {
        Response response = answer(ALL, HELLO, "GET", "Origin", "https://any.example");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(response.headers().contains("Access-Control-Allow-Credentials"))
                .isFalse();
    }

    @Test
    void doesNotMarkAnswersForOthers() {
        for (CorsPolicy policy : List.of(NAMED, NONE)) {
            Response response = answer(policy, HELLO, "GET", "Origin", "https://evil.example");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers().contains("Access-Control-Allow-Origin"))
                    .isFalse();
        }
    }

    @Test
    void answersPreflights() {
        Response response = answer(
                NAMED, HELLO, "OPTIONS", "Origin", "https://app.example", "Access-Control-Request-Method", "POST");
        assertThat(response.status()).isEqualTo(204);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(header(response, "Access-Control-Allow-Methods")).contains("GET", "HEAD", "POST", "DELETE");
        assertThat(header(response, "Access-Control-Allow-Headers"))
                .contains("Last-Event-ID", "Content-Type", "Authorization", "Cache-Control", "Idempotency-Key");
        assertThat(header(response, "Access-Control-Max-Age")).isEqualTo("86400");
    }

    @Test
    void doesNotAnswerPreflightsOfOthers() {
        Response response = answer(
                NAMED, HELLO, "OPTIONS", "Origin", "https://evil.example", "Access-Control-Request-Method", "POST");
        assertThat(response.headers().contains("Access-Control-Allow-Origin")).isFalse();
        assertThat(response.headers().contains("Access-Control-Allow-Methods")).isFalse();
    }

    @Test
    void marksProblemsToo() {
        Handler failing = exchange -> {
            throw Problem.notFound("x").asException();
        };
        Response response = answer(NAMED, failing, "POST", "Origin", "https://app.example");
        assertThat(response.status()).isEqualTo(404);
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("https://app.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost:8081",
                "http://localhost",
                "https://app.example.evil",
                "localhost:8080"
            })
    void refusesWritesOfOtherPages(String origin) {
        for (String method : List.of("POST", "DELETE", "PUT")) {
            Response response = answer(NAMED, HELLO, method, "Origin", origin);
            assertThat(response.status()).isEqualTo(403);
            assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        }
    }

    @Test
    void takesWritesOfItsOwnPageAndOfPrograms() {
        assertThat(answer(NONE, HELLO, "POST", "Origin", "http://localhost:8080")
                        .status())
                .isEqualTo(200);
        assertThat(answer(NONE, HELLO, "POST").status()).isEqualTo(200);
        assertThat(answer(NAMED, HELLO, "POST", "Origin", "https://app.example").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example", "https://app.example/", "https://", "**", "https://a b"})
    void refusesWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> new CorsPolicy(List.of(origin))).hasMessageContaining("cors.origins: " + origin);
    }

    /** An exchange that keeps what it is answered. */
    private static final class OneAnswer implements Exchange {
        private final List<Response> answers = new ArrayList<>();
        private final Request request;

        OneAnswer(String method, Headers headers) {
            InetSocketAddress peer = InetSocketAddress.createUnresolved("test", 1);
            request = new Request(method, Target.parse("/"), headers, HttpVersion.HTTP_1_1, peer);
        }

        @Override
        public Request request() {
            return request;
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
            answers.add(response);
        }

        @Override
        public ByteStream stream(Response head, byte[] opening, StreamListener listener) {
            throw new AssertionError();
        }
    }
}
