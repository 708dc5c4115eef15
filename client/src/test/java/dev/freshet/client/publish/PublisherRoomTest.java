package dev.freshet.client.publish;

import static dev.freshet.client.publish.TestPublishers.ONE;
import static dev.freshet.client.publish.TestPublishers.SOON;
import static dev.freshet.client.publish.TestPublishers.answerAfter;
import static dev.freshet.client.publish.TestPublishers.failureOf;
import static dev.freshet.client.publish.TestPublishers.limits;
import static dev.freshet.client.publish.TestPublishers.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.publish.PublishException.Reason;
import dev.freshet.client.publish.PublisherOptions.Limits;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ReceivedRequest;
import dev.freshet.client.testing.ScriptedEventServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many publishes are under way at most, what waits beyond, and what an end does to both. */
class PublisherRoomTest {

    @Test
    void aFullQueueRefusesOrWaits() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Answer held = answerAfter(gate);
        try (ScriptedEventServer server = ScriptedEventServer.start(held);
                Publisher publisher = Publisher.open(options(server).withLimits(limits(1, 2)))) {
            CompletableFuture<String> first = publisher.publish(Publication.of("a", "1"));
            CompletableFuture<String> second = publisher.publish(Publication.of("a", "2"));
            assertThat(failureOf(publisher.publish(Publication.of("a", "3"))).reason())
                    .isEqualTo(Reason.QUEUE_FULL);

            CompletableFuture<List<String>> waiting = CompletableFuture.supplyAsync(() -> whenRoom(publisher));
            assertThat(waiting).isNotDone();
            gate.countDown();

            assertThat(first).succeedsWithin(SOON);
            assertThat(second).succeedsWithin(SOON);
            assertThat(waiting).succeedsWithin(SOON).isEqualTo(List.of("k-1"));
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void closeWaitsForAnswersAndRefusesWhatComesLater() {
        try (ScriptedEventServer server = ScriptedEventServer.start(ONE)) {
            Publisher publisher = Publisher.open(options(server));
            List<CompletableFuture<String>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> publisher.publish(Publication.of("a", "" + i)))
                    .toList();
            publisher.close();

            assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
            assertThat(failureOf(publisher.publish(Publication.of("a", "late"))).reason())
                    .isEqualTo(Reason.CLOSED);
            assertThat(server.requests()).hasSize(50);
        }
    }

