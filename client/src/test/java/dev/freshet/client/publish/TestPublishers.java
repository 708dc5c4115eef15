package dev.freshet.client.publish;

import dev.freshet.client.publish.PublisherOptions.Limits;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishers that try again as soon as they may, so that tests do not wait, and what such tests say often. */
final class TestPublishers {

    static final Duration SOON = Duration.ofSeconds(20);
    static final Answer ONE = Answer.status(200, "{\"id\":\"k-1\"}");
    static final RetryPolicy QUICK = RetryPolicy.RESILIENT
            .withDelays(RetryPolicy.SHORTEST, RetryPolicy.SHORTEST)
            .withBudget(Duration.ofSeconds(10));

    private TestPublishers() {}

    static PublisherOptions options(ScriptedEventServer server) {
        return PublisherOptions.of(server.uri("/hub/")).withRetry(QUICK);
    }

    static Limits limits(int connections, int maxPending) {
        return new Limits(connections, maxPending, Duration.ofSeconds(20), Duration.ofSeconds(5));
    }

    static Answer answerAfter(CountDownLatch gate) {
        return Answer.raw("").await(gate).sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"id\":\"k-1\"}");
    }

    static PublishException failureOf(CompletableFuture<?> answer) {
        try {
            Object ids = answer.get(20, TimeUnit.SECONDS);
            throw new AssertionError("published: " + ids);
        } catch (ExecutionException e) {
            return (PublishException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
