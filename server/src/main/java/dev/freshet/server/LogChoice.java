package dev.freshet.server;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.hub.log.durable.DurableLogProvider;
import dev.freshet.hub.log.durable.History;
import dev.freshet.hub.log.memory.MemoryLog;
import dev.freshet.hub.observe.HubObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the events of a server live: in memory, or in a directory if there is one. */
final class LogChoice {
    private static final Logger LOG = LoggerFactory.getLogger(LogChoice.class);

    private LogChoice() {}

    /** Opens the log. Blocks. */
    static EventLog open(ServerConfig config, HubObserver observer) throws IOException {
        return config.durable().isEmpty()
                ? inMemory(config, observer)
                : durable(config.durable().get(), observer);
    }

    private static EventLog inMemory(ServerConfig config, HubObserver observer) {
        LOG.info("The log is in memory and ends with the process");
        return new MemoryLog(epoch(new SecureRandom()), config.log(), InstantSource.system(), observer);
    }

    private static EventLog durable(DurableLogOptions options, HubObserver observer) throws IOException {
        DurableLogProvider provider = ServiceLoader.load(DurableLogProvider.class)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "log.data: no durable log on the class path (expected: freshet-log-sqlite, for example)"));
        DurableLog log = provider.open(options, InstantSource.system(), observer);
        if (LOG.isInfoEnabled()) {
            tell(options.directory(), log.history());
        }
        return log;
    }

    /** Offsets count all events there ever were; rules for topics may have removed some of those between. */
    @SuppressWarnings("FutureReturnValueIgnored") // It is for the reader of the server's log alone.
    private static void tell(Path directory, History history) {
        history.firstOffsetSince(Long.MAX_VALUE)
                .thenAccept(next -> LOG.info(
                        "The log in {} is open: at most {} events are retained of {} that there were",
                        directory.toAbsolutePath(),
                        next - history.earliest(),
                        next - 1));
    }

    /** A log in memory begins anew with each process; chance tells its positions from those of the last one. */
    private static String epoch(SecureRandom random) {
        return Long.toString(random.nextLong(1L << 36), 36);
    }
}
