package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.server.http.stream.StreamEnd;
import dev.freshet.server.transport.TestServer.Stream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader that never reads holds its connection for a while, and not for ever. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has TCP_USER_TIMEOUT")
class SilentReaderTest {
    @ParameterizedTest
    @EnumSource(names = {"RAW", "EPOLL", "TLS"})
    void isCutAfterTheStallTimeout(Wire wire) throws Exception {
        SocketOptions sockets = wire.sockets().withSendBufferBytes(65_536).withStallTimeout(Duration.ofSeconds(1));
        try (TestServer server = new TestServer(wire.options().withSockets(sockets));
                RawClient client = server.connect(32_768)) {
            client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Stream stream = server.stream();
            stream.onLoop(() -> fill(stream));

            assertThat(stream.end()).isEqualTo(StreamEnd.CLIENT_RESET);
        }
    }

    private static void fill(Stream stream) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
        int taken = bytes.capacity();
        while (taken == bytes.capacity()) {
            taken = stream.bytes().write(bytes.clear());
        }
    }
}
