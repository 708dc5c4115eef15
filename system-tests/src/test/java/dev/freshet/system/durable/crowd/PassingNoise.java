package dev.freshet.system.durable.crowd;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Events that live for a moment only, so that there is always something to remove from the log. */
public final class PassingNoise {
    /** What its data begins with. */
    public static final String LABEL = "noise";

    private static final String LINE = "{\"topic\":\"noise\",\"ttl\":\"PT0.05S\",\"data\":\"noise\"}";

    private final HubClient client;

    public PassingNoise(URI hub) {
        client = new HubClient(hub);
    }

    /** Publishes some, if there is a hub. */
    public void make() {
        String lines = (LINE + "\n").repeat(50).strip();
        client.publish(new Post("/events", "application/x-ndjson", Optional.empty(), lines, List.of()));
    }
}
