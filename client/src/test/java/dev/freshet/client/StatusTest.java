package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.StreamEvent.Opened;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a stream and what is none (WHATWG HTML 9.2.3). */
class StatusTest {

    @Test
    void opensAStream() {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send("data: a\n\n"))) {
            Told told = new Told();
            try (EventSource source = EventSource.open(StreamOptions.of(server.uri("/a/b?c=d%20e")), told)) {
                told.untilMessages(1);

                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(told.events()).containsExactly(new Opened(""), new StreamEvent.Message("message", "a", ""));
            assertThat(server.requests().get(0).method()).isEqualTo("GET");
            assertThat(server.requests().get(0).target()).isEqualTo("/a/b?c=d%20e");
            assertThat(server.requests().get(0).header("Accept")).hasValue("text/event-stream");
            assertThat(server.requests().get(0).header("Host")).hasValue("127.0.0.1:" + server.port());
        }
    }

    @Test
    void noContentHaltsAfterOneRequest() {
        assertThat(ending(Answer.status(204)).reason()).isEqualTo(Reason.NO_CONTENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 205, 206, 300, 304, 400, 401, 404, 410, 429, 500, 503})
    void anotherStatusFailsWithoutRetry(int status) {
        Closed closed = ending(Answer.status(status));

        assertThat(closed.reason()).isEqualTo(Reason.REFUSED);
        assertThat(closed.status()).isEqualTo(OptionalInt.of(status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/event-stream2", "application/json", "text/event-stream-x", ""})
    void anotherTypeFailsWithoutRetry(String type) {
        assertThat(ending(Answer.stream(type).send("data: a\n\n")).reason()).isEqualTo(Reason.WRONG_TYPE);
    }

    @Test
    void aCompressedStreamFailsInsteadOfBeingMisread() {
        Answer compressed = Answer.stream().header("Content-Encoding", "gzip").send("data: a\n\n");

        assertThat(ending(compressed).reason()).isEqualTo(Reason.WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream;charset=utf-8", "Text/Event-Stream", "text/event-stream ; x=y"})
    void parametersAndCaseOfTheTypeDoNotMatter(String type) {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream(type).send("data: a\n\n"))) {
            Told told = new Told();
            try (EventSource source = EventSource.open(StreamOptions.of(server.uri()), told)) {
                assertThat(told.untilMessages(1).data()).containsExactly("a");
                assertThat(source.uri()).isEqualTo(server.uri());
            }
        }
    }

    /** How a stream ends that is answered so; it must not ask again. */
    private static Closed ending(Answer answer) {
        try (ScriptedEventServer server = ScriptedEventServer.start(answer)) {
            Told told = new Told();
            try (EventSource source = EventSource.open(StreamOptions.of(server.uri()), told)) {
                Closed closed = told.end();

                assertThat(told.events()).containsExactly(closed);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
                assertThat(server.requests()).hasSize(1);
                return closed;
            }
        }
    }
}
