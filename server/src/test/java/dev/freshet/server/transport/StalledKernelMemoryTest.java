package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.server.transport.TestServer.Stream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader that stalls pins little of the kernel's memory, however large the system lets send buffers grow. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only epoll sockets know TCP_NOTSENT_LOWAT")
class StalledKernelMemoryTest {
    private static final int RECEIVE_BYTES = 32 << 10;
    private static final int UNSENT_BYTES = 64 << 10;
    /** The kernel fills a buffer that it has begun, and the client's side holds what its receive buffer takes. */
    private static final int SLACK_BYTES = (64 << 10) + 2 * RECEIVE_BYTES;

    @ParameterizedTest
    @EnumSource(names = {"RAW", "EPOLL"})
    void theKernelTakesAboutAsMuchAsItMayKeep(SocketKind kind) throws Exception {
        assertThat(takenFromAStalledReader(kind, UNSENT_BYTES)).isLessThanOrEqualTo(UNSENT_BYTES + SLACK_BYTES);
    }

    /** Else the test above would show nothing. */
    @ParameterizedTest
    @EnumSource(names = {"RAW", "EPOLL"})
    void withoutABoundItTakesMore(SocketKind kind) throws Exception {
        assertThat(takenFromAStalledReader(kind, 0)).isGreaterThan(2 * (UNSENT_BYTES + SLACK_BYTES));
    }

    /** Events that come one by one, whether or not there is room, for a while. */
    private static long takenFromAStalledReader(SocketKind kind, int unsentBytes) throws Exception {
        SocketOptions sockets = SocketOptions.DEFAULTS.withKind(kind).withUnsentBytes(unsentBytes);
        try (TestServer server =
                        new TestServer(TransportOptions.on("127.0.0.1", 0).withSockets(sockets));
                RawClient client = server.connect(RECEIVE_BYTES)) {
            client.request("GET /stream");
            Stream stream = server.stream();
            AtomicLong taken = new AtomicLong();
            Runnable fill = () -> fill(stream, taken);
            stream.whenWritable(fill);
            stream.onLoop(fill);
            CompletableFuture<Long> settled = new CompletableFuture<>();
            stream.afterMs(200, () -> settled.complete(taken.get()));
            return settled.join();
        }
    }

    private static void fill(Stream stream, AtomicLong taken) {
        ByteBuffer event = ByteBuffer.allocateDirect(230);
        int count = event.capacity();
        while (count == event.capacity()) {
            count = stream.bytes().write(event);
            taken.addAndGet(Math.max(count, 0));
        }
    }
}
