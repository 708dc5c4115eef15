package dev.freshet.client.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.client.retry.Backoff;
import dev.freshet.client.retry.RetryPolicy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * One request to publish, the same on each attempt, its idempotency key included; and the answer that it waits for.
 *
 * @param contentType of the body
 * @param body one event or a batch
 * @param events how many
 * @param key the idempotency key
 * @param backoff counts its attempts; confined to the loop that sends it, and before that to the queue
 * @param admitted complete when it has a place in the queue
 * @param answer the ids, one for each event
 */
record Parcel(
        String contentType,
        ByteBuffer body,
        int events,
        String key,
        Backoff backoff,
        CompletableFuture<Void> admitted,
        CompletableFuture<List<String>> answer) {

    static Parcel of(List<Publication> publications, RetryPolicy retry) {
        boolean isBatch = publications.size() != 1;
        String body = publications.stream().map(Publication::json).collect(Collectors.joining("\n"));
        return new Parcel(
                isBatch ? "application/x-ndjson" : "application/json",
                ByteBuffer.wrap(body.getBytes(UTF_8)),
                publications.size(),
                UUID.randomUUID().toString(),
                new Backoff(retry, System::nanoTime, new SplittableRandom()),
                new CompletableFuture<>(),
                new CompletableFuture<>());
    }

    Map<String, String> headers() {
        return Map.of("Content-Type", contentType, "Idempotency-Key", key);
    }

    /** Fails a parcel that has a place. */
    void fail(PublishException failure) {
        answer.completeExceptionally(failure);
    }

    /** Fails a parcel that never had one. */
    void refuse(PublishException failure) {
        admitted.completeExceptionally(failure);
        answer.completeExceptionally(failure);
    }
}
