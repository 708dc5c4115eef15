package dev.freshet.log.sqlite;

import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.hub.log.durable.DurableLogProvider;
import dev.freshet.hub.observe.HubObserver;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Opens logs that lie in a SQLite file. Thread-safe. */
public final class SqliteLogProvider implements DurableLogProvider {
    private final LongSupplier nanoTime;

    /** Called by {@link java.util.ServiceLoader}. */
    public SqliteLogProvider() {
        this(System::nanoTime);
    }

    SqliteLogProvider(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public DurableLog open(DurableLogOptions options, InstantSource clock, HubObserver observer) throws IOException {
        LogDirectory directory = LogDirectory.open(options.directory());
        try {
            return SqliteLog.open(new LogWriter.Context(directory, options, clock, nanoTime, observer));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }
}
