package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a stream that is over says to whoever waits for that. */
class EndTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Answer TWO =
            Answer.stream().send("data: a\n\ndata: b\n\n").end();

    @Test
    void comesAfterAllElseWithItsReason() {
        List<StreamEvent> told = new CopyOnWriteArrayList<>();
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO, Answer.status(404));
                EventSource source = EventSource.open(Quick.options(server), told::add)) {
            assertThat(source.end()).succeedsWithin(SOON).satisfies(closed -> {
                assertThat(closed.reason()).isEqualTo(Reason.REFUSED);
                assertThat(closed.status()).hasValue(404);
                assertThat(closed.reconnectsIn()).isEmpty();
            });
            assertThat(told).hasSize(2);
        }
    }

    @Test
    void tellsAReaderOfMessagesWhyThereAreNoMore() {
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO, Answer.status(204));
                EventStream stream = EventSource.read(Quick.options(server))) {
            assertThat(stream.messages().map(Message::data)).containsExactly("a", "b");

            assertThat(stream.end()).isCompletedWithValueMatching(closed -> closed.reason() == Reason.NO_CONTENT);
        }
    }

    @Test
    void failsWhenTheStreamIsClosed() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.stream())) {
            EventSource source = EventSource.open(Quick.options(server), message -> {});
            CompletableFuture<Closed> end = source.end();
            await().atMost(SOON).until(() -> source.readyState() == EventSource.ReadyState.OPEN);
            assertThat(end).isNotDone();
            source.close();

            await().atMost(SOON).until(end::isDone);
            assertThat(end).isCompletedExceptionally();
            assertThat(source.end()).isCompletedExceptionally();
        }
    }
}
