package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.http.stream.StreamEnd;
import dev.freshet.server.transport.TestServer.Stream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that went without a word: it acknowledges nothing, and nothing comes from it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has TCP_USER_TIMEOUT")
class VanishedClientTest {
    @ParameterizedTest
    @EnumSource(names = {"RAW", "EPOLL"})
    void isCutOnceWhatItWasSentStaysUnacknowledged(SocketKind kind) throws Exception {
        SocketOptions sockets = SocketOptions.DEFAULTS.withKind(kind).withStallTimeout(Duration.ofSeconds(1));
        try (TestServer server =
                        new TestServer(TransportOptions.on("127.0.0.1", 0).withSockets(sockets));
                BareSocket client = new BareSocket(server.port())) {
            client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Stream stream = server.stream();
            client.goDeaf();
            stream.onLoop(() -> stream.bytes().write(event()));

            assertThat(stream.end()).isEqualTo(StreamEnd.CLIENT_RESET);
            await().until(() -> server.transport().connections() == 0);
        }
    }

    private static ByteBuffer event() {
        byte[] chunk = "8\r\ndata:x\n\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(chunk.length).put(chunk).flip();
    }
}
