package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.transport.RawClient.Answer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies: whole, in chunks, expected, too large. */
@ParameterizedClass
@EnumSource(names = {"EPOLL", "NIO", "TLS", "TLS_NIO"})
class BodyTest extends ConnectionCase {
    @Test
    void readsABodyThatComesInParts() throws IOException {
        client.request("POST /echo", "Content-Length: 11")
                .send("hello")
                .send(" ")
                .send("world");
        assertThat(client.answer().body()).isEqualTo("hello world");
    }

    @Test
    void readsBodiesOfEveryLengthUpToTheLimit() throws IOException {
        for (int length = 0; length <= TestServer.MAX_BODY; length += 125) {
            client.request("POST /echo", "Content-Length: " + length).send("x".repeat(length));
            assertThat(client.answer().body()).isEqualTo("x".repeat(length));
        }
    }

    @Test
    void readsChunks() throws IOException {
        client.request("POST /echo", "Transfer-Encoding: chunked")
                .send("5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nTrailer: x\r\n\r\n");
        assertThat(client.answer().body()).isEqualTo("hello world");
        assertThat(client.request("GET /hello").answer().body()).isEqualTo("hello");
    }

    @Test
    void refusesABodyThatIsAnnouncedTooLarge() throws IOException {
        client.request("POST /echo", "Content-Length: 1001");
        assertTooLarge(client.answer());
    }

    @Test
    void refusesChunksThatBecomeTooLarge() throws IOException {
        client.request("POST /echo", "Transfer-Encoding: chunked")
                .send("3e8\r\n" + "x".repeat(1000) + "\r\n")
                .send("1\r\nx\r\n");
        assertTooLarge(client.answer());
    }

    @Test
    void letsAClientReadTheAnswerThatStillSends() throws Exception {
        client.request("POST /echo", "Content-Length: 3000000");
        CompletableFuture<RawClient> sent = CompletableFuture.supplyAsync(() -> sendLarge(3_000_000));
        sent.join();
        assertTooLarge(client.answer());
    }

    private RawClient sendLarge(int length) {
        try {
            return client.send("x".repeat(length));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertTooLarge(Answer answer) throws IOException {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("1000 bytes", "\"maxBytes\":1000");
        assertThat(answer.header("Connection")).isEqualTo("close");
        client.closeOutput();
        assertThat(client.isAtEnd()).isTrue();
    }

    @Test
    void tellsAClientToContinue() throws IOException {
        client.request("POST /echo", "Content-Length: 5", "Expect: 100-continue");
        assertThat(client.head().status()).isEqualTo(100);
        assertThat(client.send("hello").answer().body()).isEqualTo("hello");
    }

    @Test
    void doesNotLetATooLargeBodyContinue() throws IOException {
        client.request("POST /echo", "Content-Length: 5000", "Expect: 100-continue");
        assertTooLarge(client.answer());
    }

    @Test
    void refusesUnknownExpectations() throws IOException {
        client.request("POST /echo", "Content-Length: 5", "Expect: a miracle");
        assertThat(client.answer().status()).isEqualTo(417);
    }

    @Test
    void refusesAMediaTypeBeforeItsBody() throws IOException {
        client.request("POST /json-only", "Content-Length: 5", "Content-Type: text/plain; charset=utf-8");
        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.body()).contains("Content-Type: text/plain (");
    }

    @Test
    void tellsWhatIsMissingRatherThanThatItsBodyIsTooLarge() throws IOException {
        client.request("POST /nowhere", "Content-Length: 5").send("12345");
        assertThat(client.answer().status()).isEqualTo(404);
    }

    @Test
    void refusesABodyThatHasNoRoomBesideTheOthers() throws Exception {
        String first = "x".repeat(TestServer.LARGE_BODY - 1);
        client.request("POST /measure", "Content-Length: " + TestServer.LARGE_BODY)
                .send(first);

        await().until(() -> measure().status() == 503);
        Answer refused = measure();
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.body()).contains("body: no room beside the others (expected: at most 1048576 bytes");

        assertThat(client.send("x").answer().body()).isEqualTo(String.valueOf(TestServer.LARGE_BODY));
        assertThat(measure().status()).isEqualTo(200);
        client.request("POST /measure", "Content-Length: " + TestServer.LARGE_BODY)
                .send(first);
        await().until(() -> measure().status() == 503);
        client.reset();
        await().until(() -> measure().status() == 200);
    }

    private Answer measure() throws IOException {
        try (RawClient other = server.connect()) {
            return other.request("POST /measure", "Content-Length: " + TestServer.LARGE_BODY)
                    .send("x".repeat(TestServer.LARGE_BODY))
                    .answer();
        }
    }
}
