package dev.freshet.system.durable;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Events that live for a moment only, so that there is always something to remove from the log. */
final class PassingNoise {
    /** What its data begins with. */
    static final String LABEL = "noise";

    private static final String LINE = "{\"topic\":\"noise\",\"ttl\":\"PT0.05S\",\"data\":\"noise\"}";

    private final HubClient client;

    PassingNoise(URI hub) {
        client = new HubClient(hub);
    }

    /** Publishes some, if there is a hub. */
    void make() {
        String lines = (LINE + "\n").repeat(50).strip();
        client.publish(new Post("/events", "application/x-ndjson", Optional.empty(), lines, List.of()));
    }
}
