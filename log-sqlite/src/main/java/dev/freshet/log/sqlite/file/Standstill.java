package dev.freshet.log.sqlite.file;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * As long as it lasts, no connection that is closed moves the write-ahead log into the file: SQLite leaves that to the last
 * one, which is this, and this one may not write. So what fails to open a log leaves it as it was. Confined to one thread.
 *
 * <p>Where there is no write-ahead log there is nothing to move, and nothing is opened.
 */
public final class Standstill implements AutoCloseable {
    private final Optional<Connection> last;

    private Standstill(Optional<Connection> last) {
        this.last = last;
    }

    static Standstill of(Database database) throws SQLException {
        boolean hasWal = Files.exists(database.file()) && Files.exists(database.walFile());
        return new Standstill(hasWal ? Optional.of(database.openLog()) : Optional.empty());
    }

    @Override
    public void close() throws SQLException {
        if (last.isPresent()) {
            last.get().close();
        }
    }
}
