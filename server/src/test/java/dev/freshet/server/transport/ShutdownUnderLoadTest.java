package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.http.Loop;
import dev.freshet.server.http.stream.StreamEnd;
import dev.freshet.server.transport.TestServer.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The server ends while its loops write to readers and to stalled ones, and while clients leave and come. */
@ParameterizedClass
@EnumSource
class ShutdownUnderLoadTest {
    private static final int CLIENTS = 120;

    @Parameter
    Wire wire = Wire.NIO;

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();

    @Test
    void everyStreamIsToldOnceAndNothingIsLeft() throws Exception {
        long before = descriptors();
        TestServer server =
                new TestServer(wire.options().withSockets(wire.sockets().withSendBufferBytes(65_536)));
        List<RawClient> clients = new ArrayList<>();
        List<Stream> streams = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(server.connect().request("GET /stream"));
            streams.add(server.stream());
        }
        streams.forEach(stream -> stream.onLoop(() -> writeForever(server, stream)));
        List<CompletableFuture<Void>> readers =
                clients.subList(0, 3).stream().map(this::readToTheEnd).toList();
        await().until(() -> writes.get() > 10_000);
        for (RawClient leaving : clients.subList(CLIENTS - 10, CLIENTS)) {
            leaving.reset();
        }

        server.transport().close(Duration.ofMillis(50));

        assertThat(streams).allSatisfy(stream -> assertThat(stream.ends).hasSize(1));
        assertThat(streams.subList(0, CLIENTS - 10))
                .allSatisfy(stream -> assertThat(stream.ends).containsExactly(StreamEnd.SERVER_CLOSED));
        assertThat(server.transport().connections()).isZero();
        readers.forEach(CompletableFuture::join);
        for (RawClient client : clients) {
            client.close();
        }
        assertThat(failures).isEmpty();
        await().until(() -> descriptors() <= before + 5);
    }

    /** Offers an event again and again: to a reader at each turn, to a stalled one whenever it can take more. */
    private void writeForever(TestServer server, Stream stream) {
        try {
            ByteBuffer event = ByteBuffer.allocateDirect(1000);
            int taken = stream.bytes().write(event);
            writes.incrementAndGet();
            if (taken >= 0) {
                Loop loop = server.transport().loops().get(stream.loopNumber());
                loop.executeAfterIo(() -> writeForever(server, stream));
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    private CompletableFuture<Void> readToTheEnd(RawClient client) {
        return CompletableFuture.runAsync(() -> {
            try {
                while (client.bytes(4096).length == 4096) {}
            } catch (IOException e) {
                assertThat(e).as("a cut stream").isNotNull();
            }
        });
    }

    private static long descriptors() {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            return 0;
        }
    }
}
