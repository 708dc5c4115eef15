package dev.freshet.server;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.durable.DurableLogProvider;
import dev.freshet.hub.log.memory.MemoryLog;
import dev.freshet.hub.observe.HubObserver;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ServiceLoader;

/** Where the events of a server live: in memory, or in a directory if there is one. */
final class LogChoice {
    private LogChoice() {}

    /** Opens the log. Blocks. */
    static EventLog open(ServerConfig config, HubObserver observer) throws IOException {
        InstantSource clock = InstantSource.system();
        if (config.durable().isEmpty()) {
            return new MemoryLog(epoch(new SecureRandom()), config.log(), clock, observer);
        }
        DurableLogProvider provider = ServiceLoader.load(DurableLogProvider.class)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "log.data: no durable log on the class path (expected: freshet-log-sqlite, for example)"));
        return provider.open(config.durable().get(), clock, observer);
    }

    /** A log in memory begins anew with each process; chance tells its positions from those of the last one. */
    private static String epoch(SecureRandom random) {
        return Long.toString(random.nextLong(1L << 36), 36);
    }
}
