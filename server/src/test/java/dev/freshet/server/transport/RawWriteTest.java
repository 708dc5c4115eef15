package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.freshet.server.transport.TestServer.Stream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a sweep does for each subscriber on a raw socket is one system call, and no object. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has raw sockets")
class RawWriteTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WRITES = 2000;

    @Test
    void allocatesNothing() throws Exception {
        try (TestServer server = new TestServer(Wire.RAW);
                RawClient client = server.connect().request("GET /stream")) {
            Stream stream = server.stream();
            client.head();
            CompletableFuture<Long> allocated = new CompletableFuture<>();
            stream.onLoop(() -> {
                allocatedBytes(stream);
                allocated.complete(allocatedBytes(stream));
            });

            assertThat(allocated.join()).as("bytes for %d writes", WRITES).isLessThan(WRITES);
        }
    }

    private static long allocatedBytes(Stream stream) {
        ByteBuffer event = ByteBuffer.allocateDirect(8);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < WRITES; i++) {
            if (stream.bytes().write(event) != event.capacity()) {
                throw new AssertionError("a short write");
            }
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
