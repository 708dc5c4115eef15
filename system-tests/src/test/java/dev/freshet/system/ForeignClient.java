package dev.freshet.system;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.background.BackgroundEventHandler;
import com.launchdarkly.eventsource.background.BackgroundEventSource;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.sse.SseEventSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Clients that others wrote; each tells what it sees until it is closed. */
enum ForeignClient {
    NPM_EVENTSOURCE {
        @Override
        AutoCloseable subscribe(URI stream, Seen seen) {
            return node("eventsource", stream, seen);
        }
    },
    UNDICI {
        @Override
        AutoCloseable subscribe(URI stream, Seen seen) {
            return node("undici", stream, seen);
        }
    },
    OKHTTP_EVENTSOURCE {
        @Override
        AutoCloseable subscribe(URI stream, Seen seen) {
            EventSource.Builder source = new EventSource.Builder(ConnectStrategy.http(stream))
                    .errorStrategy(ErrorStrategy.alwaysContinue())
                    .retryDelay(200, TimeUnit.MILLISECONDS);
            BackgroundEventSource client = new BackgroundEventSource.Builder(new OkHttpHandler(seen), source).build();
            client.start();
            return client;
        }
    },
    JERSEY {
        @Override
        AutoCloseable subscribe(URI stream, Seen seen) {
            Client client = ClientBuilder.newClient();
            SseEventSource source = SseEventSource.target(client.target(stream))
                    .reconnectingEvery(200, TimeUnit.MILLISECONDS)
                    .build();
            source.register(event -> seen.add(
                    event.getName() == null ? "message" : event.getName(),
                    String.valueOf(event.getId()),
                    event.readData()));
            source.open();
            return () -> {
                source.close(1, TimeUnit.SECONDS);
                client.close();
            };
        }
    };

    private static final Path SCRIPTS = Path.of("src", "test", "js");

    abstract AutoCloseable subscribe(URI stream, Seen seen);

    /**
     * Tells whether this client comes back with its last id. The EventSource of undici 7 is an experiment: it gives up when a
     * body breaks off, and comes back without an id when it ends.
     */
    boolean resumes() {
        return this != UNDICI;
    }

    /** Tells whether a client shows this although the standard dispatches nothing for it. */
    boolean isSpurious(Seen.Event event) {
        return this == JERSEY && event.data().isEmpty();
    }

    boolean needsNode() {
        return this == NPM_EVENTSOURCE || this == UNDICI;
    }

    private static AutoCloseable node(String library, URI stream, Seen seen) {
        requirePackages();
        ObjectMapper json = new ObjectMapper();
        return OutsideProgram.start(
                line -> {
                    JsonNode event = json.readTree(line);
                    if (!event.get("type").asString().equals("open")) {
                        seen.add(
                                event.get("type").asString(),
                                event.get("id").asString(),
                                event.get("data").asString());
                    }
                },
                "node",
                SCRIPTS.resolve("client.mjs").toString(),
                library,
                stream.toString());
    }

    private static void requirePackages() {
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules"))) {
            throw new IllegalStateException("node_modules: missing (expected: installed by ./check, or by npm ci in "
                    + SCRIPTS.toAbsolutePath() + ")");
        }
    }

    private record OkHttpHandler(Seen seen) implements BackgroundEventHandler {
        @Override
        public void onOpen() {}

        @Override
        public void onClosed() {}

        @Override
        public void onMessage(String type, MessageEvent event) {
            seen.add(type, event.getLastEventId(), event.getData());
        }

        @Override
        public void onComment(String comment) {}

        @Override
        public void onError(Throwable error) {}
    }
}
