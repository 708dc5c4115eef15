package dev.freshet.cli.publish;

import static dev.freshet.cli.http.ScriptedServer.hangUp;
import static dev.freshet.cli.http.ScriptedServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.freshet.cli.http.Backoff;
import dev.freshet.cli.http.HttpClients;
import dev.freshet.cli.http.HubUrl;
import dev.freshet.cli.http.Outage;
import dev.freshet.cli.http.RequestFailedException;
import dev.freshet.cli.http.ScriptedServer;
import dev.freshet.cli.http.ScriptedServer.Seen;
import dev.freshet.cli.http.ScriptedServer.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class LinePublisherTest {
    private static final Step OK = status(200, "{\"ids\":[]}");

    private final PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    @Test
    void describesEachLineAsAnEvent() throws Exception {
        EventOptions options =
                new EventOptions(Optional.of("t\"t"), Optional.empty(), OptionalLong.of(3), Optional.of("1m"), true);
        try (ScriptedServer server = new ScriptedServer(OK)) {
            new LinePublisher(publisher(server.url()), List.of("a/ü", "b"), options, err)
                    .publishAll(input("x\ty\n"), answer -> {});
            assertThat(server.requests())
                    .extracting(Seen::uri, Seen::body)
                    .containsExactly(
                            tuple(
                                    "/events",
                                    "{\"topic\":[\"a/ü\",\"b\"],\"type\":\"t\\\"t\",\"retry\":3,\"ttl\":\"1m\",\"private\":true,\"data\":\"x\\ty\"}\n"));
        }
    }

    @Test
    void sendsALineAtOnceWhileTheInputStaysOpen() throws Exception {
        PipedOutputStream writer = new PipedOutputStream();
        try (ScriptedServer server = new ScriptedServer(OK);
                PipedInputStream in = new PipedInputStream(writer)) {
            CompletableFuture<Void> running = start(server.url(), in);
            write(writer, "one\n");
            await().until(() -> published(server).equals(List.of("one")));
            write(writer, "two\npart");
            await().until(() -> published(server).equals(List.of("one", "two")));
            write(writer, "ial\n");
            await().until(() -> published(server).equals(List.of("one", "two", "partial")));
            writer.close();
            running.join();
        }
    }

    @Test
    void batchesWhatCameWhileARequestWasUnderWay() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Step slow = exchange -> {
            awaitUninterrupted(mayAnswer);
            OK.answer(exchange);
        };
        PipedOutputStream writer = new PipedOutputStream();
        try (ScriptedServer server = new ScriptedServer(slow, OK);
                PipedInputStream in = new PipedInputStream(writer)) {
            CompletableFuture<Void> running = start(server.url(), in);
            write(writer, "first\n");
            await().until(() -> server.requests().size() == 1);
            write(writer, "a\nb\nc\n");
            writer.close();
            await().until(() -> in.available() == 0);
            mayAnswer.countDown();
            running.join();
            assertThat(published(server)).containsExactly("first", "a", "b", "c");
        }
    }

    @Test
    void keepsOrderAndLosesNothingWhenTheServerFails() throws Exception {
        List<String> lines = IntStream.range(0, 5000).mapToObj(i -> "line " + i).toList();
        try (ScriptedServer server = new ScriptedServer(status(503, ""), OK, hangUp(), status(502, ""), OK)) {
            start(server.url(), input(String.join("\n", lines))).join();
            assertThat(accepted(server)).isEqualTo(lines);
            assertThat(server.requests())
                    .allSatisfy(request ->
                            assertThat(request.body().lines().count()).isBetween(1L, 1000L));
        }
    }

    @Test
    void waitsForAServerThatComesBack() throws Exception {
        ScriptedServer gone = new ScriptedServer(OK);
        gone.close();
        CompletableFuture<Void> running = start(gone.url(), input("a\nb\n"));
        try (ScriptedServer server = new ScriptedServer(gone.port(), OK)) {
            running.join();
            assertThat(published(server)).containsExactly("a", "b");
        }
    }

    @Test
    void stopsReadingWhileTheServerIsSlow() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Step stuck = exchange -> awaitUninterrupted(mayAnswer);
        Endless in = new Endless();
        try (ScriptedServer server = new ScriptedServer(stuck)) {
            start(server.url(), in);
            await().until(() -> server.requests().size() == 1 && readerWaits());
            assertThat(in.readBytes.get()).isLessThan(4 << 20);
            mayAnswer.countDown();
        }
    }

    @Test
    void endsWithTheRefusalOfTheServer() {
        try (ScriptedServer server = new ScriptedServer(status(400, "{\"detail\":\"topic: *\"}"))) {
            assertThatThrownBy(() -> linePublisher(server.url()).publishAll(input("a\n"), answer -> {}))
                    .isInstanceOf(RequestFailedException.class)
                    .hasMessageEndingWith("answered 400: topic: *");
        }
    }

    private CompletableFuture<Void> start(HubUrl server, InputStream in) {
        return CompletableFuture.runAsync(() -> {
            try {
                linePublisher(server).publishAll(in, answer -> {});
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private LinePublisher linePublisher(HubUrl server) {
        EventOptions options =
                new EventOptions(Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty(), false);
        return new LinePublisher(publisher(server), List.of("logs"), options, err);
    }

    private Publisher publisher(HubUrl server) {
        Patience patience = Patience.endless(new Backoff(20, new SplittableRandom(1)));
        return new Publisher(server, HttpClients.standard().build(), patience, new Outage(err, server));
    }

    private static boolean readerWaits() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread ->
                        thread.getName().equals("freshet-lines") && thread.getState() == Thread.State.WAITING);
    }

    private static List<String> published(ScriptedServer server) {
        return server.requests().stream().flatMap(LinePublisherTest::data).toList();
    }

    /** What a hub would have that knows a key again: each key's lines once. */
    private static List<String> accepted(ScriptedServer server) {
        Set<String> keys = new HashSet<>();
        return server.requests().stream()
                .filter(request -> keys.add(request.header("Idempotency-Key")))
                .flatMap(LinePublisherTest::data)
                .toList();
    }

    private static Stream<String> data(Seen request) {
        return request.body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line).path("data").asString());
    }

    private static void write(PipedOutputStream writer, String text) throws IOException {
        writer.write(text.getBytes(StandardCharsets.UTF_8));
        writer.flush();
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lines without an end. */
    private static final class Endless extends InputStream {
        private final AtomicLong readBytes = new AtomicLong();

        @Override
        public int read() {
            return readBytes.getAndIncrement() % 100 == 99 ? '\n' : 'x';
        }
    }
}
