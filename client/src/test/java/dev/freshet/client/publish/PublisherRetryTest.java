package dev.freshet.client.publish;

import static dev.freshet.client.publish.TestPublishers.ONE;
import static dev.freshet.client.publish.TestPublishers.QUICK;
import static dev.freshet.client.publish.TestPublishers.SOON;
import static dev.freshet.client.publish.TestPublishers.failureOf;
import static dev.freshet.client.publish.TestPublishers.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.publish.PublishException.Reason;
import dev.freshet.client.publish.PublisherOptions.Limits;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a publisher tries again, and that it says so to the hub. */
class PublisherRetryTest {

    private static final Limits IMPATIENT = new Limits(1, 10, Duration.ofMillis(200), Duration.ofSeconds(1));

    @Test
    void triesAgainWithTheSameKey() {
        Answer busy = Answer.status(503).header("Retry-After", "0");
        Answer lost = Answer.hangUp();
        try (ScriptedEventServer server = ScriptedEventServer.start(busy, lost, ONE);
                Publisher publisher = Publisher.open(options(server))) {
            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);

            assertThat(server.requests().size()).isGreaterThanOrEqualTo(3);
            assertThat(server.requests().stream()
                            .map(request -> request.header("Idempotency-Key").orElseThrow())
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void aKeptConnectionThatTheHubClosedCostsNoWait() {
        RetryPolicy once = QUICK.withMaxAttempts(1);
        Answer closes = Answer.status(200, "{\"id\":\"k-1\"}").close();
        try (ScriptedEventServer server = ScriptedEventServer.start(closes);
                Publisher publisher = Publisher.open(options(server).withRetry(once))) {
            for (int i = 0; i < 20; i++) {
                assertThat(publisher.publish(Publication.of("a", "" + i))).succeedsWithin(SOON);
            }
            assertThat(server.requests()).hasSize(20);
        }
    }

    @Test
    void waitsAsLongAsTheHubAsks() {
        Answer busy = Answer.status(429).header("Retry-After", "1");
        try (ScriptedEventServer server = ScriptedEventServer.start(busy, ONE);
                Publisher publisher = Publisher.open(options(server))) {
            long startedNanos = System.nanoTime();

            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);
            assertThat(System.nanoTime() - startedNanos).isGreaterThanOrEqualTo(1_000_000_000L);
        }
    }

    @Test
    void givesUpWhenThePolicyDoes() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.hangUp());
                Publisher publisher = Publisher.open(options(server).withRetry(QUICK.withMaxAttempts(2)))) {
            assertThat(failureOf(publisher.publish(Publication.of("a", "1"))).reason())
                    .isEqualTo(Reason.NO_ANSWER);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsAFailure() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.silence(), ONE);
                Publisher publisher = Publisher.open(options(server).withLimits(IMPATIENT))) {
            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void anAnswerThatIsCutIsAskedForAgain() {
        Answer half = Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"id\":")
                .cut();
        try (ScriptedEventServer server = ScriptedEventServer.start(half, ONE);
                Publisher publisher = Publisher.open(options(server))) {
            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);

            assertThat(server.requests().stream()
                            .map(request -> request.header("Idempotency-Key").orElseThrow())
                            .distinct())
                    .hasSize(1);
        }
    }

    static Stream<Answer> withoutAnAnswerOfTheHubs() {
        return Stream.of(Answer.hangUp(), Answer.silence(), Answer.status(502), Answer.status(504));
    }

    @ParameterizedTest
    @MethodSource("withoutAnAnswerOfTheHubs")
    void aRefusalAfterAnAttemptWithoutAnAnswerLeavesItInDoubt(Answer unheard) {
        try (ScriptedEventServer server = ScriptedEventServer.start(unheard, Answer.status(403));
                Publisher publisher = Publisher.open(options(server).withLimits(IMPATIENT))) {
            PublishException failure = failureOf(publisher.publish(Publication.of("a", "1")));

            assertThat(failure.reason()).isEqualTo(Reason.NO_ANSWER);
            assertThat(failure.problem().orElseThrow().status()).isEqualTo(403);
            assertThat(failureOf(publisher.publish(Publication.of("a", "2"))).reason())
                    .as("the next was never in doubt")
                    .isEqualTo(Reason.REFUSED);
        }
    }

    @Test
    void aRefusalAfterAKeptConnectionBrokeLeavesItInDoubt() {
        try (ScriptedEventServer server = ScriptedEventServer.start(ONE, Answer.hangUp(), Answer.status(403));
                Publisher publisher = Publisher.open(options(server))) {
            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);

            assertThat(failureOf(publisher.publish(Publication.of("a", "2"))).reason())
                    .isEqualTo(Reason.NO_ANSWER);
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void aRefusalAfterAHubThatWasBusyIsARefusal() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(503), Answer.status(403));
                Publisher publisher = Publisher.open(options(server))) {
            assertThat(failureOf(publisher.publish(Publication.of("a", "1"))).reason())
                    .isEqualTo(Reason.REFUSED);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aRefusalAfterNoConnectionIsARefusal() {
        int port;
        try (ScriptedEventServer gone = ScriptedEventServer.start(ONE)) {
            port = gone.port();
        }
        PublisherOptions options =
                PublisherOptions.of(URI.create("http://127.0.0.1:" + port)).withRetry(QUICK);
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<String> isUp = new CompletableFuture<>();
        // The second attempt waits until the hub is there.
        PublisherOptions waiting = options.withToken(
                () -> attempts.incrementAndGet() == 1 ? CompletableFuture.completedFuture("t") : isUp);
        try (Publisher publisher = Publisher.open(waiting)) {
            CompletableFuture<String> answer = publisher.publish(Publication.of("a", "1"));
            await().atMost(SOON).until(() -> attempts.get() == 2);
            try (ScriptedEventServer hub = ScriptedEventServer.startOn(port, Answer.status(403))) {
                isUp.complete("t");

                assertThat(failureOf(answer).reason()).isEqualTo(Reason.REFUSED);
                assertThat(hub.requests()).hasSize(1);
            }
        }
    }

    @Test
    void aTokenThatNeverComesIsNoHeaders() {
        PublisherOptions options = PublisherOptions.of(URI.create("http://127.0.0.1:1"))
                .withRetry(QUICK.withMaxAttempts(2))
                .withLimits(IMPATIENT)
                .withToken(CompletableFuture::new);
        try (Publisher publisher = Publisher.open(options)) {
            assertThat(failureOf(publisher.publish(Publication.of("a", "1"))).reason())
                    .isEqualTo(Reason.NO_HEADERS);
        }
    }

    @Test
    void aTokenThatRanOutIsReplaced() {
        AtomicInteger tokens = new AtomicInteger();
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(401), ONE);
                Publisher publisher = Publisher.open(options(server)
                        .withRetry(QUICK.alsoAfter(401))
                        .withToken(() -> CompletableFuture.supplyAsync(() -> "t" + tokens.incrementAndGet())))) {
            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);

            assertThat(server.requests())
                    .map(request -> request.header("Authorization").orElse(""))
                    .containsExactly("Bearer t1", "Bearer t2");
        }
    }

    @Test
    void aTokenThatCannotBeHadFailsThePublish() {
        PublisherOptions tokenless = PublisherOptions.of(URI.create("http://127.0.0.1:1"))
                .withRetry(QUICK.withMaxAttempts(2))
                .withToken(() -> CompletableFuture.failedFuture(new IllegalStateException("no token")));
        try (Publisher publisher = Publisher.open(tokenless)) {
            PublishException failure = failureOf(publisher.publish(Publication.of("a", "1")));

            assertThat(failure.reason()).isEqualTo(Reason.NO_HEADERS);
            assertThat(failure).hasRootCauseMessage("no token");
        }
    }
}
