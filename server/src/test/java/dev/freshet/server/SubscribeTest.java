package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

@ParameterizedClass
@ValueSource(strings = {"auto", "nio"})
class SubscribeTest {
    @Parameter
    String sockets;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with("http.sockets", sockets, "stream.heartbeat", "100ms", "stream.retry", "1500ms");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theHeadSaysThatThisIsAStream() throws IOException {
        try (Streaming stream = server.subscribe("/events/t")) {
            assertThat(stream.head().header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(stream.head().header("Cache-Control")).isEqualTo("no-cache, no-transform");
            assertThat(stream.head().header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(stream.head().header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(stream.retries()).containsExactly(1500L);
            assertThat(stream.comments()).isGreaterThan(0);
            assertThat(stream.lastEventId()).endsWith("-0");
        }
    }

    @Test
    void beginsWithTheNextEvent() throws IOException {
        server.publish("t", "before");
        try (Streaming stream = server.subscribe("/events/t")) {
            String id = server.publish("t", "after");

            assertThat(stream.next()).isEqualTo(ServerSentEvent.of("after").withId(id));
        }
    }

    @Test
    void lastGivesTheNewestThatMatch() throws IOException {
        server.publishAll("t", "1", "2", "3");
        server.publish("other", "x");
        try (Streaming stream = server.subscribe("/events/t?last=2")) {
            server.publish("t", "4");

            assertThat(stream.nextData(3)).containsExactly("2", "3", "4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"last-event-id", "lastEventId", "lastEventID", "last_event_id"})
    void everySpellingOfTheCursorResumes(String name) throws IOException {
        List<String> ids = server.publishAll("t", "1", "2", "3");
        try (Streaming stream = server.subscribe("/events/t?" + name + "=" + ids.get(0) + "&last=0&since=PT0S")) {
            assertThat(stream.nextData(2)).containsExactly("2", "3");
        }
    }

    @Test
    void theHeaderIsStrongerThanTheQuery() throws IOException {
        List<String> ids = server.publishAll("t", "1", "2", "3");
        String query = "/events/t?last-event-id=" + ids.get(0);
        try (Streaming stream = server.subscribe(query, "Last-Event-ID: " + ids.get(1));
                Streaming empty = server.subscribe(query, "Last-Event-ID: ")) {
            assertThat(stream.nextData()).isEqualTo("3");
            assertThat(empty.nextData()).isEqualTo("2");
        }
    }

    @Test
    void resumesAfterAPublishersOwnId() throws IOException {
        server.post("/events/t?id=été/1", "1");
        server.publish("t", "2");
        try (Streaming header = server.subscribe("/events/t", "Last-Event-ID: été/1");
                Streaming query = server.subscribe("/events/t?lastEventId=%C3%A9t%C3%A9/1")) {
            assertThat(header.nextData()).isEqualTo("2");
            assertThat(query.nextData()).isEqualTo("2");
        }
    }

    @Test
    void aClientThatWasCutBeforeItsFirstEventMissesNothing() throws IOException {
        String begun;
        try (Streaming stream = server.subscribe("/events/t")) {
            begun = stream.lastEventId();
        }
        server.publishAll("t", "1", "2");
        try (Streaming stream = server.subscribe("/events/t", "Last-Event-ID: " + begun)) {
            assertThat(stream.nextData(2)).containsExactly("1", "2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PT1H", "P1D", "90s", "10m", "2h", "3d", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00%2B01:00"})
    void sinceATimeBeforeTheServerBeganIsAGapAndAllThereIs(String since) throws IOException {
        server.publishAll("t", "1", "2");
        try (Streaming stream = server.subscribe("/events/t?last=1&since=" + since)) {
            assertThat(stream.next().type()).isEqualTo("gap");
            assertThat(stream.nextData(2)).containsExactly("1", "2");
        }
    }

    @Test
    void sinceATimeAfterThatGivesWhatCameAfterIt() throws IOException {
        Instant began = Instant.now();
        server.publishAll("t", "1", "2");
        try (Streaming stream = server.subscribe("/events/t?last=1&since=" + began)) {
            assertThat(stream.nextData(2)).containsExactly("1", "2");
        }
    }

    @Test
    void namesThatAreOfNoneOfItsParametersAreIgnored() throws IOException {
        server.publish("t", "1");
        try (Streaming stream = server.subscribe("/events/t?_=1763632800&ts=5&v=2&token=x&last=1")) {
            assertThat(stream.nextData()).isEqualTo("1");
        }
    }

    @Test
    void sinceATimeToComeGivesWhatComes() throws IOException {
        server.publish("t", "before");
        try (Streaming stream = server.subscribe("/events/t?since=9999-12-31T23:59:59Z")) {
            server.publish("t", "after");

            assertThat(stream.nextData()).isEqualTo("after");
        }
    }

    @Test
    void severalTopicsComeInTheOrderOfTheLogEachOnce() throws IOException {
        try (Streaming stream = server.subscribe("/events/a?topic=b&topic=c/%7Bid%7D&topic=b")) {
            server.publish("c/1", "1");
            server.publish("c/1/2", "not this");
            server.post("/events/b?topic=a&topic=c/2", "2");
            server.publish("d", "not this");
            server.publish("a", "3");

            assertThat(stream.nextData(3)).containsExactly("1", "2", "3");
        }
    }

    @Test
    void aTemplateInThePathMayTakeAnyDepth() throws IOException {
        try (Streaming stream = server.subscribe("/events/c/%7B+rest%7D")) {
            server.publish("c", "not this");
            server.publish("c/1/2", "1");
            server.publish("c/%E6%97%A5", "2");

            assertThat(stream.nextData(2)).containsExactly("1", "2");
        }
    }

    @Test
    void aStarTakesAllButTheHubsOwn() throws IOException {
        try (Streaming all = server.subscribe("/events/*");
                Streaming one = server.subscribe("/events/none?connected=true")) {
            server.publish("$subscriber/" + subscriberId(one), "for one");
            server.publish("t", "for all");

            assertThat(all.nextData()).isEqualTo("for all");
            assertThat(one.nextData()).isEqualTo("for one");
        }
    }

    @Test
    void aDirectMessageComesInItsPlace() throws IOException {
        try (Streaming one = server.subscribe("/events/t?connected=true");
                Streaming other = server.subscribe("/events/t?connected=true")) {
            String topic = "$subscriber/" + subscriberId(one);
            server.publish("t", "1");
            server.publish(topic, "2");
            server.publish("t", "3");

            assertThat(one.nextData(3)).containsExactly("1", "2", "3");
            subscriberId(other);
            assertThat(other.nextData(2)).containsExactly("1", "3");
        }
    }

    @Test
    void anUnknownCursorIsAGapAndThenAllThatIsThere() throws IOException {
        String id = server.publish("t", "1");
        try (Streaming stream = server.subscribe("/events/t", "Last-Event-ID: never\"given")) {
            ServerSentEvent gap = stream.next();

            assertThat(gap.type()).isEqualTo("gap");
            assertThat(gap.data())
                    .isEqualTo("{\"reason\":\"unknown\",\"requested\":\"never\\\"given\",\"earliest\":\"" + id + "\"}");
            assertThat(stream.nextData()).isEqualTo("1");
        }
    }

    @Test
    void aStreamThatIsQuietGetsComments() throws IOException {
        try (Streaming stream = server.subscribe("/events/t")) {
            stream.awaitComments(4);

            server.publish("t", "alive");
            assertThat(stream.nextData()).isEqualTo("alive");
        }
    }

    @Test
    void headGivesTheHeadAndEnds() throws IOException {
        try (Wire wire = server.connect()) {
            Reply head = wire.request("HEAD", "/events/t?last=10", "").head();
            Reply bad = wire.request("HEAD", "/events/t?last=x", "").head();

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(bad.status()).isEqualTo(400);
            assertThat(wire.request("GET", "/healthz", "").reply().body()).isEqualTo("alive\n");
        }
    }

    @Test
    void aClientOfHttp10GetsAStreamWithoutChunks() throws IOException {
        server.publish("t", "1");
        try (Streaming stream = new Streaming(server.connect().send("GET /events/t?last=1 HTTP/1.0\r\n\r\n"))) {
            server.publish("t", "2");

            assertThat(stream.head().header("Transfer-Encoding")).isEmpty();
            assertThat(stream.head().header("Connection")).isEqualTo("close");
            assertThat(stream.nextData(2)).containsExactly("1", "2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "text/*", "text/html, text/event-stream;q=0.5", "TEXT/EVENT-STREAM"})
    void takesEveryAcceptThatAllowsAStream(String accept) throws IOException {
        try (Streaming stream = server.subscribe("/events/t", "Accept: " + accept)) {
            assertThat(stream.head().status()).isEqualTo(200);
        }
    }

    @Test
    void parametersOfOthersAreIgnored() throws IOException {
        server.publish("t", "1");
        try (Streaming stream = server.subscribe("/events/t?last=1&_=1720000000&connected=false&utm_source=x")) {
            assertThat(stream.nextData()).isEqualTo("1");
        }
    }

    private static String subscriberId(Streaming stream) throws IOException {
        ServerSentEvent connected = stream.next();
        assertThat(connected.type()).isEqualTo("connected");
        return new ObjectMapper()
                .readTree(connected.data())
                .required("subscriber")
                .asString();
    }
}
