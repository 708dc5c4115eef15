package dev.freshet.client.publish;

import static dev.freshet.client.publish.TestPublishers.ONE;
import static dev.freshet.client.publish.TestPublishers.SOON;
import static dev.freshet.client.publish.TestPublishers.answerAfter;
import static dev.freshet.client.publish.TestPublishers.failureOf;
import static dev.freshet.client.publish.TestPublishers.limits;
import static dev.freshet.client.publish.TestPublishers.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.publish.PublishException.Reason;
import dev.freshet.client.publish.PublisherOptions.Limits;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ReceivedRequest;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.codec.ServerSentEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a publisher sends, and what it makes of the answer. */
class PublisherTest {

    @Test
    void publishesOneEvent() {
        Publication publication = new Publication(
                List.of("a", "b/é"),
                ServerSentEvent.of("paid", "1\n\"2\"").withId("x").withRetryMs(5),
                true);
        try (ScriptedEventServer server = ScriptedEventServer.start(ONE);
                Publisher publisher = Publisher.open(options(server))) {
            assertThat(publisher.publish(publication)).succeedsWithin(SOON).isEqualTo("k-1");

            ReceivedRequest request = server.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/hub/events");
            assertThat(request.header("Content-Type")).hasValue("application/json");
            assertThat(request.header("Idempotency-Key").orElseThrow()).hasSize(36);
            assertThat(request.body())
                    .isEqualTo(
                            "{\"topic\":[\"a\",\"b/é\"],\"data\":\"1\\u000a\\\"2\\\"\",\"type\":\"paid\",\"id\":\"x\","
                                    + "\"retry\":5,\"private\":true}");
        }
    }

    @Test
    void publishesABatch() {
        Answer two = Answer.status(200, "{\"ids\":[\"k-1\",\"k-2\"]}");
        try (ScriptedEventServer server = ScriptedEventServer.start(two);
                Publisher publisher = Publisher.open(options(server))) {
            List<Publication> batch = List.of(Publication.of("a", "1"), Publication.of("b", "2"));

            assertThat(publisher.publishAll(batch)).succeedsWithin(SOON).isEqualTo(List.of("k-1", "k-2"));
            assertThat(publisher.publishAll(List.of())).succeedsWithin(SOON).isEqualTo(List.of());
            assertThat(server.requests()).hasSize(1).allSatisfy(request -> {
                assertThat(request.header("Content-Type")).hasValue("application/x-ndjson");
                assertThat(request.body())
                        .isEqualTo("{\"topic\":[\"a\"],\"data\":\"1\"}\n{\"topic\":[\"b\"],\"data\":\"2\"}");
            });
        }
    }

