package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshet.codec.ServerSentEvent;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishTest {
    private static final ServerSentEvent WHOLE =
            new ServerSentEvent(Optional.of("own-1"), "paid", "{\"total\":12.50}", OptionalLong.of(700));

    private RunningServer server;
    private Streaming seen;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.with();
        seen = server.subscribe("/events?topic=*");
    }

    @AfterEach
    void stop() throws IOException {
        seen.close();
        server.close();
    }

    @Test
    void theBodyIsTheDataAndTheQuerySaysTheRest() throws IOException {
        Reply reply = server.post(
                "/events/orders/42?topic=orders&type=paid&id=own-1&retry=700&private=false", "{\"total\":12.50}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).isEqualTo("{\"id\":\"own-1\"}");
        assertThat(seen.next()).isEqualTo(WHOLE);
    }

    @Test
    void aStreamBeginsWithTheUsualRetryAndTakesThePublishers() throws IOException {
        server.post("/events/t?retry=700", "data");
        seen.next();

        assertThat(seen.retries()).containsExactly(2000L, 700L);
    }

    @Test
    void theContentTypeOfRawDataDoesNotMatter() throws IOException {
        server.post("/events/t", "topic=x&data=y", "Content-Type: application/x-www-form-urlencoded");
        server.post("/events/t", "{\"topic\":1}", "Content-Type: application/json");
        server.post("/events/t", "");

        assertThat(seen.nextData(3)).containsExactly("topic=x&data=y", "{\"topic\":1}", "");
    }

    @Test
    void jsonSaysAll() throws IOException {
        Reply reply = server.postAs("application/json; charset=utf-8", """
                {"topic": ["orders/42", "orders"], "data": { "total" : 12.50 },
                 "type": "paid", "id": "own-1", "retry": 700, "private": false}""");

        assertThat(reply.body()).isEqualTo("{\"id\":\"own-1\"}");
        assertThat(seen.next()).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"a \\u00e9 \\\" b\" | a é \" b",
                "null | null",
                "true | true",
                "-0.10 | -0.10",
                "12345678901234567890123456789.10e+5 | 12345678901234567890123456789.10e+5",
                "[ 1 , \"a  b\\\\\" , [ ] ] | [1,\"a  b\\\\\",[]]",
                "{ \"é\" : { \"b\" : \"\\\" c\" } } | {\"é\":{\"b\":\"\\\" c\"}}",
            })
    void dataThatIsNoStringGoesOutAsItWasWrittenWithoutWhiteSpace(String data, String sent) throws IOException {
        server.postAs("application/json", "{\"topic\":\"t\",\"data\": " + data + "}");
        server.postAs("application/json", "\uFEFF {\"data\": " + data + " ,\"topic\":\"é\"}");

        assertThat(seen.nextData(2)).containsExactly(sent, sent);
    }

    @Test
    void aFormSaysAll() throws IOException {
        Reply reply = server.postAs(
                "application/x-www-form-urlencoded",
                "topic=orders%2F42&topic=orders&data=%7B%22total%22:12.50%7D&type=paid&id=own-1&retry=700&private=0");

        assertThat(reply.body()).isEqualTo("{\"id\":\"own-1\"}");
        assertThat(seen.next()).isEqualTo(WHOLE);
    }

    @Test
    void aFormMayHoldTextThatIsNotEscaped() throws IOException {
        server.postAs("application/x-www-form-urlencoded", "topic=t&data=café+中&type=été");
        server.postAs("application/x-www-form-urlencoded", "topic=t&data=caf%C3%A9+%E4%B8%AD&type=%C3%A9t%C3%A9");

        assertThat(List.of(seen.next(), seen.next()))
                .extracting(ServerSentEvent::type, ServerSentEvent::data)
                .containsOnly(tuple("été", "café 中"));
    }

    @Test
    void aBatchIsPublishedInItsOrder() throws IOException {
        Reply reply = server.postAs("application/x-ndjson", """
                {"topic":"a","data":"1","id":"own-1"}\r

                {"topic":["b","c"],"data":2,"type":"two","retry":5}
                {"topic":"a","data":"3","private":false}""");

        List<ServerSentEvent> events = List.of(seen.next(), seen.next(), seen.next());
        assertThat(reply.ids())
                .isEqualTo(
                        events.stream().map(event -> event.id().orElseThrow()).toList());
        assertThat(events).extracting(ServerSentEvent::data).containsExactly("1", "2", "3");
        assertThat(reply.ids()).startsWith("own-1").hasSize(3);
    }

    @Test
    void theAnswerToABatchOfOneIsAList() throws IOException {
        assertThat(server.postAs("application/x-ndjson", "{\"topic\":\"a\",\"data\":\"1\"}\n")
                        .ids())
                .hasSize(1);
    }

    @Test
    void aPrivateEventReachesNobodyWithoutAGrant() throws IOException {
        assertThat(server.post("/events/t?private", "secret").status()).isEqualTo(200);
        assertThat(server.post("/events/t?private=on", "secret").status()).isEqualTo(200);
        server.postAs("application/json", "{\"topic\":\"t\",\"data\":\"secret\",\"private\":true}");
        server.publish("t", "public");

        assertThat(seen.nextData()).isEqualTo("public");
    }

    @ParameterizedTest
    @CsvSource({"ünïcode/日本", "🌊/a b", "a//b", "/a", "a%b"})
    void topicsAreUnicode(String topic) throws IOException {
        String path = URLEncoder.encode(topic, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        try (Streaming one = server.subscribe("/events/" + path)) {
            String id = server.publish(path, "data");

            assertThat(one.next().id()).contains(id);
        }
    }

    @Test
    void aPathMayHoldUtf8AsItIs() throws IOException {
        server.publish("日本", "raw");
        try (Streaming one = server.subscribe("/events/%E6%97%A5%E6%9C%AC?last=1")) {
            assertThat(one.nextData()).isEqualTo("raw");
        }
    }

    @Test
    void severalLinesArriveAsSeveralLines() throws IOException {
        server.publish("t", "one\ntwo\r\nthree\n");

        assertThat(seen.nextData()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void aConnectionServesManyPublishes() throws IOException {
        try (Wire wire = server.connect()) {
            for (int i = 0; i < 3; i++) {
                wire.request("POST", "/events/t", "data" + i);
                assertThat(wire.reply().status()).isEqualTo(200);
            }
        }
        assertThat(seen.nextData(3)).containsExactly("data0", "data1", "data2");
    }
}
