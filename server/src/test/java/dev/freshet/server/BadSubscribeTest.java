package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadSubscribeTest {
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/events                        | 400 invalid-topic  | topic: missing (expected: /events/TOPIC, or /events?topic=TOPIC, once or more)",
                "/events/                       | 400 invalid-topic  | topic: empty (expected: 1 to 1024 bytes)",
                "/events?topic=                 | 400 invalid-topic  | topic: empty (expected: 1 to 1024 bytes)",
                "/events/a%0Ab                  | 400 invalid-topic  | topic: control character U+000A at 1 (expected: printable characters)",
                "/events/$subscriber/abc        | 400 invalid-topic  | topic: $subscriber/abc (expected: a name that does not begin with $; with connected=true a stream has its own topic)",
                "/events/a?last=ten             | 400 invalid-cursor | last: ten (expected: a number from 0 to 10000)",
                "/events/a?last=-1              | 400 invalid-cursor | last: -1 (expected: a number from 0 to 10000)",
                "/events/a?last=10001           | 400 invalid-cursor | last: 10001 (expected: a number from 0 to 10000)",
                "/events/a?since=yesterday      | 400 invalid-cursor | since: yesterday (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 10m, 2h, 3d or PT10M)",
                "/events/a?since=10y            | 400 invalid-cursor | since: 10y (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 10m, 2h, 3d or PT10M)",
                "/events/a?since=999999999999d  | 400 invalid-cursor | since: 999999999999d (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 10m, 2h, 3d or PT10M)",
                "/events/a?since=PT-10M         | 400 invalid-cursor | since: PT-10M (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 10m, 2h, 3d or PT10M)",
                "/events/a?since=P150000000000D | 400 invalid-cursor | since: P150000000000D (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 10m, 2h, 3d or PT10M)",
                "/events/a?since=%2B999999999-01-01T00:00:00Z | 400 invalid-cursor | since: +999999999-01-01T00:00:00Z (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 10m, 2h, 3d or PT10M)",
                "/events/a?lastEventId=%01      | 400 invalid-cursor | Last-Event-ID: 1 characters (expected: at most 1024, none of them a control character)",
                "/events/a?connected=yes        | 400 bad-request    | connected: yes (expected: true or false)",
                "/events/a?Last-Event-Id=x      | 400 bad-request    | Last-Event-Id: unknown (expected: last-event-id)",
                "/events/a?evs_last_event_id=x  | 400 bad-request    | evs_last_event_id: unknown (expected: last-event-id)",
                "/events/a?topics=b             | 400 bad-request    | topics: unknown (expected: topic)",
                "/events/a?lastt=3              | 400 bad-request    | lastt: unknown (expected: last)",
                "/events/a?sinse=10m            | 400 bad-request    | sinse: unknown (expected: since)",
                "/events/a?last-event-i=x       | 400 bad-request    | last-event-i: unknown (expected: last-event-id)",
                "/events/a?LAST=1               | 400 bad-request    | LAST: unknown (expected: last)",
                "/events/a?last=%f              | 400 bad-request    | query: bad escape at byte 0 (expected: % and two hexadecimal digits)",
            })
    void namesWhatIsWrong(String target, String problem, String detail) throws IOException {
        Reply reply = server.get(target);

        assertThat(reply.problem()).isEqualTo(problem);
        assertThat(reply.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/%7Bid", "a/id%7D", "%7B%7D", "%7Ba%7D%7Bb", "%7Ba:0%7D", "%7B%25%7D"})
    void aTemplateThatCannotBeReadIsRefused(String template) throws IOException {
        Reply reply = server.get("/events/" + template);

        assertThat(reply.problem()).isEqualTo("400 invalid-topic");
        assertThat(reply.detail()).contains("(expected: ");
    }

    @Test
    void aCursorThatIsTooLongIsRefused() throws IOException {
        Reply reply = server.get("/events/a", "Last-Event-ID: " + "x".repeat(1025));

        assertThat(reply.problem()).isEqualTo("400 invalid-cursor");
        assertThat(reply.detail()).startsWith("Last-Event-ID: 1025 characters (expected: at most 1024");
    }

    @Test
    void aThousandAndOneSelectorsAreTooMany() throws IOException {
        String topics = IntStream.range(0, 1001).mapToObj(i -> "topic=t" + i).collect(Collectors.joining("&"));
        Reply reply = server.get("/events?" + topics);

        assertThat(reply.problem()).isEqualTo("400 invalid-topic");
        assertThat(reply.detail()).isEqualTo("topic: 1001 selectors (expected: 1 to 1000)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/json, image/*",
                "*/*;q=0",
                "*/*, text/event-stream;q=0",
                "text/*;q=0.0, */*"
            })
    void anAcceptThatExcludesStreamsIsRefused(String accept) throws IOException {
        Reply reply = server.get("/events/a", "Accept: " + accept);

        assertThat(reply.problem()).isEqualTo("406 not-acceptable");
        assertThat(reply.detail()).startsWith("Accept: excludes text/event-stream");
    }
}
