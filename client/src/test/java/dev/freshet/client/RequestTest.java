package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ReceivedRequest;
import dev.freshet.client.testing.ScriptedEventServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stream asks for, and where redirects lead it. */
class RequestTest {

    private static final Answer ENDS = Answer.stream().send("data: a\n\n").end();
    private static final Answer STAYS = Answer.stream().send("data: b\n\n");

    @Test
    void sendsItsHeadersEachTime() {
        List<ReceivedRequest> requests =
                requests(options -> options.withHeader("X-Tenant", "é").withHeader("Accept", "text/*"), ENDS, STAYS);

        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.header("X-Tenant")).hasValue("é");
            assertThat(request.header("Accept")).hasValue("text/*");
        });
    }

    @Test
    void sendsItsBodyAgainWhenItComesBack() {
        List<ReceivedRequest> requests =
                requests(options -> options.withBody("POST", "application/json", "{\"é\":1}"), ENDS, STAYS);

        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.header("Content-Type")).hasValue("application/json");
            assertThat(request.body()).isEqualTo("{\"é\":1}");
        });
    }

    @Test
    void asksForATokenBeforeEachAttempt() {
        AtomicInteger tokens = new AtomicInteger();
        List<ReceivedRequest> requests = requests(
                options -> options.withToken(() -> CompletableFuture.supplyAsync(() -> "t" + tokens.incrementAndGet())),
                ENDS,
                STAYS);

        assertThat(requests)
                .map(request -> request.header("Authorization").orElse(""))
                .containsExactly("Bearer t1", "Bearer t2");
    }

    @ParameterizedTest
    @CsvSource({"//, //", "//a?b, //a?b", "'', /", "?q, /?q", "/é?ü#x, /%C3%A9?%C3%BC", "/a//b#c?d, /a//b"})
    void asksForThePathAsItIsWritten(String path, String target) {
        try (ScriptedEventServer server = ScriptedEventServer.start(STAYS)) {
            Told told = new Told();
            StreamOptions options = StreamOptions.of(URI.create("http://127.0.0.1:" + server.port() + path));
            try (EventSource source = EventSource.open(options, told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(server.requests()).map(ReceivedRequest::target).containsExactly(target);
        }
    }

    @Test
    void triesAgainWhenThereIsNoToken() {
        AtomicInteger asked = new AtomicInteger();
        Told told = new Told();
        try (ScriptedEventServer server = ScriptedEventServer.start(STAYS)) {
            StreamOptions options = Quick.options(server).withHeaders(() -> switch (asked.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("thrown");
                case 2 -> CompletableFuture.failedFuture(new IOException("failed"));
                case 3 -> CompletableFuture.completedFuture(Map.of("Bad Name", "x"));
                default -> CompletableFuture.completedFuture(Map.of("X-Good", "x"));
            });
            try (EventSource source = EventSource.open(options, told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(server.requests()).hasSize(1);
        }
        assertThat(told.all(Closed.class))
                .map(Closed::reason)
                .containsOnly(Reason.NO_HEADERS)
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsRedirectsAndComesBackToWhereItBegan(int status) {
        List<ReceivedRequest> requests =
                requests(options -> options, Answer.redirect(status, "/moved?to=here"), ENDS, STAYS);

        assertThat(requests).map(ReceivedRequest::target).containsExactly("/events", "/moved?to=here", "/events");
        assertThat(requests).map(ReceivedRequest::method).containsOnly("GET");
    }

    @ParameterizedTest
    @CsvSource({"301,GET", "302,GET", "303,GET", "307,POST", "308,POST"})
    void aPostIsRedirectedAsFetchDoes(int status, String method) {
        ReceivedRequest redirected = requests(
                        options -> options.withBody("POST", "text/plain", "body"),
                        Answer.redirect(status, "/moved"),
                        STAYS)
                .get(1);

        assertThat(redirected.method()).isEqualTo(method);
        assertThat(redirected.body()).isEqualTo(method.equals("POST") ? "body" : "");
        assertThat(redirected.header("Content-Type").isPresent()).isEqualTo(method.equals("POST"));
    }

    @Test
    void anotherOriginDoesNotSeeWhatAuthorizes() {
        try (ScriptedEventServer elsewhere = ScriptedEventServer.start(STAYS)) {
            List<ReceivedRequest> requests = requests(
                    options -> options.withHeader("Authorization", "secret")
                            .withHeader("cookie", "secret")
                            .withHeader("X-Tenant", "a")
                            .withHeaders(() -> CompletableFuture.completedFuture(Map.of("x-api-key", "secret"))),
                    Answer.redirect(307, elsewhere.uri().toString()));

            assertThat(requests.get(0).header("Authorization")).hasValue("secret");
            assertThat(requests.get(0).header("X-Api-Key")).hasValue("secret");
            assertThat(elsewhere.requests()).hasSize(1).allSatisfy(request -> {
                assertThat(request.header("Authorization")).isEmpty();
                assertThat(request.header("Cookie")).isEmpty();
                assertThat(request.header("X-Api-Key")).isEmpty();
                assertThat(request.header("X-Tenant")).hasValue("a");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectWithoutLocationIsAnError(int status) {
        assertThat(ending(Answer.status(status))).isEqualTo(Reason.BAD_REDIRECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ftp://127.0.0.1/",
                "http://127.0.0.1:99999/",
                "http://",
                "//",
                "http://a b/",
                "mailto:a@b",
                "http://u:p@127.0.0.1/"
            })
    void aRedirectToNowhereIsAnError(String location) {
        assertThat(ending(Answer.redirect(302, location))).isEqualTo(Reason.BAD_REDIRECT);
    }

    @Test
    void redirectsInACircleAreAnError() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.redirect(302, "/events"))) {
            Told told = new Told();
            try (EventSource source = EventSource.open(Quick.options(server), told)) {
                assertThat(told.end().reason()).isEqualTo(Reason.BAD_REDIRECT);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(server.requests()).hasSize(21);
        }
    }

    @Test
    void informationalResponsesAreNoResponse() {
        Answer hints = Answer.raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n"
                + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: b\n\n\r\n");

        assertThat(requests(options -> options, hints.hold())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://localhost/",
                "http:/path",
                "/events",
                "http://user@localhost/",
                "file:///etc",
                "http://localhost:0/",
                "http://localhost:65536/"
            })
    void refusesWhatIsNoPlaceOfHttp(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamOptions.of(URI.create(uri)))
                .withMessageContaining("expected");
    }

    @Test
    void refusesHeadersThatCouldForgeARequest() {
        StreamOptions options = StreamOptions.of(URI.create("http://localhost/"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withHeader("X", "a\r\nY: b"))
                .withMessage("header: value of X (expected: no CR, LF or NUL)");
        assertThatIllegalArgumentException().isThrownBy(() -> options.withHeader("X Y", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withHeader("content-length", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withInitialId("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withInitialId("\uD83D"));
        assertThat(options.withInitialId("\uD83D\uDE00").resume().initialId()).hasSize(2);
    }

    private static List<ReceivedRequest> requests(UnaryOperator<StreamOptions> change, Answer... answers) {
        try (ScriptedEventServer server = ScriptedEventServer.start(answers)) {
            Told told = new Told();
            try (EventSource source = EventSource.open(change.apply(Quick.options(server)), told)) {
                told.until(so -> so.data().contains("b"));
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            return server.requests();
        }
    }

    private static Reason ending(Answer answer) {
        try (ScriptedEventServer server = ScriptedEventServer.start(answer)) {
            Told told = new Told();
            try (EventSource source = EventSource.open(Quick.options(server), told)) {
                Reason reason = told.end().reason();
                assertThat(server.requests()).hasSize(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
                return reason;
            }
        }
    }
}
