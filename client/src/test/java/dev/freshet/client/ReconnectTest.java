package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.client.StreamEvent.Closed;
import dev.freshet.client.StreamEvent.Closed.Reason;
import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.StreamEvent.Opened;
import dev.freshet.client.retry.RetryPolicy;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ReceivedRequest;
import dev.freshet.client.testing.ScriptedEventServer;
import dev.freshet.codec.EventStreamParser;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream comes back (WHATWG HTML 9.2.3), and what it says of itself when it does (9.2.4). */
class ReconnectTest {

    @Test
    void comesBackAfterTheEnd() {
        List<StreamEvent> events = play(2, Answer.stream().send("data: a\n\n").end(), stays("data: b\n\n"))
                .events();

        assertThat(events.subList(0, 3)).containsExactly(new Opened(""), message("a", ""), closed(Reason.ENDED));
        assertThat(events.subList(3, 5)).containsExactly(new Opened(""), message("b", ""));
    }

    @Test
    void comesBackAfterACutWithoutTheCutMessageAndItsId() {
        Answer cut =
                Answer.stream().send("id: 1\ndata: a\n\nid: 2\ndata: lost\n").cut();
        try (ScriptedEventServer server = ScriptedEventServer.start(cut, stays("data: b\n\n"))) {
            Told told = told(server, 2);

            assertThat(told.data()).containsExactly("a", "b");
            assertThat(told.all(Closed.class)).map(Closed::reason).containsExactly(Reason.CUT);
            assertThat(lastEventIds(server)).containsExactly(Optional.empty(), Optional.of("1"));
        }
    }

