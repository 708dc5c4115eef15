package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"auto", "nio"})
class ClosingTest {
    private static final int STREAMS = 12;

    @Parameter
    String sockets;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with("http.sockets", sockets, "http.stop-timeout", "1s");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void streamsEndInGoodOrderEachWithATimeOfItsOwnToComeBack() throws IOException {
        List<Streaming> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            streams.add(server.subscribe("/events/t"));
        }
        server.publish("t", "the last");
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

        Set<Long> retries = new HashSet<>();
        for (Streaming stream : streams) {
            assertThat(stream.rest()).extracting(ServerSentEvent::data).containsExactly("the last");
            retries.add(stream.retries().get(stream.retries().size() - 1));
            stream.close();
        }
        closed.join();
        assertThat(retries).hasSizeGreaterThan(STREAMS / 2).allMatch(ms -> ms >= 2000 && ms <= 5000);
    }

    @Test
    void aPublishWhoseBodyIsUnderWayIsAnswered() throws IOException {
        CompletableFuture<Void> closed;
        try (Wire wire = server.connect()) {
            wire.send(
                    "POST /events/t HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(wire.head().status()).isEqualTo(100);
            closed = CompletableFuture.runAsync(server::close);
            awaitRefusal();

            Reply reply = wire.send("data").reply();
            assertThat(reply.problem()).isEqualTo("503 shutting-down");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(reply.header("Connection")).isEqualTo("close");
        }
        closed.join();
    }

    @Test
    void whoDoesNotReadDoesNotHoldItUp() throws IOException {
        try (Wire stalled = server.connect();
                Wire halfARequest = server.connect()) {
            stalled.request("GET", "/events/t", "").head();
            halfARequest.send("POST /events/t HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1");
            for (int i = 0; i < 16; i++) {
                server.publish("t", "x".repeat(1_000_000));
            }
            long before = System.nanoTime();
            server.close();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void aClientThatHasJustGoneDoesNotHoldItUp() throws IOException {
        for (int i = 0; i < STREAMS; i++) {
            server.subscribe("/events/t").close();
        }
        server.close();

        assertThatThrownBy(server::connect).isInstanceOf(ConnectException.class);
    }

    @Test
    void nobodyIsServedAfterwards() throws IOException {
        server.close();
        server.close();

        assertThatThrownBy(server::connect).isInstanceOf(ConnectException.class);
    }

    private void awaitRefusal() {
        await().until(() -> {
            try (Wire wire = server.connect()) {
                wire.request("GET", "/healthz", "").reply();
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }
}
