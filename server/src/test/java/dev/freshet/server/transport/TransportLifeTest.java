package dev.freshet.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.server.http.Loop;
import dev.freshet.server.http.Response;
import dev.freshet.server.http.route.Router;
import dev.freshet.server.transport.RawClient.Answer;
import dev.freshet.server.transport.loop.HttpLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Start, loops, too many connections, and the end. */
@ParameterizedClass
@EnumSource
class TransportLifeTest {
    @Parameter
    Wire wire = Wire.NIO;

    private TransportOptions options(HttpLimits limits) {
        return wire.options().withLimits(limits);
    }

    private static HttpLimits atMost(int connections) {
        return new HttpLimits(
                4096,
                connections,
                1 << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofMillis(500));
    }

    @Test
    void refusesAPortThatIsTaken() throws IOException {
        try (TestServer server = new TestServer(wire)) {
            HttpServerTransport second = new HttpServerTransport(
                    TransportOptions.on("127.0.0.1", server.port()).withSockets(wire.sockets()));
            assertThatThrownBy(() -> second.start(new Router(List.of())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            "127.0.0.1:" + server.port() + " is taken, perhaps by another hub (expected: a free port");
            second.close(Duration.ZERO);
        }
    }

    @Test
    void refusesConnectionsBeyondTheLimit() throws Exception {
        try (TestServer server = new TestServer(options(atMost(2)));
                RawClient first = server.connect();
                RawClient second = server.connect()) {
            assertThat(first.request("GET /hello").answer().status()).isEqualTo(200);
            assertThat(second.request("GET /hello").answer().status()).isEqualTo(200);
            try (RawClient third = server.connect()) {
                assertRefused(third);
            }
            first.disconnect();
            await().until(() -> server.transport().connections() == 1);
            try (RawClient fourth = server.connect()) {
                assertThat(fourth.request("GET /hello").answer().status()).isEqualTo(200);
            }
        }
    }

    private void assertRefused(RawClient client) throws IOException {
        if (wire.tls()) {
            assertThatThrownBy(() -> client.request("GET /hello").answer()).isInstanceOf(IOException.class);
        } else {
            Answer answer = client.request("GET /hello").answer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void finishesWhatIsUnderWayBeforeItCloses() throws Exception {
        TestServer server = new TestServer(options(atMost(100)));
        try (RawClient idle = server.connect();
                RawClient busy = server.connect()) {
            assertThat(idle.request("GET /hello").answer().status()).isEqualTo(200);
            busy.request("GET /wait").request("GET /hello");
            var exchange = server.exchange();
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> server.transport().close(Duration.ofSeconds(20)));
            assertThat(idle.isAtEnd()).isTrue();
            assertThatThrownBy(() -> server.connect().answer())
                    .isInstanceOfAny(ConnectException.class, IOException.class);
            exchange.respond(Response.text(200, "late"));
            Answer answer = busy.answer();
            assertThat(answer.body()).isEqualTo("late");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(busy.isAtEnd()).isTrue();
            busy.disconnect();
            closed.join();
        }
    }

    @Test
    void spreadsConnectionsOverLoops() throws Exception {
        try (TestServer server = new TestServer(options(atMost(100)))) {
            assertThat(server.transport().loops()).extracting(Loop::number).containsExactly(0, 1);
            List<RawClient> clients = new ArrayList<>();
            AtomicInteger inLoop = new AtomicInteger();
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                clients.add(server.connect().request("GET /wait"));
                var exchange = server.exchange();
                numbers.add(exchange.loop().number());
                exchange.loop().execute(() -> inLoop.addAndGet(exchange.loop().inLoop() ? 1 : 0));
                exchange.respond(Response.empty(204));
            }
            assertThat(numbers).containsOnly(0, 1).filteredOn(n -> n == 0).hasSize(5);
            await().until(() -> inLoop.get() == 10);
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void looksAtItsSocketsBetweenPortionsOfWork() throws Exception {
        try (TestServer server = new TestServer(options(atMost(100)).withLoops(1))) {
            Loop loop = server.transport().loops().get(0);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger portions = new AtomicInteger();
            Runnable[] work = new Runnable[1];
            work[0] = () -> {
                portions.incrementAndGet();
                if (!stop.get()) {
                    loop.executeAfterIo(work[0]);
                }
            };
            loop.execute(work[0]);
            try (RawClient client = server.connect()) {
                assertThat(client.request("GET /hello").answer().status()).isEqualTo(200);
                int before = portions.get();
                await().until(() -> portions.get() > before + 100);
                stop.set(true);
            }
        }
    }

    @Test
    void runsTasksLater() throws Exception {
        try (TestServer server = new TestServer(options(atMost(100)))) {
            Loop loop = server.transport().loops().get(1);
            CompletableFuture<Boolean> ran = new CompletableFuture<>();
            loop.schedule(() -> ran.complete(loop.inLoop()), 1);
            assertThat(ran.join()).isTrue();
        }
    }

    @Test
    void dropsTasksAfterItsEnd() throws Exception {
        TestServer server = new TestServer(options(atMost(100)));
        server.close();
        Loop loop = server.transport().loops().get(0);
        loop.execute(() -> {});
        loop.schedule(() -> {}, 1);
        assertThat(loop.inLoop()).isFalse();
    }
}
