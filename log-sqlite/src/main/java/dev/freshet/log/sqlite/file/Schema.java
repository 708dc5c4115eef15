package dev.freshet.log.sqlite.file;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, and how a file of an older version is brought up to date. {@code docs/guide/durable-log.md} explains them.
 *
 * <p>{@code user_version} counts the migrations that a file has had; {@code application_id} says that it is a log at all.
 */
final class Schema {
    private static final int APPLICATION_ID = 0x46525348; // FRSH

    private static final List<String> FIRST = List.of(
            """
            CREATE TABLE log (
              id       INTEGER PRIMARY KEY CHECK (id = 1),
              epoch    TEXT    NOT NULL, -- first part of every id; made by chance when the log was made
              earliest INTEGER NOT NULL, -- everything before this position is gone
              head     INTEGER NOT NULL, -- the position that the next event will have
              time_ms  INTEGER NOT NULL  -- time of the newest event, milliseconds since 1970
            ) STRICT""",
            """
            CREATE TABLE event (
              position   INTEGER PRIMARY KEY, -- place in the log; the id on the wire has it in base 36
              time_ms    INTEGER NOT NULL,    -- milliseconds since 1970; never less than that of the event before
              expires_ms INTEGER,             -- from then on it is not replayed
              id         TEXT,                -- the id that its publisher gave it
              type       TEXT,                -- null for "message"
              retry_ms   INTEGER,
              private    INTEGER NOT NULL,
              topics     TEXT    NOT NULL,    -- all names, each on a line
              data       TEXT    NOT NULL
            ) STRICT""",
            "CREATE INDEX event_expiry ON event (expires_ms) WHERE expires_ms IS NOT NULL",
            """
            CREATE TABLE topic (
              id   INTEGER PRIMARY KEY,
              name TEXT    NOT NULL UNIQUE
            ) STRICT""",
            """
            CREATE TABLE event_topic (
              topic    INTEGER NOT NULL,
              position INTEGER NOT NULL,
              PRIMARY KEY (topic, position)
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE publisher_id (
              id    TEXT    PRIMARY KEY,
              first INTEGER NOT NULL, -- position of the first event that had it
              last  INTEGER NOT NULL  -- position of the last one
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX publisher_id_last ON publisher_id (last)",
            """
            CREATE TABLE idempotency_key (
              number      INTEGER PRIMARY KEY,  -- in the order of their use
              key         TEXT    NOT NULL UNIQUE,
              first       INTEGER NOT NULL,     -- position of the first event that was published with it
              fingerprint INTEGER NOT NULL,     -- of what was published
              time_ms     INTEGER NOT NULL
            ) STRICT""",
            """
            CREATE TABLE thinned (
              rule  TEXT    PRIMARY KEY, -- selector of a retention rule
              up_to INTEGER NOT NULL     -- highest position of an event that it has removed
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE VIEW readable AS
              SELECT position,
                     strftime('%Y-%m-%dT%H:%M:%fZ', time_ms / 1000.0, 'unixepoch') AS time,
                     replace(topics, char(10), ' ') AS topics,
                     coalesce(type, 'message') AS type,
                     coalesce(id, (SELECT epoch FROM log) || ' ' || position) AS id,
                     data
              FROM event""",
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = 1");

    /** One list of statements for each version. */
    private static final List<List<String>> MIGRATIONS = List.of(FIRST);

    private Schema() {}

    /** Leaves no transaction open. */
    static void bringUpToDate(Connection connection) throws SQLException {
        int version = requireOurs(connection);
        for (List<String> migration : MIGRATIONS.subList(version, MIGRATIONS.size())) {
            for (String sql : migration) {
                Database.execute(connection, sql);
            }
        }
        if (version == 0) {
            insertLog(connection);
        }
        connection.commit();
    }

    /** Whoever only reads makes nothing: what is no log yet is none. */
    static void requireLog(Connection connection) throws SQLException {
        if (requireOurs(connection) == 0) {
            throw new SQLException("not a log: it is empty (expected: a file that freshet made)");
        }
    }

    /** Nothing is done to what is another program's; returns the version, 0 for an empty file. */
    static int requireOurs(Connection connection) throws SQLException {
        int version = number(connection, "PRAGMA user_version");
        int applicationId = number(connection, "PRAGMA application_id");
        boolean isNew = version == 0 && number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (applicationId != APPLICATION_ID && !isNew) {
            throw new SQLException("not a log: it is another program's database (expected: a file that freshet made)");
        }
        if (version > MIGRATIONS.size()) {
            throw new SQLException("version " + version + " of the log's tables (expected: at most " + MIGRATIONS.size()
                    + "; a newer freshet has written it)");
        }
        return version;
    }

    private static void insertLog(Connection connection) throws SQLException {
        String epoch = Long.toString(new SecureRandom().nextLong(1L << 36), 36);
        new Statements(connection).update("INSERT INTO log VALUES (1, ?, 1, 1, 0)", epoch);
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
