package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamEvent.Opened;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a stream comes back (WHATWG HTML 9.2.3). */
class ReconnectTest {

    @Test
    void comesBackAfterTheEnd() {
        List<StreamEvent> events = Told.hearing(
                        2, Answer.stream().send("data: a\n\n").end(), stays("data: b\n\n"))
                .events();

        assertThat(events.subList(0, 3)).containsExactly(new Opened(""), message("a", ""), closed(Reason.ENDED));
        assertThat(events.subList(3, 5)).containsExactly(new Opened(""), message("b", ""));
    }

    @Test
    void comesBackAfterACutWithoutTheCutMessageAndItsId() {
        Answer cut =
                Answer.stream().send("id: 1\ndata: a\n\nid: 2\ndata: lost\n").cut();
        try (ScriptedEventServer server = ScriptedEventServer.start(cut, stays("data: b\n\n"))) {
            Told told = Told.hearing(server, 2);

            assertThat(told.data()).containsExactly("a", "b");
            assertThat(told.all(Closed.class)).map(Closed::reason).containsExactly(Reason.CUT);
            assertThat(Told.lastEventIds(server)).containsExactly(Optional.empty(), Optional.of("1"));
        }
    }

    @Test
    void endDiscardsWhatNoBlankLineEnded() {
        Answer end = Answer.stream().send("data: a\n\nid: 2\ndata: lost").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(end, stays("data: b\n\n"))) {
            assertThat(Told.hearing(server, 2).data()).containsExactly("a", "b");
            assertThat(Told.lastEventIds(server)).containsExactly(Optional.empty(), Optional.empty());
        }
    }

    @Test
    void aBodyOfKnownLengthAndOneToTheEndOfTheConnectionAreStreamsToo() {
        Answer known = Answer.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: a\n\n");
        Answer untilClosed = Answer.raw("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: b\n\n")
                .close();

        assertThat(Told.hearing(3, known, untilClosed, stays("data: c\n\n")).data())
                .containsExactly("a", "b", "c");
    }

    @Test
    void comesBackWhenNobodyAnswers() throws IOException {
        int port = freePort();
        Told told = new Told();
        URI uri = URI.create("http://127.0.0.1:" + port + "/events");
        try (EventSource source = EventSource.open(StreamOptions.of(uri).withRetry(Quick.POLICY), told)) {
            told.until(so -> so.all(Closed.class).size() >= 2);
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CONNECTING);
            try (ScriptedEventServer server = ScriptedEventServer.startOn(port, stays("data: a\n\n"))) {
                assertThat(told.untilMessages(1).data()).containsExactly("a");
                assertThat(server.requests()).hasSize(1);
            }
        }
        assertThat(told.all(Closed.class)).map(Closed::reason).contains(Reason.UNREACHABLE);
    }

    @Test
    void comesBackWhenTheServerHangsUpInsteadOfAnAnswer() {
        Told told =
                Told.hearing(1, Answer.hangUp(), Answer.raw("not HTTP\r\n\r\n").close(), stays("data: a\n\n"));

        assertThat(told.all(Closed.class)).map(Closed::reason).containsOnly(Reason.UNREACHABLE);
    }

    private static Answer stays(String text) {
        return Answer.stream().send(text);
    }

    private static Message message(String data, String id) {
        return new Message("message", data, id);
    }

    private static Closed closed(Reason reason) {
        return new Closed(reason, java.util.OptionalInt.empty(), Optional.empty(), Optional.of(RetryPolicy.SHORTEST));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
