package dev.freshet.log.sqlite;

import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.log.sqlite.store.Database;
import dev.freshet.log.sqlite.store.EventReader;
import dev.freshet.log.sqlite.store.LogRow;
import dev.freshet.log.sqlite.store.Space;
import dev.freshet.log.sqlite.store.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A log as a file, for those who look after it. Confined to one thread; everything blocks.
 *
 * <p>What only reads may be used while a hub runs on the log; what writes needs it alone, and says so. Every message of an
 * {@link IOException} is for the user.
 */
public final class LogFile {
    private static final int EVENTS_AT_ONCE = 1000;

    private final Path directory;
    private final Database database;

    private LogFile(Path directory) {
        this.directory = directory;
        this.database = new Database(directory);
    }

    /**
     * Finds the log in a directory.
     *
     * @param directory the directory
     * @return the log
     * @throws IOException if there is none
     */
    public static LogFile in(Path directory) throws IOException {
        LogFile log = new LogFile(directory);
        if (!Files.isRegularFile(log.database.file())) {
            throw new IOException("log: " + directory + " holds none (expected: a directory with "
                    + log.database.file().getFileName() + ")");
        }
        return log;
    }

    /** Is told how far long work has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Some of it is done.
         *
         * @param done how much
         * @param total of how much
         */
        void at(long done, long total);
    }

    /** Takes events. */
    @FunctionalInterface
    public interface Target {
        /**
         * Takes an event.
         *
         * @param event the event
         * @throws IOException if it cannot
         */
        void accept(LoggedEvent event) throws IOException;
    }

    /**
     * Says what the log holds. Reads only.
     *
     * @return what is known of it
     * @throws IOException if it cannot be read
     */
    public LogInfo info() throws IOException {
        return reading(statements -> {
            LogRow log = LogRow.read(statements);
            return new LogInfo(
                    log.epoch(),
                    log.earliest(),
                    log.head(),
                    number(statements, "SELECT count(*) FROM event"),
                    number(statements, "SELECT count(*) FROM topic"),
                    number(statements, "SELECT time_ms FROM event ORDER BY position LIMIT 1"),
                    log.timeMs(),
                    new Space(statements).usedBytes(),
                    Files.size(database.file()));
        });
    }

    /**
     * Looks whether the file is sound: its pages, and that what finds events and the events agree. Reads only.
     *
     * @return what is wrong, at most a hundred findings; empty if nothing is
     * @throws IOException if it cannot be read at all
     */
    public List<String> check() throws IOException {
        return reading(statements -> {
            List<String> findings = new ArrayList<>();
            try {
                checkPages(statements, findings);
            } catch (SQLException e) {
                findings.add(String.valueOf(e.getMessage()));
            }
            return findings;
        });
    }

    private static void checkPages(Statements statements, List<String> findings) throws SQLException {
        try (ResultSet rows = statements.query("PRAGMA integrity_check(100)")) {
            while (rows.next()) {
                findings.add(rows.getString(1));
            }
        }
        findings.remove("ok");
        if (findings.isEmpty()) {
            checkAgreement(statements, findings);
        }
    }

    /**
     * Hands out events in order, as they are at the time when it comes to each. Reads only.
     *
     * @param from the offset of the first event; 1 for all
     * @param target takes them
     * @param progress is told how far it has come
     * @return the offset from which it can be gone on with later
     * @throws IOException if they cannot be read, or the target throws
     */
    public long export(long from, Target target, Progress progress) throws IOException {
        return reading(statements -> {
            LogRow log = LogRow.read(statements);
            EventReader reader = new EventReader(statements, log.epoch());
            long next = Math.max(from, log.earliest());
            for (List<LoggedEvent> some = reader.events(next, Long.MAX_VALUE, EVENTS_AT_ONCE);
                    !some.isEmpty();
                    some = reader.events(next, Long.MAX_VALUE, EVENTS_AT_ONCE)) {
                for (LoggedEvent event : some) {
                    target.accept(event);
                }
                next = some.get(some.size() - 1).offset() + 1;
                progress.at(next - log.earliest(), Math.max(next, log.head()) - log.earliest());
            }
            return Math.max(next, Math.min(from, log.head()));
        });
    }

    /**
     * Writes the file anew without what is free in it. Needs the log alone, and as much room again.
     *
     * @return the size of the file now, in bytes
     * @throws IOException if a hub is running on it, or it fails; the log is then as it was
     */
    public long compact() throws IOException {
        return alone(() -> {
            try (Connection connection = database.openForUpkeep()) {
                Database.execute(connection, "VACUUM");
                Database.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
            return Files.size(database.file());
        });
    }

    /**
     * Saves what can be read of a damaged log into a new one that takes its place; the old file is kept beside it. Needs the
     * log alone.
     *
     * @param progress is told how far it has come
     * @return what was saved and what was not
     * @throws IOException if a hub is running on it, or the new one cannot be written
     */
    public LogRepair.Report repair(Progress progress) throws IOException {
        return alone(() -> new LogRepair(database, progress).run());
    }

    private static void checkAgreement(Statements statements, List<String> findings) throws SQLException {
        LogRow log = LogRow.read(statements);
        note(
                findings,
                "events at the head of the log or behind it",
                number(statements, "SELECT count(*) FROM event WHERE position >= " + log.head()));
        note(
                findings,
                "events before the earliest one",
                number(statements, "SELECT count(*) FROM event WHERE position < " + log.earliest()));
        note(
                findings,
                "entries of the index by topics without an event",
                number(
                        statements,
                        "SELECT count(*) FROM event_topic t WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.position = t.position)"));
        note(
                findings,
                "entries of the index by topics without a topic",
                number(
                        statements,
                        "SELECT count(*) FROM event_topic t WHERE NOT EXISTS (SELECT 1 FROM topic WHERE topic.id = t.topic)"));
        note(
                findings,
                "events with a time before that of the event before",
                number(
                        statements,
                        "SELECT count(*) FROM (SELECT time_ms, lag(time_ms) OVER (ORDER BY position) AS before FROM event)"
                                + " WHERE time_ms < before"));
    }

    private static void note(List<String> findings, String what, long count) {
        if (count > 0) {
            findings.add(count + " " + what + " (expected: none)");
        }
    }

    private static long number(Statements statements, String sql) throws SQLException {
        return statements.number(sql).orElse(0);
    }

    private <T> T reading(Work<Statements, T> work) throws IOException {
        return explained(() -> {
            database.loadLibrary();
            try (Connection connection = database.openReader()) {
                return work.on(new Statements(connection));
            }
        });
    }

    private <T> T alone(Task<T> task) throws IOException {
        LogDirectory held = LogDirectory.open(directory);
        try {
            return explained(() -> {
                database.loadLibrary();
                return task.run();
            });
        } finally {
            held.close();
        }
    }

    private <T> T explained(Task<T> task) throws IOException {
        try {
            return task.run();
        } catch (SQLException e) {
            throw LogDirectory.explain(directory, e);
        }
    }

    private interface Work<A, T> {
        T on(A argument) throws SQLException, IOException;
    }

    private interface Task<T> {
        T run() throws SQLException, IOException;
    }
}
