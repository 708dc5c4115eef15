package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.resume.IdStore;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a flow, and of its id, when its subscriber or its store fails. */
class FlowFailureTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Answer TWO = Answer.stream().send("id: 1\ndata: a\n\nid: 2\ndata: b\n\n");

    private final List<String> stored = new CopyOnWriteArrayList<>();

    @Test
    void aSubscriberThatCancelsWithinItsCallDidNotHandleTheEvent() {
        // What the operators of reactive libraries do when a function of theirs throws.
        Listening cancelling = new Listening(Flow.Subscription::cancel);
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO)) {
            EventSource.publisher(Quick.options(server).withIdStore(recording()))
                    .subscribe(cancelling);

            await().atMost(SOON).until(() -> server.requests().size() == 1 && server.open() == 0);
            assertThat(cancelling.seen).containsExactly("a");
            assertThat(stored).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, IOException.class, StackOverflowError.class})
    void aSubscriberThatThrowsHasCancelled(Class<? extends Throwable> thrown) {
        Listening failing = new Listening(subscription -> {
            throw FailingStore.<RuntimeException>thrown(thrown);
        });
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO)) {
            EventSource.publisher(Quick.options(server).withIdStore(recording()))
                    .subscribe(failing);

            await().dontCatchUncaughtExceptions()
                    .atMost(SOON)
                    .until(() -> server.requests().size() == 1 && server.open() == 0);
            assertThat(failing.seen).containsExactly("a");
            assertThat(failing.end).as("it is told nothing more").isNotDone();
            assertThat(stored).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, IOException.class})
    void aStoreThatCannotKeepFailsTheFlow(Class<? extends Throwable> thrown) {
        Listening listening = new Listening(subscription -> {});
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO)) {
            EventSource.publisher(Quick.options(server).withIdStore(new FailingStore(thrown)))
                    .subscribe(listening);

            assertThat(listening.end).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(thrown);
            assertThat(listening.seen).containsExactly("a");
            await().atMost(SOON).until(() -> server.open() == 0);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, IOException.class})
    void aStoreThatCannotBeReadFailsTheFlow(Class<? extends Throwable> thrown) {
        Listening listening = new Listening(subscription -> {});
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO)) {
            StreamOptions options =
                    Quick.options(server).withIdStore(new FailingStore(Optional.of(thrown), IOException.class));
            EventSource.publisher(options).subscribe(listening);

            assertThat(listening.end).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(thrown);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void isNotCompleteBeforeTheLastEventIsTaken() {
        Listening greedy = new Listening(subscription -> subscription.request(1));
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.status(404))) {
            EventSource.publisher(Quick.options(server)).subscribe(greedy);

            assertThat(greedy.end).succeedsWithin(SOON).isEqualTo(false);
        }
    }

    private IdStore recording() {
        return new IdStore() {
            @Override
            public String load() {
                return "";
            }

            @Override
            public void store(String id) {
                stored.add(id);
            }
        };
    }

    /** Asks for all, and does the same with each message and with the last event. */
    private static final class Listening implements Flow.Subscriber<StreamEvent> {

        final List<String> seen = new CopyOnWriteArrayList<>();
        /** Whether it came within a call of {@code onNext}. */
        final CompletableFuture<Boolean> end = new CompletableFuture<>();

        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final Consumer<Flow.Subscription> action;
        private boolean isInCall;

        Listening(Consumer<Flow.Subscription> action) {
            this.action = action;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            given.request(100);
        }

        @Override
        public void onNext(StreamEvent event) {
            if (event instanceof StreamEvent.Opened) {
                return;
            }
            if (event instanceof Message message) {
                seen.add(message.data());
            }
            isInCall = true;
            action.accept(subscription.join());
            isInCall = false;
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            end.complete(isInCall);
        }
    }
}
