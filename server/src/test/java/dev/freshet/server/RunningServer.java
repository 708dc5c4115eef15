package dev.freshet.server;

import dev.freshet.hub.access.AccessPolicy;
import dev.freshet.server.auth.Authenticator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole server on a free port, with few threads. */
final class RunningServer implements AutoCloseable {
    private final HubServer server;

    private RunningServer(HubServer server) {
        this.server = server;
    }

    /** Starts a server with settings in pairs: key, value, key, value, .. */
    static RunningServer with(String... settings) throws IOException {
        return new RunningServer(HubServer.start(config(settings)));
    }

    /** Starts a server that asks who somebody is, and what they may. */
    static RunningServer withRights(Authenticator authenticator, AccessPolicy policy) throws IOException {
        return new RunningServer(HubServer.start(config(), authenticator, policy));
    }

    static ServerConfig config(String... settings) {
        Map<String, String> flags =
                new HashMap<>(Map.of("http.port", "0", "http.loops", "2", "window.max-bytes", "64 MiB"));
        for (int i = 0; i < settings.length; i += 2) {
            flags.put(settings[i], settings[i + 1]);
        }
        return ServerConfig.load(Optional.empty(), Map.of(), flags);
    }

    HubServer server() {
        return server;
    }

    Wire connect() throws IOException {
        return new Wire(server.address());
    }

    /** One request on a connection of its own. */
    Reply ask(String method, String target, String body, String... fields) throws IOException {
        try (Wire wire = connect()) {
            return wire.request(method, target, body, fields).reply();
        }
    }

    Reply get(String target, String... fields) throws IOException {
        return ask("GET", target, "", fields);
    }

    Reply post(String target, String body, String... fields) throws IOException {
        return ask("POST", target, body, fields);
    }

    Reply postAs(String contentType, String body) throws IOException {
        return post("/events", body, "Content-Type: " + contentType);
    }

    /** Publishes one event and returns its id. */
    String publish(String topic, String data) throws IOException {
        return post("/events/" + topic, data).id();
    }

    Streaming subscribe(String target, String... fields) throws IOException {
        return new Streaming(connect().request("GET", target, "", fields));
    }

    List<String> publishAll(String topic, String... data) throws IOException {
        String[] ids = new String[data.length];
        for (int i = 0; i < data.length; i++) {
            ids[i] = publish(topic, data[i]);
        }
        return List.of(ids);
    }

    @Override
    public void close() {
        server.close();
    }
}
