package dev.freshet.system;

import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A hub on a free port, in this process, and a publisher that is connected to it. */
final class TestServer implements AutoCloseable {
    private final HubServer server;
    private final Publisher publisher;

    TestServer(Map<String, String> settings) throws IOException {
        Map<String, String> flags = new HashMap<>(settings);
        flags.putIfAbsent("http.port", "0");
        server = HubServer.start(ServerConfig.load(Optional.empty(), Map.of(), flags));
        publisher = Publisher.open(PublisherOptions.of(server.address()));
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

    /** Publishes and returns the id, once the event is in the log. */
    String publish(Publication publication) {
        return publisher.publish(publication).join();
    }

    String publish(String topic, String data) {
        return publish(Publication.of(topic, data));
    }

    @Override
    public void close() {
        publisher.close();
        server.close();
    }
}
