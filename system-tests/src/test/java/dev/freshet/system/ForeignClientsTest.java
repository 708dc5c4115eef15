package dev.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.publish.Publication;
import dev.freshet.codec.ServerSentEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that others wrote get every event once and in order, although their connection is cut. */
class ForeignClientsTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PROBE = "probe";

    @ParameterizedTest
    @EnumSource(ForeignClient.class)
    void resumesWithoutLossOrRepetition(ForeignClient client) throws Exception {
        skipLoudlyWithoutNode(client);
        Seen seen = new Seen();
        try (TestServer server = new TestServer(Map.of("stream.retry", "200ms"));
                CuttingProxy proxy = new CuttingProxy(server.uri());
                AutoCloseable subscription = client.subscribe(proxy.uri().resolve("/events/orders/%7Bid%7D"), seen)) {
            assertThat(subscription).isNotNull();
            await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
                server.publish("orders/1", PROBE);
                return !seen.events().isEmpty();
            });
            publish(server, 0, 20);
            await().atMost(SOON).until(() -> seen.data().contains(data(19)));
            if (client.resumes()) {
                proxy.cut();
            }
            publish(server, 20, 40);
            proxy.mend();
            publish(server, 40, 60);

            List<String> all =
                    IntStream.range(0, 60).mapToObj(ForeignClientsTest::data).toList();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(ownEvents(client, seen))
                            .extracting(Seen.Event::data)
                            .isEqualTo(all));
            assertThat(ownEvents(client, seen)).extracting(Seen.Event::type).containsOnly("order", "message");
            assertThat(ownEvents(client, seen).get(3)).isEqualTo(new Seen.Event("order", "own-3", data(3)));
        }
    }

    @Test
    void curlShowsTheStreamAsItComes() throws IOException {
        try (TestServer server = TestServer.start();
                OutsideProgram curl = OutsideProgram.start(
                        "curl", "-sN", server.uri("/events/a").toString())) {
            await().atMost(SOON).until(() -> curl.lines().stream().anyMatch(line -> line.startsWith("id: ")));
            server.publish(Publication.of("a", ServerSentEvent.of("greeting", "hello\nworld")));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(curl.lines())
                            .containsSubsequence("event: greeting", "data: hello", "data: world", ""));
        }
    }

    @Test
    void curlOfTheLastCenturyReadsUntilTheEnd() throws IOException {
        TestServer server = TestServer.start();
        try (OutsideProgram curl =
                OutsideProgram.start("curl", "-sNi0", server.uri("/events/a").toString())) {
            try (server) {
                await().atMost(SOON).until(() -> curl.lines().stream().anyMatch(line -> line.startsWith("id: ")));
                server.publish("a", "hello");
                await().atMost(SOON).until(() -> curl.lines().contains("data: hello"));
            }
            await().atMost(SOON).until(() -> !curl.isAlive());
            assertThat(curl.exitCode()).isZero();
            assertThat(curl.lines())
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("transfer-encoding"));
        }
    }

    private static void publish(TestServer server, int from, int to) {
        for (int i = from; i < to; i++) {
            server.publish(Publication.of("orders/" + i, event(i)));
        }
    }

    /** Some have a type, some of these an id of the publisher's. */
    private static ServerSentEvent event(int number) {
        ServerSentEvent typed = ServerSentEvent.of("order", data(number));
        return switch (number % 4) {
            case 0, 2 -> typed;
            case 3 -> typed.withId("own-" + number);
            default -> ServerSentEvent.of(data(number));
        };
    }

    private static String data(int number) {
        return "event " + number + "\nsecond line é ✓";
    }

    private static List<Seen.Event> ownEvents(ForeignClient client, Seen seen) {
        return seen.events().stream()
                .filter(event -> !event.data().equals(PROBE) && !client.isSpurious(event))
                .toList();
    }

    private static void skipLoudlyWithoutNode(ForeignClient client) {
        boolean isThere = !client.needsNode() || hasNode();
        if (!isThere) {
            System.err.println(
                    "*** SKIPPED: " + client + " needs Node.js 20 or newer (expected: node on the PATH) ***");
        }
        Assumptions.assumeTrue(isThere, "node is not installed");
    }

    private static boolean hasNode() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