    @Test
    void endDiscardsWhatNoBlankLineEnded() {
        Answer end = Answer.stream().send("data: a\n\nid: 2\ndata: lost").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(end, stays("data: b\n\n"))) {
            assertThat(told(server, 2).data()).containsExactly("a", "b");
            assertThat(lastEventIds(server)).containsExactly(Optional.empty(), Optional.empty());
        }
    }

    @Test
    void aBodyOfKnownLengthAndOneToTheEndOfTheConnectionAreStreamsToo() {
        Answer known = Answer.raw(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: a\n\n");
        Answer untilClosed = Answer.raw("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: b\n\n")
                .close();

        assertThat(play(3, known, untilClosed, stays("data: c\n\n")).data()).containsExactly("a", "b", "c");
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
        Told told = play(1, Answer.hangUp(), Answer.raw("not HTTP\r\n\r\n").close(), stays("data: a\n\n"));

        assertThat(told.all(Closed.class)).map(Closed::reason).containsOnly(Reason.UNREACHABLE);
    }

    @Test
    void sendsTheLastId() {
        Answer first = Answer.stream().send("id: 7\ndata: a\n\ndata: b\n\n").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(first, stays("data: c\n\n"))) {
            Told told = told(server, 3);

            assertThat(told.all(Message.class)).map(Message::lastEventId).containsExactly("7", "7", "7");
            assertThat(told.all(Opened.class)).containsExactly(new Opened(""), new Opened("7"));
            assertThat(lastEventIds(server)).containsExactly(Optional.empty(), Optional.of("7"));
        }
    }

    @Test
    void sendsTheIdOfABlockWithoutAnEvent() {
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().send("id: 7\n\n").end(), stays("data: a\n\n"))) {
            told(server, 1);

            assertThat(lastEventIds(server)).containsExactly(Optional.empty(), Optional.of("7"));
        }
    }

    @Test
    void sendsNoIdAfterAnEmptyOne() {
        Answer first = Answer.stream().send("id: 7\ndata: a\n\nid\ndata: b\n\n").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(first, stays("data: c\n\n"))) {
            Told told = told(server, 3);

            assertThat(told.all(Message.class)).map(Message::lastEventId).containsExactly("7", "", "");
            assertThat(lastEventIds(server)).containsExactly(Optional.empty(), Optional.empty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"é✓𝄞", " spaces ", "\u0001\t", "a:b;c,d\"", "0"})
    void sendsIdsAsTheBytesOfTheirUtf8(String id) {
        Answer first = Answer.stream().send("id: " + id + "\ndata: a\n\n").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(first, stays("data: b\n\n"))) {
            told(server, 2);

            assertThat(lastEventIds(server)).containsExactly(Optional.empty(), Optional.of(id));
        }
    }

    @Test
    void sendsTheInitialIdWhichEventsCarryOn() {
        try (ScriptedEventServer server = ScriptedEventServer.start(stays("data: a\n\n"))) {
            Told told = new Told();
            try (EventSource source = EventSource.open(Quick.options(server).withInitialId("é-5"), told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(told.events()).containsExactly(new Opened("é-5"), message("a", "é-5"));
            assertThat(lastEventIds(server)).containsExactly(Optional.of("é-5"));
        }
    }

    @Test
    void instantEndsWithRetryZeroDoNotSpin() {
        Answer instant = Answer.stream().send("retry: 0\n\n").end();
        try (ScriptedEventServer server = ScriptedEventServer.start(instant)) {
            Told told = new Told();
            long startedNanos = System.nanoTime();
            try (EventSource source = EventSource.open(Quick.options(server), told)) {
                told.until(so -> so.all(Closed.class).size() >= 4);
                assertThat(source.readyState()).isNotEqualTo(EventSource.ReadyState.CLOSED);
            }
            long least = 3 * RetryPolicy.SHORTEST.toNanos();
            assertThat(System.nanoTime() - startedNanos).isGreaterThanOrEqualTo(least);
            assertThat(told.all(Closed.class))
                    .allSatisfy(closed -> assertThat(closed.reconnectsIn().orElseThrow())
                            .isGreaterThanOrEqualTo(RetryPolicy.SHORTEST));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "3600001", "9223372036854775807", "18446744073709551616"})
    void aRetryBeyondAllMeasureWaitsAnHour(String retry) {
        Told told = new Told();
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.stream()
                        .send("retry: " + retry + "\ndata: a\n\n")
                        .end());
                EventSource source = EventSource.open(Quick.options(server), told)) {
            told.until(so -> !so.all(Closed.class).isEmpty());

            assertThat(told.all(Closed.class).get(0).reconnectsIn()).hasValue(Duration.ofHours(1));
            assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CONNECTING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "0x10", "", "1s"})
    void aRetryThatIsNoNumberIsIgnored(String retry) {
        Told told = play(
                2, Answer.stream().send("retry: " + retry + "\ndata: a\n\n").end(), stays("data: b\n\n"));

        assertThat(told.all(Closed.class)).containsExactly(closed(Reason.ENDED));
    }

    @Test
    void silenceAfterTheHeadEndsInAStall() {
        Answer silent = Answer.stream().send("data: a\n\n");
        try (ScriptedEventServer server = ScriptedEventServer.start(silent, stays("data: b\n\n"))) {
            Told told = new Told();
            StreamOptions impatient = Quick.options(server).withStallTimeout(Duration.ofMillis(300));
            try (EventSource source = EventSource.open(impatient, told)) {
                told.untilMessages(2);
                assertThat(source.readyState()).isNotEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(told.all(Closed.class).get(0)).isEqualTo(closed(Reason.STALLED));
        }
    }

    @Test
    void silenceBeforeTheHeadEndsTheAttempt() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.silence(), stays("data: a\n\n"))) {
            Told told = new Told();
            StreamLimits impatient =
                    new StreamLimits(Duration.ofMillis(500), Optional.empty(), 20, EventStreamParser.Limits.DEFAULT);
            try (EventSource source = EventSource.open(Quick.options(server).withLimits(impatient), told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(told.all(Closed.class).get(0)).isEqualTo(closed(Reason.NO_RESPONSE));
        }
    }

    @Test
    void chosenStatusesAreTriedAgainAfterTheTimeTheyAskFor() {
        Answer busy = Answer.status(503).header("Retry-After", "1");
        try (ScriptedEventServer server = ScriptedEventServer.start(busy, stays("data: a\n\n"))) {
            Told told = new Told();
            StreamOptions patient = Quick.options(server).withRetry(Quick.POLICY.withStatuses(Set.of(503)));
            try (EventSource source = EventSource.open(patient, told)) {
                told.untilMessages(1);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.OPEN);
            }
            assertThat(told.all(Closed.class)).hasSize(1).allSatisfy(closed -> {
                assertThat(closed.reason()).isEqualTo(Reason.REFUSED);
                assertThat(closed.reconnectsIn()).hasValue(Duration.ofSeconds(1));
            });
        }
    }

    @Test
    void givesUpAfterSoManyAttempts() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.hangUp())) {
            Told told = new Told();
            StreamOptions thrice = Quick.options(server).withRetry(Quick.POLICY.withMaxAttempts(3));
            try (EventSource source = EventSource.open(thrice, told)) {
                assertThat(told.end().reason()).isEqualTo(Reason.UNREACHABLE);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void anEventBeyondTheLimitEndsTheStream() {
        Answer large = Answer.stream().send("data: a\n\ndata: " + "x".repeat(1000) + "\n\n");
        try (ScriptedEventServer server = ScriptedEventServer.start(large)) {
            Told told = new Told();
            StreamLimits small = new StreamLimits(
                    Duration.ofSeconds(5), Optional.empty(), 20, new EventStreamParser.Limits(500, 500));
            try (EventSource source = EventSource.open(Quick.options(server).withLimits(small), told)) {
                assertThat(told.end().reason()).isEqualTo(Reason.TOO_LARGE);
                assertThat(source.readyState()).isEqualTo(EventSource.ReadyState.CLOSED);
            }
            assertThat(told.data()).containsExactly("a");
        }
    }

    private static Told play(int messages, Answer... answers) {
        try (ScriptedEventServer server = ScriptedEventServer.start(answers)) {
            return told(server, messages);
        }
    }

    private static Told told(ScriptedEventServer server, int messages) {
        Told told = new Told();
        try (EventSource source = EventSource.open(Quick.options(server), told)) {
            told.untilMessages(messages);
            assertThat(source.readyState()).isNotEqualTo(EventSource.ReadyState.CLOSED);
        }
        return told;
    }

    private static List<Optional<String>> lastEventIds(ScriptedEventServer server) {
        return server.requests().stream()
                .map((ReceivedRequest request) -> request.header("Last-Event-ID"))
                .toList();
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
