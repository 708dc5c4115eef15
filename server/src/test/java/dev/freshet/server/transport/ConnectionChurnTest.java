package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.http.Loop;
import dev.freshet.server.transport.TestServer.Stream;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections come and go in every way there is, and leave no descriptor and no byte behind. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors are counted in /proc")
class ConnectionChurnTest {
    private static final int WARMUP = 2000;
    /** A connection that left its smallest object behind would leave 16 bytes; a stream has about a hundred. */
    private static final long MAX_BYTES_PER_CONNECTION = 25;

    private static final long SETTLED_BYTES = 4096;

    @ParameterizedTest
    @CsvSource({"RAW, 20000", "EPOLL, 5000", "NIO, 5000", "TLS, 3000"})
    void leavesNothingBehind(Wire wire, int connections) throws Exception {
        try (TestServer server = new TestServer(wire)) {
            churn(server, WARMUP);
            Kept before = Kept.now();
            churn(server, connections);
            Kept after = Kept.now();

            assertThat(after.descriptors).isLessThanOrEqualTo(before.descriptors + 5);
            long maxGrowth = MAX_BYTES_PER_CONNECTION * connections;
            assertThat(after.heapBytes - before.heapBytes).as("live heap").isLessThan(maxGrowth);
            assertThat(after.directBytes - before.directBytes).as("the JDK's").isLessThan(maxGrowth);
            assertThat(after.nettyBytes - before.nettyBytes).as("Netty's").isLessThan(maxGrowth);
        }
    }

    private static void churn(TestServer server, int connections) throws Exception {
        for (int i = 0; i < connections; i++) {
            try (RawClient client = server.connect().request("GET /stream")) {
                Stream stream = server.stream();
                switch (i % 6) {
                    case 0 -> client.reset();
                    case 1 -> stream.onLoop(stream.bytes()::end);
                    case 2 -> stream.onLoop(stream.bytes()::abort);
                    case 3 -> client.closeOutput();
                    case 4 -> client.request("GET /hello").reset();
                    default -> client.disconnect();
                }
                stream.end();
                assertThat(stream.ends).isEmpty();
            }
        }
        await().until(() -> server.transport().connections() == 0);
        for (Loop loop : server.transport().loops()) {
            awaitEndOfLingering(loop);
        }
    }

    /** A stream that ended is known to its loop until the client's time to close has passed. */
    private static void awaitEndOfLingering(Loop loop) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        loop.schedule(
                () -> passed.complete(null), TestServer.LIMITS.lingerTimeout().toMillis() + 50);
        passed.join();
    }

    private record Kept(long descriptors, long directBytes, long nettyBytes, long heapBytes) {
        static Kept now() throws Exception {
            awaitSettledHeap();
            return new Kept(
                    ((com.sun.management.UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                            .getOpenFileDescriptorCount(),
                    direct(),
                    ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                            .metric()
                            .usedDirectMemory(),
                    heap());
        }

        /** What has cleaners and finalizers, such as the clients' TLS sockets, needs several collections to go. */
        private static void awaitSettledHeap() {
            AtomicLong least = new AtomicLong(Long.MAX_VALUE);
            await().during(Duration.ofMillis(500)).until(() -> {
                System.gc();
                long now = heap();
                return now >= least.getAndAccumulate(now, Math::min) - SETTLED_BYTES;
            });
        }

        private static long heap() {
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        private static long direct() {
            return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
        }
    }
}
