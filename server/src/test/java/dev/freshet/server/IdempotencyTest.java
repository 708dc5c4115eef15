package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {
    private static final String KEY = "Idempotency-Key: 5f0c6a";
    private RunningServer server;
    private Streaming seen;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with();
        seen = server.subscribe("/events?topic=*");
    }

    @AfterEach
    void stop() throws IOException {
        seen.close();
        server.close();
    }

    @Test
    void theSameKeyPublishesOnce() throws IOException {
        String first = server.post("/events/t", "data", KEY).body();
        String again = server.post("/events/t", "data", KEY).body();
        String described = server.post(
                        "/events", "{ \"topic\": \"t\", \"data\": \"data\" }", KEY, "Content-Type: application/json")
                .body();
        server.publish("t", "marker");

        assertThat(again).isEqualTo(first);
        assertThat(described).isEqualTo(first);
        assertThat(seen.nextData(2)).containsExactly("data", "marker");
    }

    @Test
    void aBatchIsPublishedOnce() throws IOException {
        String batch = "{\"topic\":\"t\",\"data\":\"1\"}\n{\"topic\":\"t\",\"data\":\"2\"}";
        List<String> first = server.post("/events", batch, KEY, "Content-Type: application/x-ndjson")
                .ids();
        List<String> again = server.post("/events", batch, KEY, "Content-Type: application/x-ndjson")
                .ids();
        server.publish("t", "marker");

        assertThat(again).isEqualTo(first).hasSize(2);
        assertThat(seen.nextData(3)).containsExactly("1", "2", "marker");
    }

    @Test
    void manyWhoAskAtOnceGetOneAnswer() throws IOException {
        List<CompletableFuture<String>> replies = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            replies.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return server.post("/events/t", "data", KEY).body();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        assertThat(replies.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        server.publish("t", "marker");
        assertThat(seen.nextData(2)).containsExactly("data", "marker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events/other", "/events/t?type=x", "/events/t?private=true", "/events/t?topic=b"})
    void aKeyThatWasUsedForSomethingElseIsRefused(String target) throws IOException {
        server.post("/events/t", "data", KEY);
        Reply other = server.post(target, "data", KEY);
        Reply data = server.post("/events/t", "other data", KEY);
        server.publish("t", "marker");

        assertThat(other.problem()).isEqualTo("422 idempotency-key-reused");
        assertThat(data.problem()).isEqualTo("422 idempotency-key-reused");
        assertThat(data.detail())
                .isEqualTo("Idempotency-Key: used before, for something else"
                        + " (expected: a new key for each thing to publish)");
        assertThat(seen.nextData(2)).containsExactly("data", "marker");
    }

    @Test
    void aRefusedPublishDoesNotUseUpItsKey() throws IOException {
        assertThat(server.post("/events/t?retry=x", "data", KEY).status()).isEqualTo(400);
        assertThat(server.post("/events/t?retry=1", "data", KEY).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void aKeyHasAReasonableLength(int length) throws IOException {
        Reply reply = server.post("/events/t", "data", "Idempotency-Key: " + "k".repeat(length));

        assertThat(reply.problem()).isEqualTo("400 invalid-event");
        assertThat(reply.detail()).isEqualTo("Idempotency-Key: " + length + " characters (expected: 1 to 256)");
    }
}