    @Test
    void closeGivesUpWhatIsNotAnsweredInTime() {
        Limits hasty = new Limits(1, 10, Duration.ofSeconds(30), Duration.ofMillis(100));
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.silence())) {
            Publisher publisher = Publisher.open(options(server).withLimits(hasty));
            CompletableFuture<String> sent = publisher.publish(Publication.of("a", "1"));
            CompletableFuture<String> waiting = publisher.publish(Publication.of("a", "2"));
            publisher.close();

            assertThat(failureOf(sent).reason()).isEqualTo(Reason.CLOSED);
            assertThat(failureOf(waiting).reason()).isEqualTo(Reason.CLOSED);
            await().atMost(SOON).until(() -> server.open() == 0);
        }
    }

    @Test
    void anOfferIsAcceptedWhenThereIsRoom() {
        CountDownLatch gate = new CountDownLatch(1);
        try (ScriptedEventServer server = ScriptedEventServer.start(answerAfter(gate), ONE);
                Publisher publisher = Publisher.open(options(server).withLimits(limits(1, 2)))) {
            List<Submission> offers = IntStream.range(0, 4)
                    .mapToObj(i -> publisher.offer(List.of(Publication.of("a", "" + i))))
                    .toList();

            assertThat(offers).map(offer -> offer.accepted().isDone()).containsExactly(true, true, false, false);
            Submission tooMany = publisher.offer(List.of(Publication.of("a", "5")));
            assertThat(failureOf(tooMany.accepted()).reason()).isEqualTo(Reason.QUEUE_FULL);
            assertThat(failureOf(tooMany.ids()).reason()).isEqualTo(Reason.QUEUE_FULL);
            gate.countDown();

            assertThat(offers).allSatisfy(offer -> {
                assertThat(offer.accepted()).succeedsWithin(SOON);
                assertThat(offer.ids()).succeedsWithin(SOON).isEqualTo(List.of("k-1"));
            });
            assertThat(server.requests())
                    .map(ReceivedRequest::body)
                    .isEqualTo(IntStream.range(0, 4)
                            .mapToObj(i -> Publication.of("a", "" + i).json())
                            .toList());
        }
    }

    @Test
    void aProducerThatWaitsForAcceptanceNeverBlocksAndNeverOverflows() {
        int events = 2000;
        try (ScriptedEventServer server = ScriptedEventServer.start(ONE);
                Publisher publisher = Publisher.open(options(server).withLimits(limits(1, 4)))) {
            CompletableFuture<Void> all = new CompletableFuture<>();
            produce(publisher, 0, events, all);

            assertThat(all).succeedsWithin(SOON);
            await().atMost(SOON).until(() -> server.requests().size() == events);
            assertThat(server.requests())
                    .map(ReceivedRequest::body)
                    .isEqualTo(IntStream.range(0, events)
                            .mapToObj(i -> Publication.of("a", "" + i).json())
                            .toList());
        }
    }

    @Test
    void aCallbackOnTheLoopMustNotWaitForRoom() {
        CountDownLatch gate = new CountDownLatch(1);
        try (ScriptedEventServer server = ScriptedEventServer.start(answerAfter(gate), ONE);
                Publisher publisher = Publisher.open(options(server).withLimits(limits(1, 1)))) {
            CompletableFuture<List<String>> next =
                    publisher.publish(Publication.of("a", "1")).thenApply(id -> whenRoom(publisher));
            // Not before: on a thread of the test's own it may wait.
            gate.countDown();

            assertThat(next).failsWithin(SOON).withThrowableThat().withMessageContaining("publishWhenRoom on a loop");
            assertThat(publisher.publish(Publication.of("a", "2"))).succeedsWithin(SOON);
        }
    }

    @Test
    void closeRefusesWhatWaitsForRoom() {
        Limits hasty = new Limits(1, 1, Duration.ofSeconds(30), Duration.ofMillis(100));
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.silence())) {
            Publisher publisher = Publisher.open(options(server).withLimits(hasty));
            CompletableFuture<String> sent = publisher.publish(Publication.of("a", "1"));
            Submission waiting = publisher.offer(List.of(Publication.of("a", "2")));
            publisher.close();
            publisher.close();

            assertThat(failureOf(sent).reason()).isEqualTo(Reason.CLOSED);
            assertThat(failureOf(waiting.accepted()).reason()).isEqualTo(Reason.CLOSED);
            assertThat(failureOf(waiting.ids()).reason()).isEqualTo(Reason.CLOSED);
            assertThat(failureOf(publisher
                                    .offer(List.of(Publication.of("a", "3")))
                                    .accepted())
                            .reason())
                    .isEqualTo(Reason.CLOSED);
        }
    }

    @Test
    void anInterruptWhileWaitingPublishesNothing() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        try (ScriptedEventServer server = ScriptedEventServer.start(answerAfter(gate), ONE);
                Publisher publisher = Publisher.open(options(server).withLimits(limits(1, 1)))) {
            CompletableFuture<String> first = publisher.publish(Publication.of("a", "1"));
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> publisher.publishWhenRoom(List.of(Publication.of("a", "lost"))))
                    .isInstanceOf(InterruptedException.class);
            gate.countDown();

            assertThat(first).succeedsWithin(SOON);
            assertThat(publisher.publishWhenRoom(List.of(Publication.of("a", "2"))))
                    .succeedsWithin(SOON);
            assertThat(server.requests())
                    .hasSize(2)
                    .noneMatch(request -> request.body().contains("lost"));
        }
    }

    /** Offers one event when the one before was accepted, on whatever thread that is. */
    private static void produce(Publisher publisher, int next, int end, CompletableFuture<Void> all) {
        if (next == end) {
            all.complete(null);
            return;
        }
        publisher
                .offer(List.of(Publication.of("a", "" + next)))
                .accepted()
                .thenRunAsync(() -> produce(publisher, next + 1, end, all))
                .exceptionally(failure -> {
                    all.completeExceptionally(failure);
                    return null;
                });
    }

    private static List<String> whenRoom(Publisher publisher) {
        try {
            return publisher.publishWhenRoom(List.of(Publication.of("a", "4"))).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
