package dev.freshet.log.sqlite.upkeep;

import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.LogDirectory;
import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.file.Space;
import dev.freshet.log.sqlite.file.SqliteFailure;
import dev.freshet.log.sqlite.file.Standstill;
import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.salvage.LogRepair;
import dev.freshet.log.sqlite.store.LogRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A log as a file, for those who look after it. Confined to one thread; everything blocks.
 *
 * <p>What only reads may be used while a hub runs on the log; what writes needs it alone, and says so. Every message of an
 * {@link IOException} is for the user.
 */
public final class LogFile {
    private final Path directory;
    private final Database database;

    private LogFile(Path directory) {
        this.directory = directory;
        this.database = new Database(directory);
    }

    /**
     * Finds the log in a directory, or what is left of one.
     *
     * @param directory the directory
     * @return the log
     * @throws IOException if there is none
     */
    public static LogFile in(Path directory) throws IOException {
        LogFile log = new LogFile(directory);
        Path file = log.database.file();
        if (!Files.isDirectory(directory)) {
            throw new IOException("log: " + directory + " is no directory (expected: the one that serve --data has)");
        }
        if (!Files.isRegularFile(file) && Files.notExists(log.database.walFile())) {
            throw new IOException("log: " + directory + " has no log in it (expected: a directory with "
                    + file.getFileName() + ", such as serve --data makes)");
        }
        return log;
    }

    /**
     * Says what the log holds, at one moment. Reads only.
     *
     * @return what is known of it
     * @throws IOException if it cannot be read
     */
    public LogInfo info() throws IOException {
        return explained(() -> {
            database.loadLibrary();
            try (Connection connection = snapshot()) {
                return info(new Statements(connection));
            }
        });
    }

    private LogInfo info(Statements statements) throws SQLException, IOException {
        LogRow log = LogRow.read(statements);
        return new LogInfo(
                log.epoch(),
                (int) number(statements, "PRAGMA user_version"),
                log.earliest(),
                log.head(),
                number(statements, "SELECT count(*) FROM event"),
                number(statements, "SELECT count(*) FROM topic"),
                number(statements, "SELECT time_ms FROM event ORDER BY position LIMIT 1"),
                log.timeMs(),
                new Space(statements).usedBytes(),
                sizeBytes(database.file()),
                sizeBytes(database.walFile()));
    }

    /**
     * Looks whether the file is sound: its pages, and that what finds events and the events agree, at one moment. Reads
     * only; while it does, the write-ahead log of a hub that runs on the log grows.
     *
     * @return what is wrong, at most a hundred findings; empty if nothing is
     * @throws IOException if it is locked, no log at all, or of a newer version
     */
    public List<String> check() throws IOException {
        return explained(() -> {
            database.loadLibrary();
            try (Connection connection = snapshot()) {
                return new Inspection(new Statements(connection)).findings();
            } catch (SQLException e) {
                return Inspection.ofWhatCannotBeOpened(database.file(), e);
            }
        });
    }

    /**
     * Begins to hand out the events, also while a hub runs on the log.
     *
     * @param selectors which topics' events are wanted; none for all events
     * @return the export, at the oldest event
     * @throws IOException if the log cannot be read
     */
    public LogExport export(List<TopicSelector> selectors) throws IOException {
        return explained(() -> LogExport.open(directory, selectors));
    }

    /**
     * Returns how large the file is.
     *
     * @return bytes, without the write-ahead log; 0 if it is empty, or that one alone is left
     * @throws IOException if it cannot be looked at
     */
    public long sizeBytes() throws IOException {
        return sizeBytes(database.file());
    }

    /**
     * Writes the file anew without what is free in it. Needs the log alone, as much room again for temporary files (where
     * {@code SQLITE_TMPDIR} or {@code TMPDIR} say, else in {@code /var/tmp}), and as much again beside the file.
     *
     * @return the size of the file now, in bytes
     * @throws IOException if a hub is running on it, or it fails; the log is then as it was
     */
    public long compact() throws IOException {
        return alone(() -> {
            snapshot().close(); // Or it is no log.
            Standstill untilWritten = database.standstill();
            try (untilWritten) {
                upkeep("VACUUM");
            } catch (SQLException e) {
                throw SqliteFailure.kind(e) == SqliteFailure.FULL ? onFull(e) : e;
            }
            giveBack();
            return sizeBytes();
        });
    }

    private SQLException onFull(SQLException failure) throws IOException {
        try {
            giveBack();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        return noRoomForCopy(failure);
    }

    /** What a copy has left in the write-ahead log, whole or not, takes room beside the file. */
    private void giveBack() throws SQLException {
        upkeep("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private void upkeep(String sql) throws SQLException {
        try (Connection connection = database.openForUpkeep()) {
            Database.execute(connection, sql);
        }
    }

    private SQLException noRoomForCopy(SQLException failure) throws IOException {
        long mebibytes = 1 + (sizeBytes() >> 20);
        return new SQLException(
                "no room for a copy (expected: " + mebibytes
                        + " MiB in the folder that SQLITE_TMPDIR or TMPDIR names, else in"
                        + " /var/tmp, and as much beside the file)",
                failure);
    }

    /**
     * Saves what can be read of a damaged log into a new one that takes its place; the old file is kept beside it. Needs the
     * log alone, and as much room again.
     *
     * @param progress is told how far it has come
     * @return what was saved and what was not
     * @throws IOException if a hub is running on it, nothing of it can be read, or the new one cannot be written; the log is
     *     then as it was
     */
    public LogRepair.Report repair(LogRepair.Progress progress) throws IOException {
        return alone(() -> new LogRepair(database, progress).run());
    }

    private Connection snapshot() throws SQLException {
        Connection connection = database.openLog();
        connection.setAutoCommit(false);
        return connection;
    }

    private static long number(Statements statements, String sql) throws SQLException {
        return statements.number(sql).orElse(0);
    }

    private static long sizeBytes(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private <T> T alone(Task<T> task) throws IOException {
        LogDirectory held = LogDirectory.open(directory);
        try (held) {
            return explained(() -> {
                database.loadLibrary();
                return task.run();
            });
        }
    }

    private <T> T explained(Task<T> task) throws IOException {
        try {
            return task.run();
        } catch (SQLException e) {
            throw LogDirectory.explain(directory, e);
        }
    }

    private interface Task<T> {
        T run() throws SQLException, IOException;
    }
}
