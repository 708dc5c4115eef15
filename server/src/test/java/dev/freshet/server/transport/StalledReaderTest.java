package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.transport.TestServer.Stream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers that stop and go on: what they get is what was taken, once and in order. */
@ParameterizedClass
@EnumSource
class StalledReaderTest {
    private static final int TOTAL_BYTES = 24 << 20;

    @Parameter
    Wire wire = Wire.NIO;

    private TestServer server;

    @BeforeEach
    void open() throws Exception {
        server = new TestServer(wire.options().withSockets(wire.sockets().withSendBufferBytes(65_536)));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Offers byte after byte of a known sequence, in portions of any size, whenever the stream takes some. */
    private static final class Source {
        private final SplittableRandom random;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        private final Stream stream;
        final AtomicLong taken = new AtomicLong();
        final AtomicLong shortWrites = new AtomicLong();
        final CountDownLatch done = new CountDownLatch(1);

        Source(Stream stream, long seed) {
            this.stream = stream;
            this.random = new SplittableRandom(seed);
            stream.whenWritable(this::offer);
            stream.onLoop(this::offer);
        }

        private void offer() {
            while (taken.get() < TOTAL_BYTES) {
                int size = (int)
                        Math.min(1 + random.nextInt(random.nextBoolean() ? 300 : 1 << 20), TOTAL_BYTES - taken.get());
                buffer.clear().limit(size);
                for (int i = 0; i < size; i++) {
                    buffer.put(i, sequence(taken.get() + i));
                }
                int n = stream.bytes().write(buffer);
                if (n < 0) {
                    return;
                }
                assertThat(n).isLessThanOrEqualTo(size);
                for (int i = 0; i < size; i++) {
                    buffer.put(i, (byte) '!');
                }
                taken.addAndGet(n);
                if (n < size) {
                    shortWrites.incrementAndGet();
                    assertThat(stream.bytes().write(buffer)).isZero();
                    return;
                }
            }
            stream.bytes().end();
            done.countDown();
        }
    }

    private static byte sequence(long at) {
        return (byte) ('a' + (at * 31 + at / 1000) % 26);
    }

    private static void check(byte[] bytes, long from) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != sequence(from + i)) {
                throw new AssertionError("byte " + (from + i) + ": " + (char) bytes[i] + " (expected: "
                        + (char) sequence(from + i) + ")");
            }
        }
    }

    @Test
    void getsEveryByteOnce() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        try (RawClient client = server.connect(32_768)) {
            client.send("GET /stream HTTP/1.0\r\n\r\n");
            Source source = new Source(server.stream(), seed);
            client.head();
            assertThat(client.text(3)).isEqualTo(":\n\n");
            SplittableRandom random = new SplittableRandom(seed);
            for (long read = 0; read < TOTAL_BYTES; ) {
                awaitStall(source);
                byte[] bytes = client.bytes((int) Math.min(1 + random.nextInt(4 << 20), TOTAL_BYTES - read));
                check(bytes, read);
                read += bytes.length;
            }
            assertThat(client.isAtEnd()).as("seed %d", seed).isTrue();
            assertThat(source.shortWrites.get()).isPositive();
            assertThat(source.done.getCount()).isZero();
        }
    }

    /** Until the source is stuck: nothing is taken between two looks. */
    private static void awaitStall(Source source) {
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> before.getAndSet(source.taken.get()) == source.taken.get());
    }

    @Test
    void harmsNobodyElse() throws Exception {
        List<RawClient> stalled = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RawClient client = server.connect(32_768);
            stalled.add(client.send("GET /stream HTTP/1.0\r\n\r\n"));
            sources.add(new Source(server.stream(), i));
        }
        sources.forEach(source -> await().until(() -> source.shortWrites.get() > 0));
        sources.forEach(StalledReaderTest::awaitStall);
        try (RawClient other = server.connect()) {
            for (int i = 0; i < 100; i++) {
                assertThat(other.request("GET /hello").answer().body()).isEqualTo("hello");
            }
        }
        for (RawClient client : stalled) {
            client.close();
        }
        await().until(() -> server.transport().connections() == 0);
    }
}