    @Test
    void keepsItsConnectionAndTheOrder() {
        try (ScriptedEventServer server = ScriptedEventServer.start(ONE);
                Publisher publisher = Publisher.open(options(server))) {
            List<CompletableFuture<String>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> publisher.publish(Publication.of("a", "" + i)))
                    .toList();

            assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(SOON));
            assertThat(server.requests()).map(ReceivedRequest::connection).containsOnly(1);
            assertThat(server.requests())
                    .map(ReceivedRequest::body)
                    .isEqualTo(IntStream.range(0, 200)
                            .mapToObj(i -> Publication.of("a", "" + i).json())
                            .toList());
            assertThat(server.requests().stream()
                            .map(request -> request.header("Idempotency-Key"))
                            .distinct())
                    .hasSize(200);
        }
    }

    @Test
    void usesAsManyConnectionsAsItMay() {
        CountDownLatch gate = new CountDownLatch(1);
        Answer held = answerAfter(gate);
        try (ScriptedEventServer server = ScriptedEventServer.start(held);
                Publisher publisher = Publisher.open(options(server).withLimits(limits(3, 100)))) {
            IntStream.range(0, 10).forEach(i -> publisher.publish(Publication.of("a", "" + i)));

            await().atMost(SOON).until(() -> server.requests().size() == 3);
            assertThat(server.requests()).map(ReceivedRequest::connection).containsExactlyInAnyOrder(1, 2, 3);
            assertThat(server.open()).isEqualTo(3);
            gate.countDown();
            await().atMost(SOON).until(() -> server.requests().size() == 10);
        }
    }

    @Test
    void asksForATokenEachTime() {
        AtomicInteger tokens = new AtomicInteger();
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.hangUp(), ONE)) {
            PublisherOptions options =
                    options(server).withToken(() -> CompletableFuture.completedFuture("t" + tokens.incrementAndGet()));
            try (Publisher publisher = Publisher.open(options)) {
                assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);
            }
            assertThat(server.requests())
                    .map(request -> request.header("Authorization").orElse(""))
                    .containsExactly("Bearer t1", "Bearer t2");
        }
    }

    @Test
    void aSourceOfHeadersCannotReplaceTheKey() {
        Map<String, String> headers = Map.of("idempotency-key", "mine", "content-type", "text/plain", "X-Tenant", "a");
        try (ScriptedEventServer server = ScriptedEventServer.start(ONE);
                Publisher publisher =
                        Publisher.open(options(server).withHeaders(() -> CompletableFuture.completedFuture(headers)))) {
            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);
            assertThat(publisher.publish(Publication.of("a", "2"))).succeedsWithin(SOON);

            assertThat(server.requests()).hasSize(2).allSatisfy(request -> {
                assertThat(request.header("Content-Type")).hasValue("application/json");
                assertThat(request.header("X-Tenant")).hasValue("a");
            });
            assertThat(server.requests().stream()
                            .map(request -> request.header("Idempotency-Key").orElseThrow())
                            .distinct())
                    .hasSize(2)
                    .doesNotContain("mine");
        }
    }

    @Test
    void aRefusalSaysWhatTheHubSays() {
        Answer refused = Answer.status(
                400,
                "{\"type\":\"https://freshet.dev/problems/invalid-topic\",\"title\":\"Invalid topic\",\"status\":400,"
                        + "\"detail\":\"topic: {x}\",\"line\":2,\"more\":[1.5e3,null,{\"a\":true}]}");
        try (ScriptedEventServer server = ScriptedEventServer.start(refused);
                Publisher publisher = Publisher.open(options(server))) {
            PublishException failure = failureOf(publisher.publish(Publication.of("{x}", "1")));

            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
            assertThat(failure.problem())
                    .hasValue(new PublishException.Problem(
                            400, "https://freshet.dev/problems/invalid-topic", "topic: {x}", OptionalInt.of(2)));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aRefusalWithoutAProblemHasItsStatus() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(401, "<html>"));
                Publisher publisher = Publisher.open(options(server))) {
            assertThat(failureOf(publisher.publish(Publication.of("a", "1"))).problem())
                    .hasValue(new PublishException.Problem(401, "about:blank", "", OptionalInt.empty()));
        }
    }

    @Test
    void anAnswerThatIsNoHubsIsAnError() {
        for (String body : List.of("", "OK", "{}", "{\"id\":1}", "{\"ids\":[\"a\",\"b\"]}", "{\"id\":\"a\"} x")) {
            try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(200, body));
                    Publisher publisher = Publisher.open(options(server))) {
                assertThat(failureOf(publisher.publish(Publication.of("a", "1")))
                                .reason())
                        .as(body)
                        .isEqualTo(Reason.BAD_ANSWER);
            }
        }
    }

    @Test
    void refusesTimesBeyondAllMeasure() {
        assertThatIllegalArgumentException().isThrownBy(() -> answeredWithin(Duration.ofMinutes(10)));
        assertThatIllegalArgumentException().isThrownBy(() -> answeredWithin(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(1, 1, Duration.ofSeconds(1), Duration.ofDays(200_000)))
                .withMessageContaining("closeTimeout: PT4800000H");
    }

    private static Limits answeredWithin(Duration timeout) {
        return new Limits(1, 1, timeout, Duration.ZERO);
    }

    @Test
    void refusesABudgetThatOutlivesTheKeys() {
        PublisherOptions options = PublisherOptions.of(URI.create("http://localhost:8080"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withRetry(RetryPolicy.RESILIENT))
                .withMessageStartingWith("budget: ");
        PublisherOptions long8 = options.withRetry(RetryPolicy.RESILIENT.withBudget(Duration.ofMinutes(8)));
        assertThatIllegalArgumentException()
                .as("its last attempt could begin in time and end too late")
                .isThrownBy(() -> long8.withLimits(answeredWithin(Duration.ofMinutes(2))))
                .withMessage("budget: PT8M, answerTimeout: PT2M (expected: together shorter than PT10M)");
        assertThat(long8.withLimits(answeredWithin(Duration.ofSeconds(119))).retry())
                .isEqualTo(long8.retry());
        assertThatIllegalArgumentException().isThrownBy(() -> PublisherOptions.of(URI.create("ftp://localhost")));
        assertThatIllegalArgumentException().isThrownBy(() -> PublisherOptions.of(URI.create("http://localhost?a=b")));
    }
}
