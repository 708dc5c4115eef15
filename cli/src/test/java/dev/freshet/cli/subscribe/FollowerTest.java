package dev.freshet.cli.subscribe;

import static dev.freshet.cli.http.ScriptedServer.cutStream;
import static dev.freshet.cli.http.ScriptedServer.hangUp;
import static dev.freshet.cli.http.ScriptedServer.openStream;
import static dev.freshet.cli.http.ScriptedServer.status;
import static dev.freshet.cli.http.ScriptedServer.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.http.Backoff;
import dev.freshet.cli.http.HttpClients;
import dev.freshet.cli.http.HubUrl;
import dev.freshet.cli.http.RequestFailedException;
import dev.freshet.cli.http.ScriptedServer;
import dev.freshet.cli.http.ScriptedServer.Seen;
import dev.freshet.cli.http.ScriptedServer.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowerTest {
    private static final StartAt NOW = new StartAt(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Step NO_MORE = status(204, "");
    private static final long LONG_MS = 60_000;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void goesOnAfterACutAndPrintsEachEventOnce() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                cutStream("id: 1\ndata: one\n\nid: 2\ndata: two\n\nid: 3\ndata: thr"),
                stream("id: 3\ndata: three\n\n"),
                NO_MORE)) {
            follow(server.url(), NOW);
            assertThat(lines(out)).containsExactly("one", "two", "three");
            assertThat(lastEventIds(server)).containsExactly("null", "2", "3");
            assertThat(lines(err))
                    .containsExactly(
                            "freshet: " + server.url() + ": connection lost; trying again",
                            "freshet: " + server.url() + ": connected again");
        }
    }

    @Test
    void goesOnFromThePlaceThatTheStreamOpenedWith() throws Exception {
        try (ScriptedServer server = new ScriptedServer(cutStream(":\nretry: 1\nid: 0\n\n"), NO_MORE)) {
            follow(server.url(), new StartAt(Optional.empty(), Optional.empty(), Optional.of(5)));
            assertThat(server.requests()).extracting(Seen::uri).containsExactly("/events/a?last=5", "/events/a");
            assertThat(lastEventIds(server)).containsExactly("null", "0");
        }
    }

    @Test
    void asksForTheStartOnceOnly() throws Exception {
        StartAt start = new StartAt(Optional.empty(), Optional.of("PT10M"), Optional.empty());
        try (ScriptedServer server =
                new ScriptedServer(hangUp(), status(503, ""), stream("data: no id\n\n"), NO_MORE)) {
            follow(server.url(), start);
            assertThat(server.requests())
                    .extracting(Seen::uri)
                    .containsExactly(
                            "/events/a?since=PT10M", "/events/a?since=PT10M", "/events/a?since=PT10M", "/events/a");
        }
    }

    @Test
    void beginsAfterTheEventThatTheUserNames() throws Exception {
        try (ScriptedServer server = new ScriptedServer(NO_MORE)) {
            follow(server.url(), new StartAt(Optional.of("k-7"), Optional.empty(), Optional.empty()));
            assertThat(lastEventIds(server)).containsExactly("k-7");
        }
    }

    @Test
    void putsAnIdThatIsNotAsciiInTheQuery() throws Exception {
        try (ScriptedServer server = new ScriptedServer(stream("id: ä\ndata: x\n\n"), NO_MORE)) {
            follow(server.url(), NOW);
            assertThat(server.requests())
                    .extracting(Seen::uri)
                    .containsExactly("/events/a", "/events/a?last-event-id=%C3%A4");
        }
    }

    @Test
    void asksForSeveralTopicsInTheQuery() throws Exception {
        try (ScriptedServer server = new ScriptedServer(NO_MORE)) {
            follower(new Follower.Request(server.url(), List.of("a/{id}", "b"), NOW, 1, LONG_MS), out)
                    .run();
            assertThat(server.requests()).extracting(Seen::uri).containsExactly("/events?topic=a%2F%7Bid%7D&topic=b");
        }
    }

    @Test
    void tellsAnOutageOnce() throws Exception {
        Step away = status(503, "");
        try (ScriptedServer server = new ScriptedServer(away, away, away, stream("data: x\n\n"), NO_MORE)) {
            follow(server.url(), NOW);
            assertThat(lines(err))
                    .containsExactly(
                            "freshet: " + server.url() + ": answered 503; trying again",
                            "freshet: " + server.url() + ": connected again");
            assertThat(lines(out)).containsExactly("x");
        }
    }

    @Test
    void tellsOfAGapOnStandardError() throws Exception {
        String expired = "event: gap\nid: 9\ndata: {\"reason\":\"expired\"}\n\n";
        String slow = "event: gap\nid: 19\ndata: {\"reason\":\"slow\"}\n\n";
        try (ScriptedServer server = new ScriptedServer(stream(expired + "data: x\n\n" + slow), NO_MORE)) {
            follow(server.url(), NOW);
            assertThat(lines(out)).containsExactly("x");
            assertThat(lines(err))
                    .containsExactly(
                            "freshet: warning: events are missing (older than what the hub keeps, removed by a rule, or"
                                    + " from before its restart): {\"reason\":\"expired\"}",
                            "freshet: warning: events are missing (the stream had fallen behind, most often since its"
                                    + " output was read too slowly): {\"reason\":\"slow\"}");
        }
    }

    @Test
    void connectsAgainWhenTheStreamFallsSilent() throws Exception {
        try (ScriptedServer server = new ScriptedServer(openStream("retry: 1\nid: 1\ndata: one\n\n"), NO_MORE)) {
            follower(new Follower.Request(server.url(), List.of("a"), NOW, Long.MAX_VALUE, 200), out)
                    .run();
            assertThat(lastEventIds(server)).containsExactly("null", "1");
            assertThat(err.size()).isZero();
        }
    }

    @Test
    void endsAfterEnoughEventsAlthoughTheStreamIsOpen() throws Exception {
        try (ScriptedServer server = new ScriptedServer(openStream("data: 1\n\ndata: 2\n\ndata: 3\n\n"))) {
            follower(new Follower.Request(server.url(), List.of("a"), NOW, 2, LONG_MS), out)
                    .run();
            assertThat(lines(out)).containsExactly("1", "2");
        }
    }

    @Test
    void endsQuietlyWhenNobodyReadsTheOutput() throws Exception {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (ScriptedServer server = new ScriptedServer(openStream("data: 1\n\n"))) {
            follower(new Follower.Request(server.url(), List.of("a"), NOW, Long.MAX_VALUE, LONG_MS), closed)
                    .run();
            assertThat(err.size()).isZero();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void saysWhyTheOutputCannotBeWritten() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (ScriptedServer server = new ScriptedServer(openStream("data: 1\n\n"))) {
            assertThatThrownBy(() -> follower(
                                    new Follower.Request(server.url(), List.of("a"), NOW, Long.MAX_VALUE, LONG_MS),
                                    full)
                            .run())
                    .isInstanceOf(RequestFailedException.class)
                    .hasMessage("standard output: No space left on device");
        }
    }

    @Test
    void endsWithTheRefusalOfTheServer() {
        try (ScriptedServer server = new ScriptedServer(status(400, "{\"detail\":\"last: -1\"}"))) {
            assertThatThrownBy(() -> follow(server.url(), NOW))
                    .isInstanceOf(RequestFailedException.class)
                    .hasMessage(server.url() + " answered 400: last: -1");
        }
    }

    @Test
    void refusesWhatIsNoEventStream() {
        try (ScriptedServer server = new ScriptedServer(status(200, "<html>"))) {
            assertThatThrownBy(() -> follow(server.url(), NOW))
                    .isInstanceOf(RequestFailedException.class)
                    .hasMessage(server.url() + ": Content-Type: none (expected: text/event-stream)");
        }
    }

    private void follow(HubUrl server, StartAt start) throws InterruptedException {
        follower(new Follower.Request(server, List.of("a"), start, Long.MAX_VALUE, LONG_MS), out)
                .run();
    }

    private Follower follower(Follower.Request request, OutputStream output) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Follower(
                request,
                HttpClients.standard(),
                EventFormat.PLAIN,
                new Backoff(5, new SplittableRandom(1)),
                output,
                errors);
    }

    private static List<String> lastEventIds(ScriptedServer server) {
        return server.requests().stream()
                .map(request -> request.header("Last-Event-ID"))
                .toList();
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
