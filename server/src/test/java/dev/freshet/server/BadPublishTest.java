package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is refused, nothing of it is published: each test ends with a look at all topics. */
class BadPublishTest {
    private static RunningServer server;
    private Streaming seen;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void subscribe() throws IOException {
        seen = server.subscribe("/events?topic=*");
    }

    @AfterEach
    void nothingWasPublished() throws IOException {
        server.publish("marker", "the end");
        assertThat(seen.nextData()).isEqualTo("the end");
        seen.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "/events/                  | 400 invalid-topic | topic: empty (expected: 1 to 1024 bytes)",
                "/events/*                 | 400 invalid-topic | topic: * (expected: a name; * selects every topic, nothing is published to it)",
                "/events/a%7Bb%7D          | 400 invalid-topic | topic: a{b} (expected: no braces; a template only subscribes)",
                "/events/a%00b             | 400 invalid-topic | topic: control character U+0000 at 1 (expected: printable characters)",
                "/events/a?topic=          | 400 invalid-topic | topic: empty (expected: 1 to 1024 bytes)",
                "/events/$hub              | 400 invalid-event | topic: $hub (expected: a name that does not begin with $, or $subscriber/ and a subscriber's id)",
                "/events/$subscriber/      | 400 invalid-event | topic: $subscriber/ (expected: a name that does not begin with $, or $subscriber/ and a subscriber's id)",
                "/events/a?retry=soon      | 400 invalid-event | retry: soon (expected: milliseconds from 0 to 86400000)",
                "/events/a?retry=-1        | 400 invalid-event | retry: -1 (expected: milliseconds from 0 to 86400000)",
                "/events/a?retry=86400001  | 400 invalid-event | retry: 86400001 (expected: milliseconds from 0 to 86400000)",
                "/events/a?retry=          | 400 invalid-event | retry:  (expected: milliseconds from 0 to 86400000)",
                "/events/a?private=maybe   | 400 invalid-event | private: maybe (expected: true or false)",
                "/events/a?id=             | 400 invalid-event | id: empty (expected: 1 to 256 bytes that can stand in a header)",
                "/events/a?id=%20a         | 400 invalid-event | id: outer blanks or control characters (expected: 1 to 256 bytes that can stand in a header)",
                "/events/a?id=b&id=c       | 400 invalid-event | id: 2 values (expected: one)",
                "/events/a?type=gap        | 400 invalid-event | type: gap (expected: another; gap and connected are the hub's own)",
                "/events/a?type=connected  | 400 invalid-event | type: connected (expected: another; gap and connected are the hub's own)",
                "/events/a?ttl=soon        | 400 invalid-event | ttl: soon (expected: whole seconds, or a duration such as 10m, 2h or PT10M)",
                "/events/a?ttl=0m          | 400 invalid-event | ttl: PT0S (expected: more than 0, at most 3650 days)",
                "/events/a?retyr=1         | 400 invalid-event | retyr: unknown (expected: topic, type, id, retry, private, ttl; the data is the body)",
                "/events/a?ttl=PT-9223372036854775807S | 400 invalid-event | ttl: PT-2562047788015215H-30M-7S (expected: more than 0, at most 3650 days)",
                "/events/a?data=1          | 400 invalid-event | data: unknown (expected: topic, type, id, retry, private, ttl; the data is the body)",
                "/events/a?type=%zz        | 400 bad-request   | query: bad escape at byte 0 (expected: % and two hexadecimal digits)",
                "/events/a?type=%ff        | 400 bad-request   | query: bytes that are not text (expected: UTF-8, percent-encoded)",
                "/events/a%2               | 400 bad-request   | path: bad escape at byte 1 (expected: % and two hexadecimal digits)",
            })
    void aRawPublishNamesWhatIsWrong(String target, String problem, String detail) throws IOException {
        Reply reply = server.post(target, "data");

        assertThat(reply.problem()).isEqualTo(problem);
        assertThat(reply.detail()).isEqualTo(detail);
    }

    @Test
    void anIdOrTypeThatCouldInjectALineIsRefused() throws IOException {
        Reply type = server.post("/events/a?type=x%0Adata:%20forged", "data");
        Reply id = server.post("/events/a?id=x%0D", "data");

        assertThat(type.problem()).isEqualTo("400 invalid-event");
        assertThat(type.detail()).startsWith("type: ").contains("(expected: ");
        assertThat(id.problem()).isEqualTo("400 invalid-event");
        assertThat(id.detail()).startsWith("id: ").contains("(expected: ");
    }

    @Test
    void lengthsAreCountedInBytes() throws IOException {
        String long86 = "%E6%97%A5".repeat(86);

        assertThat(server.post("/events/a?type=" + long86, "").detail())
                .isEqualTo("type: 258 bytes (expected: at most 256)");
        assertThat(server.post("/events/a?id=" + long86, "").detail())
                .isEqualTo("id: 258 bytes (expected: at most 256)");
        assertThat(server.post("/events/" + "%E6%97%A5".repeat(342), "").detail())
                .isEqualTo("topic: 1026 bytes long (expected: 1 to 1024 bytes)");
    }

    @Test
    void anIdOfTheLogsOwnFormIsRefused() throws IOException {
        String epoch = seen.lastEventId().split("-")[0];
        Reply reply = server.post("/events/a?id=" + epoch + "-zz", "data");

        assertThat(reply.problem()).isEqualTo("400 invalid-event");
        assertThat(reply.detail()).startsWith("id: " + epoch + "-zz (expected: an id that does not begin with");
    }

    @Test
    void aHundredAndOneTopicsAreTooMany() throws IOException {
        StringBuilder target = new StringBuilder("/events/t0?");
        for (int i = 1; i <= 100; i++) {
            target.append("&topic=t").append(i);
        }
        Reply reply = server.post(target.toString(), "data");

        assertThat(reply.problem()).isEqualTo("400 invalid-event");
        assertThat(reply.detail()).isEqualTo("topic: 101 topics (expected: 1 to 100)");
    }

    @Test
    void dataThatIsNotUtf8IsRefusedWithItsPlace() throws IOException {
        try (Wire wire = server.connect()) {
            wire.send("POST /events/a HTTP/1.0\r\nContent-Length: 4\r\n\r\nab").sendBytes(0xc3, 0x28);

            assertThat(wire.reply().detail())
                    .isEqualTo("body: not UTF-8 at byte 2 (expected: UTF-8 text; encode binary data as text)");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | 400 invalid-json | JSON: unexpected at line 1, column 1 (expected: an object such as {\"topic\":\"a\",\"data\":\"b\"})",
                "{\"topic\":\"a\",\"data\":\"b\"} x | 400 invalid-json | JSON: unreadable at line 1, column 26 (expected: RFC 8259)",
                "{\"topic\":\"a\",\"data\":\"b\"} {} | 400 invalid-json | JSON: unexpected at line 1, column 26 (expected: nothing behind the object)",
                "{\"topic\":\"a\",\"topic\":\"b\"} | 400 invalid-json | JSON: a name is repeated at line 1, column 21 (expected: each name once)",
                "{\"topic\":1,\"data\":\"b\"} | 400 invalid-json | JSON: unexpected at line 1, column 10 (expected: topic as a string)",
                "{\"topic\":[[]],\"data\":\"b\"} | 400 invalid-json | JSON: unexpected at line 1, column 11 (expected: topic as a string)",
                "{\"topic\":\"a\",\"data\":1,\"retry\":\"5\"} | 400 invalid-json | JSON: unexpected at line 1, column 31 (expected: retry as a whole number of milliseconds)",
                "{\"topic\":\"a\",\"data\":1,\"retry\":1.5} | 400 invalid-json | JSON: unexpected at line 1, column 31 (expected: retry as a whole number of milliseconds)",
                "{\"topic\":\"a\",\"data\":1,\"private\":\"x\"} | 400 invalid-json | JSON: unexpected at line 1, column 33 (expected: private as true or false)",
                "{\"topic\":\"a\",\"data\":1,\"id\":null} | 400 invalid-json | JSON: unexpected at line 1, column 28 (expected: id as a string)",
                "{\"topic\":\"a\",\"retyr\":1} | 400 invalid-json | JSON: unexpected at line 1, column 22 (expected: one of topic, data, type, id, retry, private, ttl, not \"retyr\")",
                "{\"topic\":\"a\"} | 400 invalid-event | data: missing (expected: the event's data; it may be empty)",
                "{\"data\":\"a\"} | 400 invalid-event | topic: missing (expected: one or more)",
                "{\"topic\":[],\"data\":\"a\"} | 400 invalid-event | topic: missing (expected: one or more)",
                "{\"topic\":\"a\",\"data\":1,\"retry\":-5} | 400 invalid-event | retry: -5 (expected: milliseconds from 0 to 86400000)",
                "{\"topic\":\"\",\"data\":\"a\"} | 400 invalid-topic | topic: empty (expected: 1 to 1024 bytes)",
            })
    void jsonNamesThePlaceAndWhatWasExpected(String body, String problem, String detail) throws IOException {
        Reply reply = server.postAs("application/json", body);

        assertThat(reply.problem()).isEqualTo(problem);
        assertThat(reply.detail()).isEqualTo(detail);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~",
                "{",
                "{\"topic\":\"a\",\"data\":",
                "{\"topic\":\"a\",\"data\":[1,}",
                "{\"topic\":\"a\",\"data\":01}",
                "nul",
                "'"
            })
    void jsonThatIsCutIsRefused(String body) throws IOException {
        Reply reply = server.postAs("application/json", body);

        assertThat(reply.problem()).isEqualTo("400 invalid-json");
        assertThat(reply.detail()).contains("at line 1, column ");
    }

    @Test
    void jsonThatGoesTooDeepIsRefused() throws IOException {
        Reply reply = server.postAs("application/json", "{\"topic\":\"a\",\"data\":" + "[".repeat(100_000));

        assertThat(reply.problem()).isEqualTo("400 invalid-json");
    }

    @Test
    void jsonInUtf16IsRefused() throws IOException {
        String body = "{\"topic\":\"a\",\"data\":{}}";
        Reply reply = server.postAs("application/json", "\0" + String.join("\0", body.split("")));

        assertThat(reply.problem()).isEqualTo("400 invalid-event");
        assertThat(reply.detail()).isEqualTo("body: NUL at byte 0 (expected: JSON in UTF-8)");
    }

    @Test
    void halfASurrogatePairIsRefused() throws IOException {
        assertThat(server.postAs("application/json", "{\"topic\":\"a\",\"data\":\"\\ud83c\"}")
                        .problem())
                .isEqualTo("400 invalid-event");
        assertThat(server.postAs("application/json", "{\"topic\":\"\\ud83c\",\"data\":\"\"}")
                        .problem())
                .isEqualTo("400 invalid-topic");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "topic=a&data=b&retyr=1    | 400 invalid-event | retyr: unknown (expected: topic, data, type, id, retry, private, ttl; this is read as a form, and raw data goes to /events/TOPIC)",
                "topic=a&data=b&ttl=1.5    | 400 invalid-event | ttl: 1.5 (expected: whole seconds, or a duration such as 10m, 2h or PT10M)",
                "topic=a&data=b&ttl=0      | 400 invalid-event | ttl: PT0S (expected: more than 0, at most 3650 days)",
                "topic=a&data=b&data=c     | 400 invalid-event | data: 2 values (expected: one)",
                "topic=a                   | 400 invalid-event | data: missing (expected: the event's data; it may be empty)",
                "data=a                    | 400 invalid-event | topic: missing (expected: one or more)",
                "topic=a&data=%e           | 400 bad-request   | form: bad escape at byte 0 (expected: % and two hexadecimal digits)",
                "topic=a&data=%ff          | 400 bad-request   | form: bytes that are not text (expected: UTF-8, percent-encoded)",
                "topic=%7Ba%7D&data=b      | 400 invalid-topic | topic: {a} (expected: no braces; a template only subscribes)",
            })
    void aFormNamesWhatIsWrong(String body, String problem, String detail) throws IOException {
        Reply reply = server.postAs("application/x-www-form-urlencoded", body);

        assertThat(reply.problem()).isEqualTo(problem);
        assertThat(reply.detail()).isEqualTo(detail);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"topic\":\"a\"} | line 2: data: missing (expected: the event's data; it may be empty)",
                "{\"topic\":\"{a}\",\"data\":\"b\"} | line 2: topic: {a} (expected: no braces; a template only subscribes)",
                "{\"topic\":\"a\",\"data\":\"b\",\"type\":\"gap\"} | line 2: type: gap (expected: another; gap and connected are the hub's own)",
                "{\"topic\":\"a\",\"data\":nope} | JSON: unreadable at line 2, column 21 (expected: RFC 8259)",
                "[] | JSON: unexpected at line 2, column 1 (expected: an object such as {\"topic\":\"a\",\"data\":\"b\"})",
                "{\"topic\":\"a\",\"data\":\"b\"}{\"topic\":\"a\",\"data\":\"c\"} | JSON: unexpected at line 2, column 25 (expected: one object on a line; curl keeps the lines of a file with --data-binary)",
                "{\"topic\":\"a\",\"retyr\":1} | JSON: unexpected at line 2, column 22 (expected: one of topic, data, type, id, retry, private, ttl, not \"retyr\")",
            })
    void aBadLineOfABatchIsNamedAndNothingOfTheBatchIsPublished(String line, String detail) throws IOException {
        String good = "{\"topic\":\"a\",\"data\":\"good\"}\n";
        Reply reply = server.postAs("application/x-ndjson", good + line + "\n" + good);

        assertThat(reply.problem()).isEqualTo("400 invalid-json");
        assertThat(reply.detail()).isEqualTo(detail);
        assertThat(reply.json().required("line").asInt()).isEqualTo(2);
    }

    @Test
    void anObjectOfABatchEndsOnItsLine() throws IOException {
        Reply reply = server.postAs("application/x-ndjson", "{\"topic\":\"a\",\n\"data\":\"b\"}\n");

        assertThat(reply.problem()).isEqualTo("400 invalid-json");
        assertThat(reply.detail()).contains("(expected: an object that ends on its line)");
    }

    @Test
    void anObjectThatIsCutIsALineOfItsOwn() throws IOException {
        Reply reply = server.postAs(
                "application/x-ndjson", "{\"topic\":\"a\",\"data\":\"b\"\n{\"topic\":\"a\",\"data\":\"b\"}\n");

        assertThat(reply.problem()).isEqualTo("400 invalid-json");
        assertThat(reply.json().required("line").asInt()).isEqualTo(1);
    }

    @Test
    void anEmptyBatchIsRefused() throws IOException {
        Reply reply = server.postAs("application/x-ndjson", "\n\n");

        assertThat(reply.problem()).isEqualTo("400 invalid-json");
        assertThat(reply.detail()).isEqualTo("batch: empty (expected: an object on each line)");
    }

    @Test
    void aForgedIdInABatchRefusesTheBatch() throws IOException {
        String epoch = seen.lastEventId().split("-")[0];
        Reply reply = server.postAs(
                "application/x-ndjson",
                "{\"topic\":\"a\",\"data\":\"b\"}\n{\"topic\":\"a\",\"data\":\"b\",\"id\":\"" + epoch + "-9\"}");

        assertThat(reply.problem()).isEqualTo("400 invalid-event");
    }

    @Test
    void theQueryOfADescribedPublishSaysNothing() throws IOException {
        Reply reply =
                server.post("/events?retry=5", "{\"topic\":\"a\",\"data\":\"b\"}", "Content-Type: application/json");

        assertThat(reply.problem()).isEqualTo("400 invalid-event");
        assertThat(reply.detail())
                .isEqualTo("retry: in the query (expected: in the body; the query counts for /events/TOPIC alone)");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/cloudevents+json", "''"})
    void anotherContentTypeIsRefusedWithThoseThatAreTaken(String type) throws IOException {
        Reply reply = server.postAs(type, "data");

        assertThat(reply.problem()).isEqualTo("415 unsupported-media-type");
        assertThat(reply.header("Accept-Post"))
                .isEqualTo("application/json, application/x-www-form-urlencoded, application/x-ndjson");
        assertThat(reply.detail()).startsWith("Content-Type: ").contains("raw data goes to /events/TOPIC");
    }
}
