package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.http.stream.StreamEnd;
import dev.freshet.server.transport.RawClient.Answer;
import dev.freshet.server.transport.TestServer.Stream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams: framing, ends, and why they ended, over each wire. */
@ParameterizedClass
@EnumSource
class ByteStreamTest extends ConnectionCase {
    private Stream openStream() throws Exception {
        client.request("GET /stream");
        Stream stream = server.stream();
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.text(8)).isEqualTo("3\r\n:\n\n\r\n");
        return stream;
    }

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static int write(Stream stream, ByteBuffer bytes) {
        CompletableFuture<Integer> taken = new CompletableFuture<>();
        stream.onLoop(() -> taken.complete(stream.bytes().write(bytes)));
        return taken.join();
    }

    private void awaitNoConnections() {
        await().until(() -> server.transport().connections() == 0);
    }

    @Test
    void streamsInChunksToHttp11() throws Exception {
        client.request("GET /stream");
        Stream stream = server.stream();
        Answer head = client.head();
        assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(head.headers()).doesNotContainKey("content-length").containsKey("date");
        assertThat(client.text(8)).isEqualTo("3\r\n:\n\n\r\n");

        ByteBuffer bytes = direct("..5\r\nhello\r\n..").position(2).limit(12);
        assertThat(write(stream, bytes)).isEqualTo(10);
        assertThat(bytes.position()).isEqualTo(2);
        assertThat(bytes.limit()).isEqualTo(12);
        assertThat(client.text(10)).isEqualTo("5\r\nhello\r\n");

        stream.onLoop(stream.bytes()::end);
        assertThat(client.rest()).isEqualTo("0\r\n\r\n");
        assertThat(stream.end()).isEqualTo(StreamEnd.ENDED);
        client.close();
        awaitNoConnections();
    }

    @Test
    void streamsPlainToHttp10() throws Exception {
        client.send("GET /stream HTTP/1.0\r\n\r\n");
        Stream stream = server.stream();
        Answer head = client.head();
        assertThat(head.headers()).doesNotContainKeys("transfer-encoding", "content-length");
        assertThat(write(stream, direct("data: x\n\n"))).isEqualTo(9);
        stream.onLoop(stream.bytes()::end);
        assertThat(client.rest()).isEqualTo(":\n\ndata: x\n\n");
        assertThat(stream.end()).isEqualTo(StreamEnd.ENDED);
    }

    @Test
    void takesHeapBuffersToo() throws Exception {
        Stream stream = openStream();
        ByteBuffer large = ByteBuffer.wrap("x".repeat(100_000).getBytes(StandardCharsets.UTF_8))
                .asReadOnlyBuffer();
        assertThat(write(stream, large)).isEqualTo(100_000);
        assertThat(client.text(100_000)).isEqualTo("x".repeat(100_000));
    }

    @Test
    void writesWithinTheHandlersOwnCall() throws Exception {
        client.request("GET /stream");
        Stream stream = server.stream();
        for (int i = 0; i < 100; i++) {
            assertThat(write(stream, direct("1\r\nx\r\n"))).isEqualTo(6);
        }
        client.head();
        assertThat(client.text(8 + 600)).endsWith("1\r\nx\r\n".repeat(100));
    }

    @Test
    void endsWithinTheFirstTask() throws Exception {
        client.request("GET /ended");
        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.rest()).isEqualTo("3\r\n:\n\n\r\n0\r\n\r\n");
        assertThat(server.stream().end()).isEqualTo(StreamEnd.ENDED);
        client.close();
        awaitNoConnections();
    }

    @Test
    void abortsWithinTheFirstTask() throws Exception {
        client.request("GET /aborted");
        assertThat(server.stream().end()).isEqualTo(StreamEnd.ABORTED);
        awaitNoConnections();
    }

    @Test
    void seesTheClientClose() throws Exception {
        Stream stream = openStream();
        client.close();
        assertThat(stream.end()).isEqualTo(StreamEnd.CLIENT_CLOSED);
        assertThat(write(stream, direct("x"))).isEqualTo(-1);
        awaitNoConnections();
    }

    @Test
    void takesAHalfCloseForAClose() throws Exception {
        Stream stream = openStream();
        client.closeOutput();
        assertThat(stream.end()).isEqualTo(StreamEnd.CLIENT_CLOSED);
        assertThat(client.rest()).isEmpty();
        awaitNoConnections();
    }

    @Test
    void seesTheClientReset() throws Exception {
        Stream stream = openStream();
        client.reset();
        assertThat(stream.end()).isEqualTo(StreamEnd.CLIENT_RESET);
        awaitNoConnections();
    }

    @Test
    void dropsWhatTheClientStillSends() throws Exception {
        client.request("GET /stream").request("GET /hello").send("noise".repeat(1000));
        Stream stream = server.stream();
        client.head();
        assertThat(client.text(8)).isEqualTo("3\r\n:\n\n\r\n");
        for (int i = 0; i < 100; i++) {
            client.send("noise".repeat(10_000));
        }
        assertThat(write(stream, direct("1\r\nx\r\n"))).isEqualTo(6);
        stream.onLoop(stream.bytes()::end);
        assertThat(client.rest()).isEqualTo("1\r\nx\r\n0\r\n\r\n");
        assertThat(stream.end()).isEqualTo(StreamEnd.ENDED);
    }

    @Test
    void seesAClientThatLeavesRightAfterItsRequest() throws Exception {
        client.request("GET /stream").close();
        assertThat(server.stream().end()).isIn(StreamEnd.CLIENT_CLOSED, StreamEnd.CLIENT_RESET);
        awaitNoConnections();
    }

    @Test
    void opensAStreamForAClientThatIsGone() throws Exception {
        client.request("GET /stream-later");
        var exchange = server.exchange();
        client.reset();
        awaitNoConnections();
        CompletableFuture<Stream> opened = new CompletableFuture<>();
        exchange.loop().execute(() -> opened.complete(new Stream(exchange)));
        Stream stream = opened.join();
        assertThat(stream.end()).isEqualTo(StreamEnd.CLIENT_CLOSED);
        assertThat(write(stream, direct("x"))).isEqualTo(-1);
        stream.onLoop(stream.bytes()::end);
        stream.onLoop(stream.bytes()::abort);
        assertThat(write(stream, direct("x"))).isEqualTo(-1);
        assertThat(stream.ends).isEmpty();
        assertThat(server.transport().connections()).isZero();
    }

    @Test
    void abortsAtOnce() throws Exception {
        Stream stream = openStream();
        stream.onLoop(stream.bytes()::abort);
        assertThat(stream.end()).isEqualTo(StreamEnd.ABORTED);
        assertThat(write(stream, direct("x"))).isEqualTo(-1);
        awaitNoConnections();
    }

    @Test
    void abortsAStreamWhoseHandlerFails() throws Exception {
        client.request("GET /stream-and-fail");
        assertThat(server.stream().end()).isEqualTo(StreamEnd.ABORTED);
        awaitNoConnections();
    }

    @Test
    void tellsStreamsThatTheServerCloses() throws Exception {
        Stream stream = openStream();
        server.close();
        assertThat(stream.end()).isEqualTo(StreamEnd.SERVER_CLOSED);
        assertThat(stream.ends).isEmpty();
        assertThat(client.isCut()).isTrue();
    }

    @Test
    void givesUpToEndAClientThatDoesNotRead() throws Exception {
        Stream stream = openStream();
        ByteBuffer much = ByteBuffer.allocateDirect(1 << 20);
        AtomicInteger taken = new AtomicInteger();
        stream.onLoop(() -> {
            for (int n = much.remaining(); n == much.remaining(); ) {
                n = stream.bytes().write(much);
                taken.addAndGet(n);
            }
            stream.bytes().end();
        });
        assertThat(stream.end()).isEqualTo(StreamEnd.ENDED);
        awaitNoConnections();
    }

    @Test
    void refusesAStreamForHead() throws Exception {
        assertThat(client.request("HEAD /stream").answerWithoutBody().status()).isEqualTo(500);
        assertThat(client.request("GET /hello").answer().body()).isEqualTo("hello");
    }
}
