package dev.freshet.system;

import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A hub on a free port, in this process, and the least that is needed to publish to it. */
final class TestServer implements AutoCloseable {
    private final HubServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestServer(Map<String, String> settings) throws IOException {
        Map<String, String> flags = new HashMap<>(settings);
        flags.putIfAbsent("http.port", "0");
        server = HubServer.start(ServerConfig.load(Optional.empty(), Map.of(), flags));
    }

    static TestServer start() throws IOException {
        return new TestServer(Map.of());
    }

    URI uri() {
        return server.address();
    }

    URI uri(String pathAndQuery) {
        return uri().resolve(pathAndQuery);
    }

    /** Publishes and returns the answer's body; anything but 200 is an error. */
    String publish(String pathAndQuery, String data) {
        HttpResponse<String> response = post(pathAndQuery, "text/plain", data);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    HttpResponse<String> post(String pathAndQuery, String contentType, String body) {
        return send(HttpRequest.newBuilder(uri(pathAndQuery))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
