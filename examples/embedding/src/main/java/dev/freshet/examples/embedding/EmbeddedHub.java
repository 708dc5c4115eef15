package dev.freshet.examples.embedding;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A program that has accounts, and tells each what is new with it, and nobody else. Try it:
 *
 * <pre>
 * curl -N -H 'Authorization: Bearer ada-secret' localhost:8080/events/accounts/ada/balance?last=1
 * </pre>
 */
public final class EmbeddedHub {
    private EmbeddedHub() {}

    /**
     * Serves until the process is stopped.
     *
     * @param arguments the port; 8080 without one
     * @throws Exception if the port is none, or taken
     */
    public static void main(String... arguments) throws Exception {
        HubServer server = start(settings(arguments), Map.of("ada-secret", "ada", "bob-secret", "bob"));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        tellBalance(server, "ada", 12);
        System.out.println("The hub is at " + server.address());
        new CountDownLatch(1).await();
    }

    static Map<String, String> settings(String... arguments) {
        return Map.of("http.port", arguments.length == 0 ? "8080" : arguments[0]);
    }

    /** The shortest form: no rights, so that everybody may publish and read. */
    static void publishToAll() throws IOException {
        ServerConfig config = ServerConfig.load(Optional.empty(), Map.of(), Map.of("http.port", "0"));
        try (HubServer server = HubServer.start(config)) {
            Publication paid = Publication.of(new Topic("orders/42"), ServerSentEvent.of("paid"));
            String id = server.hub().publish(paid).join().ids().get(0);
            System.out.println(server.address() + " has " + id);
        }
    }

    static HubServer start(Map<String, String> settings, Map<String, String> accountsByToken) throws IOException {
        ServerConfig config = ServerConfig.load(Optional.empty(), Map.of(), settings);
        return HubServer.start(config, new TokenAuthenticator(accountsByToken), new AccountPolicy());
    }

    /** The event is private: only who was granted this topic gets it. */
    static void tellBalance(HubServer server, String account, int balance) {
        Topic topic = new Topic("accounts/" + account + "/balance");
        ServerSentEvent event = ServerSentEvent.of(String.valueOf(balance));
        server.hub().publish(new Publication(event, List.of(topic), true)).join();
    }
}
