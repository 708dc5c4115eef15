package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestTest {
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with("http.head.timeout", "200ms", "http.body.timeout", "200ms");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1 x", "G@T / HTTP/1.1", "hello"})
    void aRequestLineThatCannotBeReadIsABadRequest(String line) throws IOException {
        Reply reply = send(line + "\r\nHost: localhost\r\n\r\n");

        assertThat(reply.problem()).isEqualTo("400 bad-request");
        assertThat(reply.detail()).contains("(expected: ");
    }

    @Test
    void aRequestWithoutHostIsABadRequest() throws IOException {
        assertThat(send("GET /healthz HTTP/1.1\r\n\r\n").detail()).isEqualTo("Host: 0 fields (expected: 1)");
    }

    @ParameterizedTest
    @CsvSource({"GET, /nowhere", "POST, /nowhere", "DELETE, /event", "POST, /events2"})
    void aPathThatIsNotThereIsNotFound(String method, String path) throws IOException {
        Reply reply = server.ask(method, path, "a body");

        assertThat(reply.problem()).isEqualTo("404 not-found");
        assertThat(reply.detail())
                .isEqualTo("path: " + path + " (expected: one of /events, /events/{topic...}, /healthz, /readyz,"
                        + " /, /page.css, /page.js, /favicon.svg)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /events/t | GET, HEAD, POST, OPTIONS",
                "DELETE | /events   | GET, HEAD, POST, OPTIONS",
                "POST   | /healthz  | GET, HEAD, OPTIONS",
                "POST   | /         | GET, HEAD, OPTIONS",
            })
    void aMethodThatIsNotThereIsToldWhichAre(String method, String path, String allow) throws IOException {
        Reply reply = server.ask(method, path, "a body");

        assertThat(reply.problem()).isEqualTo("405 method-not-allowed");
        assertThat(reply.header("Allow")).isEqualTo(allow);
        assertThat(reply.detail()).isEqualTo("method: " + method + " (expected: " + allow + ")");
    }

    @Test
    void aSlowHeadIsNotWaitedFor() throws IOException {
        assertThat(send("GET /healthz HTTP/1.1\r\n").problem()).isEqualTo("408 request-timeout");
    }

    @Test
    void aSlowBodyIsNotWaitedFor() throws IOException {
        Reply reply = send("POST /events/t HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n1234");

        assertThat(reply.problem()).isEqualTo("408 request-timeout");
        assertThat(reply.detail()).isEqualTo("body: too slow (expected: within 200 ms)");
    }

    @Test
    void aTargetThatIsTooLongIsToldSo() throws IOException {
        assertThat(server.get("/events/" + "t".repeat(17_000)).problem()).isEqualTo("414 uri-too-long");
    }

    @Test
    void headersThatAreTooLongAreToldSo() throws IOException {
        assertThat(server.get("/healthz", "Cookie: " + "c".repeat(17_000)).problem())
                .isEqualTo("431 headers-too-large");
    }

    @Test
    void aSubscriptionTakesNoBody() throws IOException {
        Reply reply = send("GET /events/t HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx");

        assertThat(reply.problem()).isEqualTo("413 body-too-large");
    }

    private static Reply send(String text) throws IOException {
        try (Wire wire = server.connect()) {
            return wire.send(text).reply();
        }
    }
}
