package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.server.http.Response;
import dev.freshet.server.transport.RawClient.Answer;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests and answers, over each wire. */
@ParameterizedClass
@EnumSource(names = {"EPOLL", "NIO", "TLS", "TLS_NIO"})
class HttpConnectionTest extends ConnectionCase {
    @Test
    void answersAndKeepsTheConnection() throws IOException {
        for (int i = 0; i < 3; i++) {
            Answer answer = client.request("GET /hello").answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("hello");
            assertThat(answer.header("Content-Length")).isEqualTo("5");
            assertThat(answer.headers()).doesNotContainKey("connection");
            ZonedDateTime date = ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME);
            assertThat(date)
                    .isBetween(
                            ZonedDateTime.now().minusMinutes(1),
                            ZonedDateTime.now().plusMinutes(1));
        }
    }

    @Test
    void closesWhenAskedTo() throws IOException {
        Answer answer = client.request("GET /hello", "Connection: Close").answer();
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void closesAfterHttp10() throws IOException {
        Answer answer = client.send("GET /hello HTTP/1.0\r\n\r\n").answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void keepsHttp10WhenAskedTo() throws IOException {
        for (int i = 0; i < 2; i++) {
            Answer answer = client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .answer();
            assertThat(answer.header("Connection")).isEqualTo("keep-alive");
            assertThat(answer.body()).isEqualTo("hello");
        }
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        Answer answer = client.request("HEAD /hello").answerWithoutBody();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Length")).isEqualTo("5");
        assertThat(client.request("GET /hello").answer().body()).isEqualTo("hello");
    }

    @Test
    void answersWithoutContent() throws IOException {
        Answer answer = client.request("GET /empty").answer();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers()).doesNotContainKeys("content-length", "transfer-encoding");
        assertThat(client.request("GET /hello").answer().body()).isEqualTo("hello");
    }

    @Test
    void answersWhatItDoesNotHave() throws IOException {
        Answer missing = client.request("GET /nowhere").answer();
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(missing.body())
                .contains("\"type\":\"https://freshet.dev/problems/not-found\"", "\"status\":404", "/nowhere");

        Answer wrong = client.request("DELETE /hello").answer();
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");

        Answer options = client.request("OPTIONS /echo").answer();
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo("POST, OPTIONS");
        assertThat(client.request("OPTIONS *").answer().header("Allow")).contains("GET", "HEAD", "POST");
    }

    @Test
    void decodesPathAndQuery() throws IOException {
        assertThat(client.request("GET /name/a%2Fb/c%C3%A4").answer().body()).isEqualTo("a/b/cä");
        assertThat(client.request("GET /query?a=1&b=x+%2B&a=%E2%82%AC&c")
                        .answer()
                        .body())
                .isEqualTo("{a=[1, €], b=[x +], c=[]}");
        assertThat(client.request("GET /name/ä").answer().body()).isEqualTo("ä");
        assertThat(client.request("GET http://elsewhere/name/x?q").answer().body())
                .isEqualTo("x");
    }

    @Test
    void carriesUtf8InHeaders() throws IOException {
        Answer answer = client.request("GET /echo-id", "Last-Event-ID: jörg€").answer();
        assertThat(answer.body()).isEqualTo("jörg€");
        assertThat(answer.header("Event-Id")).isEqualTo("jörg€");
    }

    @Test
    void tellsProblemsWithTheirHeaders() throws IOException {
        Answer answer = client.request("GET /problem").answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"type\":\"https://freshet.dev/problems/busy\",\"title\":\"Busy\",\"status\":503,\"detail\":\"log: full\"}");
        assertThat(client.request("GET /hello").answer().status()).isEqualTo(200);
    }

    @Test
    void keepsFailuresToItself() throws IOException {
        Answer answer = client.request("GET /boom").answer();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).contains("internal-error").doesNotContain("secret", "Exception");
        assertThat(client.request("GET /hello").answer().status()).isEqualTo(200);
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        client.request("GET /wait")
                .request("GET /hello")
                .request("GET /nowhere")
                .request("GET /wait");
        server.exchange().respond(Response.text(200, "late"));
        assertThat(client.answer().body()).isEqualTo("late");
        assertThat(client.answer().body()).isEqualTo("hello");
        assertThat(client.answer().status()).isEqualTo(404);
        server.exchange().respond(Response.text(200, "later"));
        assertThat(client.answer().body()).isEqualTo("later");
    }

    @Test
    void answersManyPipelinedRequestsToASlowReader() throws Exception {
        Thread writer = new Thread(() -> sendMany(200));
        writer.start();
        for (int i = 0; i < 200; i++) {
            assertThat(client.answer().body()).hasSize(300_000);
        }
        writer.join();
    }

    private void sendMany(int count) {
        try {
            for (int i = 0; i < count; i++) {
                client.request("GET /large");
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void holdsBackAClientThatSendsMoreThanItIsAnswered() throws Exception {
        client.request("GET /wait");
        for (int i = 0; i < 5000; i++) {
            client.request("GET /hello");
        }
        server.exchange().respond(Response.text(200, "late"));
        assertThat(client.answer().body()).isEqualTo("late");
        for (int i = 0; i < 5000; i++) {
            assertThat(client.answer().body()).isEqualTo("hello");
        }
    }

    @Test
    void survivesAnAnswerAfterTheClientLeft() throws Exception {
        client.request("GET /wait");
        var exchange = server.exchange();
        client.reset();
        org.awaitility.Awaitility.await().until(() -> server.transport().connections() == 0);
        exchange.respond(Response.text(200, "late"));
        try (RawClient other = server.connect()) {
            assertThat(other.request("GET /hello").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void closesIdleConnectionsSilently() throws IOException {
        client.request("GET /hello").answer();
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void closesConnectionsThatNeverAsk() throws IOException {
        assertThat(client.isAtEnd()).isTrue();
    }
}
