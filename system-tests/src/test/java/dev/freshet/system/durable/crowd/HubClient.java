package dev.freshet.system.durable.crowd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a hub over connections that are kept, and tries nothing again. Thread-safe. */
public final class HubClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI hub;

    public HubClient(URI hub) {
        this.hub = hub;
    }

    /** Publishes; empty if there was no answer. */
    public Optional<Answer> publish(Post post) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(post.path()))
                .timeout(PATIENCE)
                .header("Content-Type", post.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(post.body()));
        post.key().ifPresent(key -> request.header("Idempotency-Key", key));
        return send(request.build());
    }

    public Optional<Answer> get(String path) {
        return send(HttpRequest.newBuilder(hub.resolve(path)).timeout(PATIENCE).build());
    }

    private Optional<Answer> send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return Optional.of(new Answer(response.statusCode(), response.body()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** What a hub answered. */
    public record Answer(int status, String body) {
        private static final JsonMapper JSON = new JsonMapper();

        public boolean isAcknowledged() {
            return status == 200;
        }

        public List<String> ids() {
            JsonNode receipt = JSON.readTree(body);
            return receipt.has("id")
                    ? List.of(receipt.get("id").asString())
                    : StreamSupport.stream(receipt.get("ids").spliterator(), false)
                            .map(JsonNode::asString)
                            .toList();
        }

        /** A member of a problem. */
        public String text(String member) {
            return JSON.readTree(body).path(member).asString();
        }
    }
}
