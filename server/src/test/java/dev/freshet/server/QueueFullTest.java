package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** With room for one publish alone, one that comes while another is written finds no place. */
class QueueFullTest {
    private static final int MAX_TRIES = 100_000;
    private final Set<String> accepted = new HashSet<>();

    @Test
    void whoFindsNoPlaceIsToldWhenToTryAgain() throws IOException {
        AtomicBoolean isEnough = new AtomicBoolean();
        try (RunningServer server = RunningServer.with("log.max-waiting", "1");
                Streaming seen = server.subscribe("/events/small")) {
            CompletableFuture<Void> batches = CompletableFuture.runAsync(() -> publishBatches(server, isEnough));
            Reply refused = publishUntilRefused(server);
            isEnough.set(true);
            batches.join();

            assertThat(refused.problem()).isEqualTo("503 queue-full");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.detail()).isEqualTo("log: 1 batches are waiting (expected: fewer; try again)");
            accepted.add(server.publish("small", "marker"));
            for (String data = ""; !data.equals("marker"); data = seen.nextData()) {}
            assertThat(seen.taken()).isEqualTo(accepted.size());
        }
    }

    private Reply publishUntilRefused(RunningServer server) throws IOException {
        try (Wire wire = server.connect()) {
            for (int i = 0; i < MAX_TRIES; i++) {
                Reply reply = wire.request("POST", "/events/small", "data").reply();
                if (reply.status() != 200) {
                    return reply;
                }
                accepted.add(reply.id());
            }
        }
        throw new AssertionError("all " + MAX_TRIES + " publishes found a place");
    }

    private static void publishBatches(RunningServer server, AtomicBoolean isEnough) {
        String batch = "{\"topic\":\"large\",\"data\":\"\"}\n".repeat(50_000);
        try (Wire wire = server.connect()) {
            while (!isEnough.get()) {
                wire.request("POST", "/events", batch, "Content-Type: application/x-ndjson")
                        .reply();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
