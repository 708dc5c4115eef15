package dev.freshet.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.server.HubServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedHubTest {
    private static final Map<String, String> ACCOUNTS = Map.of("ada-secret", "ada", "bob-secret", "bob");

    private final HttpClient client = HttpClient.newHttpClient();
    private HubServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedHub.start(Map.of("http.port", "0"), ACCOUNTS);
        EmbeddedHub.tellBalance(server, "ada", 12);
        EmbeddedHub.tellBalance(server, "bob", 7);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachReadsTheEventsOfTheirOwnAccount() throws Exception {
        assertThat(firstData("ada-secret")).isEqualTo("data: 12");
        assertThat(firstData("bob-secret")).isEqualTo("data: 7");
    }

    @Test
    void aTokenThatNobodyHasIsRefused() throws Exception {
        HttpResponse<String> refused = client.send(request("guessed"), BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void thePortIsTheFirstArgument() {
        assertThat(EmbeddedHub.settings("9000")).containsEntry("http.port", "9000");
        assertThat(EmbeddedHub.settings()).containsEntry("http.port", "8080");
    }

    @Test
    void theShortestFormRuns() throws IOException {
        EmbeddedHub.publishToAll();
    }

    private String firstData(String token) throws Exception {
        try (Stream<String> lines =
                client.send(request(token), BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("data")).findFirst().orElseThrow();
        }
    }

    private HttpRequest request(String token) {
        URI all = server.address().resolve("/events?topic=accounts/%7Baccount%7D/balance&last=10");
        return HttpRequest.newBuilder(all)
                .header("Authorization", "Bearer " + token)
                .build();
    }
}
