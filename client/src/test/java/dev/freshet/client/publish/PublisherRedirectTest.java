package dev.freshet.client.publish;

import static dev.freshet.client.publish.TestPublishers.ONE;
import static dev.freshet.client.publish.TestPublishers.SOON;
import static dev.freshet.client.publish.TestPublishers.failureOf;
import static dev.freshet.client.publish.TestPublishers.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.publish.PublishException.Reason;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ReceivedRequest;
import dev.freshet.client.testing.ScriptedEventServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where redirects lead a publisher: wherever it is still publishing. */
class PublisherRedirectTest {

    private static final Map<String, String> SECRETS = Map.of("Authorization", "Bearer secret", "X-Api-Key", "secret");

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void followsWhatKeepsItAPost(int status) {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.redirect(status, "/moved?to=here"), ONE);
                Publisher publisher = Publisher.open(options(server))) {
            assertThat(publisher.publish(Publication.of("a", "1"))).succeedsWithin(SOON);

            assertThat(server.requests()).map(ReceivedRequest::target).containsExactly("/hub/events", "/moved?to=here");
            assertThat(server.requests()).map(ReceivedRequest::connection).containsOnly(1);
            assertThat(server.requests()).allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.body()).isEqualTo(Publication.of("a", "1").json());
            });
            assertThat(server.requests().stream()
                            .map(request -> request.header("Idempotency-Key"))
                            .distinct())
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303})
    void doesNotFollowWhatMakesItAGet(int status) {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.redirect(status, "/moved?token=x"), ONE);
                Publisher publisher = Publisher.open(options(server))) {
            PublishException failure = failureOf(publisher.publish(Publication.of("a", "1")));

            assertThat(failure.reason()).isEqualTo(Reason.BAD_REDIRECT);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "redirect: " + status + " to GET http://127.0.0.1:" + server.port() + "/moved (")
                    .hasMessageContaining("expected: 307 or 308");
            assertThat(server.requests()).hasSize(1);
            assertThat(publisher.publish(Publication.of("a", "2")))
                    .as("the next goes on")
                    .succeedsWithin(SOON);
        }
    }

    @Test
    void anotherOriginDoesNotSeeWhatAuthorizesAndIsAskedOverAKeptConnection() {
        try (ScriptedEventServer elsewhere = ScriptedEventServer.start(ONE);
                ScriptedEventServer server = ScriptedEventServer.start(
                        Answer.redirect(307, elsewhere.uri().toString()));
                Publisher publisher =
                        Publisher.open(options(server).withHeaders(() -> CompletableFuture.completedFuture(SECRETS)))) {
            for (int i = 0; i < 3; i++) {
                assertThat(publisher.publish(Publication.of("a", "" + i))).succeedsWithin(SOON);
            }

            assertThat(server.requests())
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.headers()).containsAllEntriesOf(SECRETS));
            assertThat(elsewhere.requests()).hasSize(3).allSatisfy(request -> {
                assertThat(request.headers()).doesNotContainKeys("Authorization", "X-Api-Key");
                assertThat(request.header("Idempotency-Key")).isPresent();
            });
            assertThat(server.requests()).map(ReceivedRequest::connection).containsOnly(1);
            assertThat(elsewhere.requests()).map(ReceivedRequest::connection).containsOnly(1);
        }
    }

    @Test
    void redirectsInACircleAreAnError() {
        try (ScriptedEventServer server = ScriptedEventServer.start(Answer.redirect(308, "/hub/events"));
                Publisher publisher = Publisher.open(options(server))) {
            assertThat(failureOf(publisher.publish(Publication.of("a", "1"))).reason())
                    .isEqualTo(Reason.BAD_REDIRECT);
            assertThat(server.requests()).hasSize(21);
        }
    }

    @Test
    void aRedirectToNowhereIsAnError() {
        for (Answer nowhere : List.of(Answer.status(307), Answer.redirect(308, "ftp://127.0.0.1/"))) {
            try (ScriptedEventServer server = ScriptedEventServer.start(nowhere);
                    Publisher publisher = Publisher.open(options(server))) {
                assertThat(failureOf(publisher.publish(Publication.of("a", "1")))
                                .reason())
                        .isEqualTo(Reason.BAD_REDIRECT);
                assertThat(server.requests()).hasSize(1);
            }
        }
    }

    @Test
    void connectionsToManyPlacesAreNotAllKept() {
        List<ScriptedEventServer> places =
                Stream.generate(() -> ScriptedEventServer.start(ONE)).limit(6).toList();
        Answer[] redirects = places.stream()
                .map(place -> Answer.redirect(307, place.uri().toString()))
                .toArray(Answer[]::new);
        try (ScriptedEventServer server = ScriptedEventServer.start(redirects);
                Publisher publisher = Publisher.open(options(server))) {
            for (int i = 0; i < redirects.length; i++) {
                assertThat(publisher.publish(Publication.of("a", "" + i))).succeedsWithin(SOON);
            }
            assertThat(places).allSatisfy(place -> assertThat(place.requests()).hasSize(1));
            await().atMost(SOON)
                    .until(() ->
                            places.stream().mapToInt(ScriptedEventServer::open).sum() <= 3);
        } finally {
            places.forEach(ScriptedEventServer::close);
        }
    }
}
