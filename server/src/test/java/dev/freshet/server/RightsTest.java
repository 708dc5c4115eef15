package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.access.AccessPolicy;
import dev.freshet.hub.access.Grant;
import dev.freshet.hub.access.Principal;
import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program that embeds the server decides who asks and what they may do. */
class RightsTest {
    private static final Set<TopicSelector> LOBBY = Set.of(TopicSelector.parse("lobby"));

    private static final AccessPolicy BY_GRANT = new AccessPolicy() {
        @Override
        public boolean mayPublish(Principal principal, Topic topic) {
            return principal.grant().publish().stream().anyMatch(selector -> selector.matches(topic));
        }

        @Override
        public ReadRights readRights(Principal principal) {
            return principal.equals(Principal.ANONYMOUS)
                    ? new ReadRights(false, LOBBY)
                    : new ReadRights(true, principal.grant().subscribe());
        }
    };

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.withRights(
                request ->
                        request.headers().first("X-User").map(RightsTest::user).orElse(Principal.ANONYMOUS),
                BY_GRANT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPrivateEventReachesWhoHasTheGrantAndNobodyElse() throws IOException {
        try (Streaming ada = server.subscribe("/events?topic=*", "X-User: ada");
                Streaming bob = server.subscribe("/events?topic=*", "X-User: bob")) {
            assertThat(server.post("/events/accounts/ada/balance?private=true", "12", "X-User: ada")
                            .status())
                    .isEqualTo(200);
            server.post("/events/accounts/ada/news", "for all", "X-User: ada");

            assertThat(ada.nextData(2)).containsExactly("12", "for all");
            assertThat(bob.nextData()).isEqualTo("for all");
        }
    }

    @Test
    void historyIsReadWithTheSameRights() throws IOException {
        server.post("/events/accounts/ada/balance?private=true", "12", "X-User: ada");
        server.post("/events/accounts/ada/news", "for all", "X-User: ada");

        try (Streaming ada = server.subscribe("/events?topic=*&last=10", "X-User: ada");
                Streaming bob = server.subscribe("/events?topic=*&last=10", "X-User: bob")) {
            assertThat(ada.nextData(2)).containsExactly("12", "for all");
            assertThat(bob.nextData()).isEqualTo("for all");
        }
    }

    @Test
    void whoMayNotPublishIsToldSoAndNothingIsPublished() throws IOException {
        try (Streaming ada = server.subscribe("/events?topic=*", "X-User: ada")) {
            Reply refused = server.post("/events/accounts/ada/balance", "0", "X-User: bob");
            server.post("/events/accounts/ada/balance", "12", "X-User: ada");

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body())
                    .contains("topic: accounts/ada/balance (expected: a topic that bob may publish to)");
            assertThat(ada.nextData()).isEqualTo("12");
        }
    }

    @Test
    void whoMayNotReadPublicEventsGetsNone() throws IOException {
        try (Streaming guest = server.subscribe("/events?topic=*")) {
            server.post("/events/accounts/ada/news", "for all", "X-User: ada");
            publish(new Publication(ServerSentEvent.of("welcome"), List.of(new Topic("lobby")), true));

            assertThat(guest.nextData()).isEqualTo("welcome");
        }
    }

    @Test
    void theProgramPublishesWithoutHttp() throws IOException {
        try (Streaming ada = server.subscribe("/events/accounts/ada/balance", "X-User: ada")) {
            String id = publish(Publication.of(new Topic("accounts/ada/balance"), ServerSentEvent.of("12")));

            assertThat(ada.next().id()).hasValue(id);
        }
    }

    private String publish(Publication publication) {
        return server.server().hub().publish(publication).join().ids().get(0);
    }

    /** Who says their name in X-User is believed: what matters here is what follows from it. */
    private static Principal user(String name) {
        Set<TopicSelector> own = Set.of(TopicSelector.parse("accounts/" + name + "/{+rest}"));
        return new Principal(name, new Grant(own, own));
    }
}
