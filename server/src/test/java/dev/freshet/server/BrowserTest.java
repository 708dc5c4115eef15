package dev.freshet.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages may do, those of a configured origin, of others, and of names that were pointed at this machine. */
class BrowserTest {
    private static final String FRIEND = "Origin: https://app.example";
    private static final String STRANGER = "Origin: https://other.example";
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.with("cors.origins", "https://app.example", "http.hosts", "Hub.Example");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPreflightOfAConfiguredOriginIsAllowed() throws IOException {
        Reply reply = preflight(FRIEND);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(reply.header("Access-Control-Allow-Methods")).contains("GET", "POST");
        assertThat(reply.header("Access-Control-Allow-Headers"))
                .contains("Last-Event-ID", "Authorization", "Content-Type", "Idempotency-Key");
        assertThat(reply.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void aPreflightOfAnotherOriginIsNot() throws IOException {
        assertThat(preflight(STRANGER).header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aStreamAndAProblemMayBeReadByAConfiguredOrigin() throws IOException {
        try (Streaming stream = server.subscribe("/events/t", FRIEND, "Last-Event-ID: x")) {
            assertThat(stream.head().header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        }
        assertThat(server.get("/events/t?last=x", FRIEND).header("Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example");
        assertThat(server.get("/nowhere", FRIEND).header("Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example");
    }

    @Test
    void aStreamIsNotMarkedForAnotherOrigin() throws IOException {
        try (Streaming stream = server.subscribe("/events/t", STRANGER)) {
            assertThat(stream.head().header("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void aPageOfAnotherOriginPublishesNothing() throws IOException {
        try (Streaming seen = server.subscribe("/events?topic=*")) {
            Reply refused = server.post("/events/t", "forged", STRANGER);
            Reply nowhere = server.post("/events/t", "forged", "Origin: null");
            server.post("/events/t", "from a friend", FRIEND);
            server.post("/events/t", "from a program");

            assertThat(refused.problem()).isEqualTo("403 foreign-origin");
            assertThat(nowhere.problem()).isEqualTo("403 foreign-origin");
            assertThat(seen.nextData(2)).containsExactly("from a friend", "from a program");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "app.localhost",
                "127.0.0.1",
                "10.1.2.3:8080",
                "[::1]:8080",
                "hub.example",
                "hub.example:443",
                "hub.example."
            })
    void answersForItsOwnHosts(String host) throws IOException {
        assertThat(server.get("/healthz", "Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "notlocalhost",
                "127.0.0.1.evil.example",
                "a.hub.example",
                "[evil]",
                ""
            })
    void refusesANameThatWasPointedAtIt(String host) throws IOException {
        try (Streaming seen = server.subscribe("/events?topic=*")) {
            Reply get = server.get("/events/t", "Host: " + host);
            Reply post = server.post("/events/t", "forged", "Host: " + host, "Origin: http://" + host);
            server.publish("t", "marker");

            assertThat(get.problem()).isEqualTo("421 unknown-host");
            assertThat(get.detail())
                    .isEqualTo("Host: " + host
                            + " (expected: localhost, an IP address, or one of the configured http.hosts)");
            assertThat(post.problem()).isEqualTo("421 unknown-host");
            assertThat(seen.nextData()).isEqualTo("marker");
        }
    }

    @Test
    void aStarAnswersForEveryHost() throws IOException {
        try (RunningServer open = RunningServer.with("http.hosts", "*")) {
            assertThat(open.get("/healthz", "Host: any.example").status()).isEqualTo(200);
        }
    }

    @Test
    void aServerForOtherMachinesDoesNotKnowItsNames() throws IOException {
        try (RunningServer open = RunningServer.with("http.host", "0.0.0.0", "http.insecure", "true")) {
            assertThat(open.get("/healthz", "Host: any.example").status()).isEqualTo(200);
        }
    }

    private static Reply preflight(String origin) throws IOException {
        return server.ask(
                "OPTIONS",
                "/events/t",
                "",
                origin,
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: last-event-id");
    }
}
