package dev.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Comment;
import dev.freshet.client.StreamEvent.Gap;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamEvent.Opened;
import dev.freshet.client.resume.FileIdStore;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks on an executor, {@link Flow.Publisher}, and the blocking iterator: what each adds to the loop's callbacks. */
class ShapesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** More than the buffers of two sockets hold, by far. */
    private static final long FLOOD_BYTES = 64L << 20;

    private static final String EXPIRED = "{\"reason\":\"expired\",\"requested\":\"1\",\"earliest\":\"9\"}";
    private static final String SLOW = "{\"reason\":\"slow\",\"requested\":null,\"earliest\":null}";

    @TempDir
    private Path folder;

    @Test
    void readsEventsOfAllKinds() {
        Answer stream = Answer.stream()
                .send(":hello\nid: 1\ndata: a\n\nevent: gap\nid: 8\n"
                        + "data: " + EXPIRED + "\n\nevent: gap\ndata: " + SLOW + "\n\n"
                        + "event: gap\ndata: {\"reason\":\"lunch\",\"until\":2}\n\n"
                        + "event: gap\ndata: {\"reason\":1}\n\nevent: gap\ndata: mind the gap\n\n")
                .end();
        try (ScriptedEventServer server = ScriptedEventServer.start(stream, Answer.status(204));
                EventStream events = EventSource.read(Quick.options(server))) {
            assertThat(events.stream())
                    .containsExactly(
                            new Opened(""),
                            new Comment("hello"),
                            new Message("message", "a", "1"),
                            new Gap("expired", Optional.of("1"), Optional.of("9"), gap(EXPIRED)),
                            new Gap("slow", Optional.empty(), Optional.empty(), gap(SLOW)),
                            gap("{\"reason\":\"lunch\",\"until\":2}"),
                            gap("{\"reason\":1}"),
                            gap("mind the gap"),
                            new Closed(
                                    Closed.Reason.ENDED,
                                    java.util.OptionalInt.empty(),
                                    Optional.empty(),
                                    Optional.of(Duration.ofMillis(100))),
                            new Closed(
                                    Closed.Reason.NO_CONTENT,
                                    java.util.OptionalInt.of(204),
                                    Optional.empty(),
                                    Optional.empty()));
        }
    }

    @Test
    void aScriptReadsMessagesUntilItHasEnough() {
        Answer stream = Answer.stream().send(numbered(0, 1000)).hold();
        try (ScriptedEventServer server = ScriptedEventServer.start(stream)) {
            try (Stream<Message> messages =
                    EventSource.read(Quick.options(server)).messages()) {
                assertThat(messages.limit(500).map(Message::data))
                        .isEqualTo(IntStream.range(0, 500)
                                .mapToObj(String::valueOf)
                                .toList());
            }
            await().atMost(SOON).until(() -> server.open() == 0);
        }
    }

    @Test
    void closeWakesWhoeverWaitsForAnEvent() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.stream())) {
            EventStream events = EventSource.read(Quick.options(server));
            Iterator<StreamEvent> iterator = events.iterator();
            assertThat(iterator.next()).isEqualTo(new Opened(""));
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(iterator::hasNext);
            events.close();

            assertThat(waiting).succeedsWithin(SOON).isEqualTo(false);
            assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void nextGivesWhatHasNextPromisedAlthoughAnotherThreadCloses() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.stream())) {
            EventStream events = EventSource.read(Quick.options(server));
            Iterator<StreamEvent> iterator = events.iterator();
            assertThat(iterator.hasNext()).isTrue();
            CompletableFuture.runAsync(events::close).join();

            assertThat(iterator.next()).isEqualTo(new Opened(""));
            assertThat(iterator.hasNext()).isFalse();
        }
    }

    @Test
    void anInterruptClosesTheStream() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.stream());
                EventStream events = EventSource.read(Quick.options(server))) {
            Iterator<StreamEvent> iterator = events.iterator();
            iterator.next();
            Thread.currentThread().interrupt();

            assertThatThrownBy(iterator::hasNext).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            await().atMost(SOON).until(() -> server.open() == 0);
        }
    }

    @Test
    void theIdInAFileSurvivesARestart() {
        StreamOptions kept;
        Answer stream = Answer.stream().send("id: 1\ndata: a\n\nid: é2\ndata: b\n\nid: 3\ndata: c\n\n");
        try (ScriptedEventServer server = ScriptedEventServer.start(stream)) {
            kept = Quick.options(server)
                    .withIdStore(new FileIdStore(folder.resolve("id")))
                    .withInitialId("0");
            try (EventStream events = EventSource.read(kept)) {
                // The third is read but its handling does not end, since nobody asks for a fourth.
                assertThat(events.messages().limit(3).map(Message::data)).containsExactly("a", "b", "c");
            }
            try (EventStream events = EventSource.read(kept)) {
                assertThat(events.iterator().next()).isEqualTo(new Opened("é2"));
            }
            assertThat(server.requests())
                    .map(request -> request.header("Last-Event-ID").orElse(""))
                    .containsExactly("0", "é2");
        }
    }

    @Test
    void theIdOfABlockWithoutAnEventIsKeptToo() throws Exception {
        FileIdStore store = new FileIdStore(folder.resolve("id"));
        try (ScriptedEventServer server =
                        ScriptedEventServer.start(Answer.stream().send("id: 5\n\n"));
                EventSource source = EventSource.open(Quick.options(server).withIdStore(store), new Told())) {
            await().atMost(SOON).until(() -> store.load().equals("5"));
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
        }
    }

    @Test
    void aHandlerThatBlocksSlowsTheSocket() throws Exception {
        AtomicLong sent = new AtomicLong();
        AtomicInteger handled = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        EventHandler blocking = message -> {
            gate.await();
            handled.incrementAndGet();
        };
        try (ScriptedEventServer server = ScriptedEventServer.start(flood(sent));
                EventSource source = EventSource.open(Quick.options(server), blocking, thread)) {
            assertThat(settled(sent)).isLessThan(FLOOD_BYTES);
            assertThat(handled).hasValue(0);

            gate.countDown();
            await().atMost(SOON).until(() -> sent.get() > FLOOD_BYTES);
            assertThat(handled.get()).isPositive();
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void whatIsNotRequestedStaysWithTheServer() {
        AtomicLong sent = new AtomicLong();
        Collector collector = new Collector();
        try (ScriptedEventServer server = ScriptedEventServer.start(flood(sent))) {
            StreamOptions options = Quick.options(server).withStallTimeout(Duration.ofMillis(200));
            EventSource.publisher(options).subscribe(collector);
            Flow.Subscription subscription = collector.subscription.join();
            assertThat(server.requests())
                    .as("it opens although nothing is requested")
                    .hasSizeLessThanOrEqualTo(1);

            subscription.request(3);
            await().atMost(SOON).until(() -> collector.received.get() == 3);
            assertThat(settled(sent)).isLessThan(FLOOD_BYTES);
            assertThat(collector.received).as("a reader that waits is no stall").hasValue(3);

            subscription.request(Long.MAX_VALUE);
            await().atMost(SOON).until(() -> sent.get() > FLOOD_BYTES);
            subscription.cancel();
            await().atMost(SOON).until(() -> server.open() == 0);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aPublisherCompletesWithTheStream() {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send(numbered(0, 2)).end(), Answer.status(204))) {
            Collector collector = new Collector();
            EventSource.publisher(Quick.options(server)).subscribe(collector);
            collector.subscription.join().request(100);

            assertThat(collector.completed).succeedsWithin(SOON);
            // opened, two messages, closed, closed for good
            assertThat(collector.received).hasValue(5);
        }
    }

    @Test
    void noAttemptIsMadeWhileAnEventWaits() {
        Answer instant = Answer.stream().send(numbered(0, 5)).end();
        try (ScriptedEventServer server = ScriptedEventServer.start(instant)) {
            Collector collector = new Collector();
            EventSource.publisher(Quick.options(server)).subscribe(collector);
            Flow.Subscription subscription = collector.subscription.join();
            subscription.request(2);
            await().atMost(SOON).until(() -> collector.received.get() == 2);
            // Were it to try again, another stream that does so would not be the only one.
            Told other = new Told();
            try (EventSource busy = EventSource.open(Quick.options(server), other)) {
                other.until(so -> so.all(Closed.class).size() >= 4);
                assertThat(busy.uri()).isEqualTo(server.uri());
            }
            assertThat(server.requests().size())
                    .isLessThanOrEqualTo(1 + other.all(Opened.class).size() + 1);
            subscription.cancel();
        }
    }

    private static Message gap(String data) {
        return new Message("gap", data, "8");
    }

    private static Answer flood(AtomicLong sent) {
        return Answer.stream().sendForEver(("data: " + "x".repeat(10_000) + "\n\n").getBytes(UTF_8), sent);
    }

    private static String numbered(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to).forEach(i -> text.append("data: ").append(i).append("\n\n"));
        return text.toString();
    }

    /** How much was sent, once that does not grow any more. */
    private static long settled(AtomicLong sent) {
        AtomicLong before = new AtomicLong(-1);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(400))
                .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
        return sent.get();
    }

    /** Counts what it is given and requests nothing by itself. */
    private static final class Collector implements Flow.Subscriber<StreamEvent> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final CompletableFuture<Boolean> completed = new CompletableFuture<>();
        final AtomicInteger received = new AtomicInteger();

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
        }

        @Override
        public void onNext(StreamEvent event) {
            received.incrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            completed.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            completed.complete(true);
        }
    }
}
