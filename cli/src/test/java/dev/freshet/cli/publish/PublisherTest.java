package dev.freshet.cli.publish;

import static dev.freshet.cli.http.ScriptedServer.hangUp;
import static dev.freshet.cli.http.ScriptedServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.cli.http.Backoff;
import dev.freshet.cli.http.HttpClients;
import dev.freshet.cli.http.HubUrl;
import dev.freshet.cli.http.Outage;
import dev.freshet.cli.http.RequestFailedException;
import dev.freshet.cli.http.ScriptedServer;
import dev.freshet.cli.http.ScriptedServer.Seen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublisherTest {
    private static final Backoff SHORT = new Backoff(5, new SplittableRandom(1));
    private static final EventOptions NO_OPTIONS =
            new EventOptions(Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty(), false);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysAllOfAnEvent() throws Exception {
        EventOptions options =
                new EventOptions(Optional.of("a b"), Optional.of("7"), OptionalLong.of(5), Optional.of("10m"), true);
        try (ScriptedServer server = new ScriptedServer(status(200, "{\"id\":\"7\"}"))) {
            String answer = publisher(server.url(), Patience.brief(SHORT))
                    .publish(List.of("orders/ä", "b&c"), options, utf8("größe"));
            Seen request = server.requests().get(0);
            assertThat(answer).isEqualTo("{\"id\":\"7\"}");
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.uri())
                    .isEqualTo("/events/orders/%C3%A4?type=a%20b&id=7&retry=5&ttl=10m&private=true&topic=b%26c");
            assertThat(request.body()).isEqualTo("größe");
        }
        assertThat(err.size()).isZero();
    }

    @Test
    void triesAgainWithTheSameKeyUntilTheHubHasAnswered() throws Exception {
        try (ScriptedServer server = new ScriptedServer(status(503, ""), hangUp(), hangUp(), status(200, "{}"))) {
            Publisher publisher = publisher(server.url(), Patience.brief(SHORT));
            publisher.publish(List.of("a"), NO_OPTIONS, utf8("one"));
            publisher.publish(List.of("a"), NO_OPTIONS, utf8("two"));
            List<Seen> requests = server.requests();
            assertThat(requests).extracting(Seen::body).containsExactly("one", "one", "one", "one", "two");
            assertThat(requests.stream().limit(4).map(PublisherTest::key).distinct())
                    .hasSize(1);
            assertThat(key(requests.get(4))).isNotEqualTo(key(requests.get(0)));
            assertThat(err.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "freshet: " + server.url() + ": answered 503; trying again",
                            "freshet: " + server.url() + ": connected again");
        }
    }

    @Test
    void doesNotTryAgainWhatTheHubRefuses() {
        try (ScriptedServer server = new ScriptedServer(status(413, "{\"detail\":\"body: too large\"}"))) {
            assertThatThrownBy(() ->
                            publisher(server.url(), Patience.endless(SHORT)).publishBatch(utf8("{}")))
                    .isInstanceOf(RequestFailedException.class)
                    .hasMessage(server.url() + " answered 413: body: too large");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void givesUpAfterAFewAttemptsAtOneEvent() {
        try (ScriptedServer server = new ScriptedServer(status(503, ""))) {
            assertThatThrownBy(() ->
                            publisher(server.url(), Patience.brief(SHORT)).publish(List.of("a"), NO_OPTIONS, utf8("x")))
                    .isInstanceOf(RequestFailedException.class)
                    .hasMessage(server.url() + ": answered 503");
            assertThat(server.requests()).hasSize(5);
        }
    }

    @Test
    void failsAtOnceWhereNobodyListens() {
        ScriptedServer server = new ScriptedServer(hangUp());
        server.close();
        assertThatThrownBy(() ->
                        publisher(server.url(), Patience.brief(SHORT)).publish(List.of("a"), NO_OPTIONS, utf8("x")))
                .isInstanceOf(RequestFailedException.class)
                .hasMessage(server.url() + ": connection refused");
        assertThat(err.size()).isZero();
    }

    private Publisher publisher(HubUrl server, Patience patience) {
        return new Publisher(
                server,
                HttpClients.standard().build(),
                patience,
                new Outage(new PrintStream(err, true, StandardCharsets.UTF_8), server));
    }

    private static String key(Seen request) {
        return request.header("Idempotency-Key");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
