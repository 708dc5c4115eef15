package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A loop over messages alone does not end as if all were well when it is not. */
class MessagesTest {
    private static final Answer TWO =
            Answer.stream().send("data: a\n\ndata: b\n\n").end();

    @Test
    void aRefusalIsThrownBehindTheMessages() {
        List<String> read = new ArrayList<>();
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO, Answer.status(404));
                EventStream stream = EventSource.read(Quick.options(server))) {
            assertThatThrownBy(() -> stream.messages().map(Message::data).forEach(read::add))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("the stream is over: REFUSED, status 404");
        }
        assertThat(read).containsExactly("a", "b");
    }

    @Test
    void anEndThatTheServerWantsIsNone() {
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO, Answer.status(204));
                EventStream stream = EventSource.read(Quick.options(server))) {
            assertThat(stream.messages().map(Message::data)).containsExactly("a", "b");
        }
    }

    @Test
    void whoHasReadEnoughSeesNoFailure() {
        try (ScriptedEventServer server = ScriptedEventServer.start(TWO, Answer.status(404));
                EventStream stream = EventSource.read(Quick.options(server))) {
            assertThat(stream.messages().limit(2).map(Message::data)).containsExactly("a", "b");
        }
    }
}
