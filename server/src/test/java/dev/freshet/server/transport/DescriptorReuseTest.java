package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.http.Loop;
import dev.freshet.server.transport.TestServer.Stream;
import dev.freshet.server.transport.loop.HttpLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The number of a closed descriptor is another's at once: nothing that was meant for the one may reach the other. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "descriptors are looked up in /proc")
@ParameterizedClass
@EnumSource(names = {"RAW", "EPOLL"})
class DescriptorReuseTest {
    private static final Duration LINGER = Duration.ofMillis(300);
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @Parameter
    SocketKind kind = SocketKind.NIO;

    private TestServer server;
    private ServerSocket stranger;
    private final List<BareSocket> opened = new ArrayList<>();
    private final List<Socket> accepted = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        HttpLimits limits = TestServer.LIMITS;
        server = new TestServer(TransportOptions.on("127.0.0.1", 0)
                .withLoops(1)
                .withLimits(new HttpLimits(
                        limits.headBytes(),
                        limits.connections(),
                        limits.bodiesBytes(),
                        limits.headTimeout(),
                        limits.bodyTimeout(),
                        limits.idleTimeout(),
                        LINGER))
                .withSockets(SocketOptions.DEFAULTS.withKind(kind)));
        stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        for (BareSocket socket : opened) {
            socket.close();
        }
        for (Socket socket : accepted) {
            socket.close();
        }
        stranger.close();
        server.close();
    }

    private RawClient subscribe() throws IOException {
        RawClient client = server.connect().request("GET /stream");
        assertThat(client.head().status()).isEqualTo(200);
        return client;
    }

    private static Set<Integer> descriptors() {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(file -> Integer.valueOf(file.getFileName().toString()))
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes by the action, and opens connections to a stranger, one under a number that became free; all have bytes to read. */
    private void takeOver(Runnable closing) {
        Set<Integer> closed = descriptors();
        closing.run();
        closed.removeAll(descriptors());
        assertThat(closed).isNotEmpty();
        try {
            do {
                opened.add(new BareSocket(stranger.getLocalPort()));
                accepted.add(stranger.accept());
                accepted.get(accepted.size() - 1).getOutputStream().write(HELLO);
            } while (!closed.contains(opened.get(opened.size() - 1).descriptor()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void isUnharmed(BareSocket successor) throws IOException {
        assertThat(successor.received()).isEqualTo("hello");
    }

    private static void awaitTurn(Loop loop, long afterMs) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        loop.schedule(() -> turn.complete(null), afterMs);
        turn.join();
    }

    /** Both are ready in the same look at the sockets; what is done about the first closes the second. */
    @Test
    void anEventOfAClosedStreamDoesNotReachItsSuccessor() throws Exception {
        try (RawClient first = subscribe();
                RawClient second = subscribe()) {
            Stream firstStream = server.stream();
            Stream secondStream = server.stream();
            firstStream.whenClosed(() -> takeOver(secondStream.bytes()::abort));
            CountDownLatch ready = new CountDownLatch(1);
            Loop loop = server.transport().loops().get(0);
            loop.execute(() -> awaitUninterruptibly(ready));
            first.disconnect();
            second.send("noise");
            ready.countDown();
            firstStream.end();
            secondStream.end();

            awaitTurn(loop, 10);
            assertThat(opened).isNotEmpty().allSatisfy(DescriptorReuseTest::isUnharmed);
        }
    }

    /** A stream that ended is closed when its client has closed; the time it may linger passes later. */
    @Test
    void theEndOfLingeringDoesNotCloseTheSuccessor() throws Exception {
        Loop loop = server.transport().loops().get(0);
        try (RawClient client = subscribe()) {
            Stream stream = server.stream();
            CompletableFuture<Void> ended = new CompletableFuture<>();
            stream.onLoop(() -> {
                stream.bytes().end();
                ended.complete(null);
            });
            ended.join();
            takeOver(() -> {
                disconnect(client);
                await().until(() -> server.transport().connections() == 0);
            });

            awaitTurn(loop, LINGER.toMillis() + 50);
            assertThat(opened).isNotEmpty().allSatisfy(DescriptorReuseTest::isUnharmed);
        }
    }

    /** Whoever closed a descriptor twice would close one of these pipes sooner or later. */
    @Test
    void descriptorsOfOthersAreLeftAloneWhileStreamsComeAndGo() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Integer> pipes = CompletableFuture.supplyAsync(() -> usePipesUntil(isOver));
        for (int i = 0; i < 600; i++) {
            try (RawClient client = subscribe()) {
                Stream stream = server.stream();
                switch (i % 3) {
                    case 0 -> stream.onLoop(stream.bytes()::end);
                    case 1 -> stream.onLoop(stream.bytes()::abort);
                    default -> client.reset();
                }
                client.disconnect();
                stream.end();
            }
        }
        await().until(() -> server.transport().connections() == 0);
        isOver.set(true);
        assertThat(pipes.join()).isPositive();
    }

    private static int usePipesUntil(AtomicBoolean isOver) {
        int count = 0;
        while (!isOver.get()) {
            usePipe((byte) count++);
        }
        return count;
    }

    private static void usePipe(byte token) {
        try {
            Pipe pipe = Pipe.open();
            try (var in = pipe.source();
                    var out = pipe.sink()) {
                out.write(ByteBuffer.wrap(new byte[] {token}));
                ByteBuffer read = ByteBuffer.allocate(1);
                in.read(read);
                assertThat(read.get(0)).isEqualTo(token);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void disconnect(RawClient client) {
        try {
            client.disconnect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
