package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.resume.IdStore;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is closed, or whose handler fails, says nothing more than it must. */
class CloseTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String THREE = "id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: c\n\n";

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingFollowsACloseWithinTheHandler(boolean isOnLoop) throws InterruptedException {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send(THREE).send(THREE))) {
            List<String> seen = new CopyOnWriteArrayList<>();
            CompletableFuture<EventSource> self = new CompletableFuture<>();
            EventHandler closing = message -> {
                seen.add(message.data());
                self.join().close();
            };
            self.complete(isOnLoop ? openLater(server, closing) : EventSource.open(options(server), closing, threads));

            await().atMost(SOON).until(() -> server.requests().size() == 1 && server.open() == 0);
            assertThat(seen).containsExactly("a");
            assertThat(self.join().readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void closeFromAnotherThreadClosesTheConnection() {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send(THREE))) {
            Told told = new Told();
            EventSource source = EventSource.open(options(server), told);
            told.untilMessages(3);
            source.close();
            source.close();

            await().atMost(SOON).until(() -> server.open() == 0);
            assertThat(told.all(Closed.class)).isEmpty();
        }
    }

    @Test
    void closeWhileConnectingLeavesNothingBehind() {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send(THREE))) {
            List<EventSource> sources = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sources.add(EventSource.open(options(server), new Told()));
                sources.get(i).close();
            }
            await().atMost(SOON).until(() -> server.open() == 0);
            assertThat(sources).extracting(EventSource::readyState).containsOnly(EventSource.ReadyState.CLOSED);
        }
    }

    @Test
    void closeWhileWaitingMakesNoOtherAttempt() {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().end())) {
            Told told = new Told();
            EventSource source = EventSource.open(options(server), told);
            told.until(so -> !so.all(Closed.class).isEmpty());
            source.close();
            int requests = server.requests().size();
            // Another stream's second attempt comes later than this one's could have.
            Told other = new Told();
            try (EventSource later = EventSource.open(options(server), other)) {
                other.until(so -> so.all(Closed.class).size() >= 3);
                assertThat(later.uri()).isEqualTo(server.uri());
            }
            assertThat(server.requests().size() - requests)
                    .isLessThanOrEqualTo(other.all(Closed.class).size() + 1);
            assertThat(told.all(Closed.class)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandlerThatThrowsEndsTheStreamAndItsIdIsNotKept(boolean isOnLoop) {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send(THREE))) {
            RecordingStore store = new RecordingStore();
            List<StreamEvent> seen = new CopyOnWriteArrayList<>();
            RuntimeException thrown = new IllegalStateException("cannot");
            EventHandler failing = new EventHandler() {
                @Override
                public void onMessage(Message message) {
                    seen.add(message);
                    if (message.data().equals("b")) {
                        throw thrown;
                    }
                }

                @Override
                public void onClosed(Closed closed) {
                    seen.add(closed);
                }
            };
            StreamOptions options = options(server).withIdStore(store);
            try (EventSource source =
                    isOnLoop ? EventSource.open(options, failing) : EventSource.open(options, failing, threads)) {
                await().atMost(SOON).until(() -> seen.size() >= 3);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(seen.subList(0, 2))
                    .map(event -> ((Message) event).data())
                    .containsExactly("a", "b");
            assertThat(seen.get(2)).isInstanceOfSatisfying(Closed.class, closed -> {
                assertThat(closed.reason()).isEqualTo(Reason.HANDLER_FAILED);
                assertThat(closed.cause()).containsSame(thrown);
                assertThat(closed.reconnectsIn()).isEmpty();
            });
            assertThat(seen).hasSize(3);
            assertThat(store.stored).containsExactly("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, java.io.IOException",
        "true, java.lang.IllegalStateException",
        "true, java.lang.StackOverflowError",
        "false, java.io.IOException",
        "false, java.lang.IllegalStateException",
        "false, java.lang.StackOverflowError"
    })
    void aStoreThatFailsEndsTheStream(boolean isOnLoop, Class<? extends Throwable> failure) {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send(THREE))) {
            Told told = new Told();
            StreamOptions options = options(server).withIdStore(new FailingStore(failure));
            try (EventSource source =
                    isOnLoop ? EventSource.open(options, told) : EventSource.open(options, told, threads)) {
                assertThat(source.end())
                        .succeedsWithin(SOON)
                        .satisfies(closed -> assertThat(closed.reason()).isEqualTo(Reason.STORE_FAILED));
                assertThat(told.end().cause().orElseThrow()).isExactlyInstanceOf(failure);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(told.data()).containsExactly("a");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anExecutorThatIsShutDownEndsTheStream() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send(THREE))) {
            EventSource source = EventSource.open(options(server), message -> {}, threads);

            // The executor cannot run the handler of the last event either: that is told to the thread's own handler.
            await().dontCatchUncaughtExceptions()
                    .atMost(SOON)
                    .until(() -> source.readyState() == EventSource.ReadyState.CLOSED);
        }
    }

    /** Opens before the handler can be called: its events wait for the gate. */
    private static EventSource openLater(ScriptedEventServer server, EventHandler handler) throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(1);
        StreamOptions options = options(server)
                .withHeaders(() -> CompletableFuture.supplyAsync(() -> {
                    awaitQuietly(opened);
                    return java.util.Map.of();
                }));
        EventSource source = EventSource.open(options, handler);
        opened.countDown();
        return source;
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StreamOptions options(ScriptedEventServer server) {
        return Quick.options(server);
    }

    /** Keeps all that was stored. */
    private static class RecordingStore implements IdStore {
        final List<String> stored = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        public String load() {
            return "";
        }

        @Override
        public void store(String id) throws IOException {
            stored.add(id);
        }
    }
}
