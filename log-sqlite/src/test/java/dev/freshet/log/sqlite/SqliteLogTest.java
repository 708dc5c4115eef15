package dev.freshet.log.sqlite;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.durable.DurableLogOptions;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.testing.EventLogContract;
import dev.freshet.log.sqlite.file.Database;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.io.TempDir;

class SqliteLogTest extends EventLogContract {
    @TempDir
    private Path directory;

    @Override
    protected EventLog create(Asked asked) throws Exception {
        try (Connection connection = new Database(directory).openWriter()) {
            Database.execute(connection, "UPDATE log SET epoch = '" + EPOCH + "'");
            connection.commit();
        }
        DurableLogOptions options = new DurableLogOptions(
                directory,
                asked.maxWaiting(),
                asked.maxWaitingBytes(),
                64,
                new DurableLogOptions.Keys(asked.maxKeys(), asked.keyRetention()),
                Retention.FOR_EVER);
        return new SqliteLogProvider().open(options, asked.clock(), HubObserver.NONE);
    }
}
