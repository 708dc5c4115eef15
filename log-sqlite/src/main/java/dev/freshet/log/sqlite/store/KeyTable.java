package dev.freshet.log.sqlite.store;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.log.durable.DurableLogOptions.Keys;
import dev.freshet.hub.publication.Fingerprint;
import dev.freshet.hub.publication.Publication;
import dev.freshet.log.sqlite.file.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where the batches that had an idempotency key begin in the log, bounded in number and time. Confined to its connection's
 * thread.
 *
 * <p>The receipt follows from the first offset and from the publications, which come again with the key. Of them a
 * fingerprint is kept, which tells a key that is used for something else.
 */
public final class KeyTable {
    private final Statements statements;
    private final Keys limits;

    /**
     * Creates what reads and writes the keys.
     *
     * @param statements of the writing connection
     * @param limits how many are kept, and how long
     */
    public KeyTable(Statements statements, Keys limits) {
        this.statements = statements;
        this.limits = limits;
    }

    /**
     * Finds a key.
     *
     * @param key the key
     * @param publications what comes with it now
     * @param nowMs milliseconds since 1970
     * @return the offset of the first event that was published with it; empty if it is not remembered
     * @throws AppendRefusedException if something else was published with it
     * @throws SQLException if the table cannot be read
     */
    public OptionalLong find(String key, List<Publication> publications, long nowMs) throws SQLException {
        String sql = "SELECT first, fingerprint FROM idempotency_key WHERE key = ? AND time_ms >= ?";
        try (ResultSet rows =
                statements.query(sql, key, nowMs - limits.retention().toMillis())) {
            if (!rows.next()) {
                return OptionalLong.empty();
            }
            if (rows.getLong(2) != Fingerprint.of(publications)) {
                throw new AppendRefusedException(
                        Cause.KEY_REUSED,
                        "Idempotency-Key: used before, for something else (expected: a new key for each thing to publish)");
            }
            return OptionalLong.of(rows.getLong(1));
        }
    }

    /**
     * Remembers a key, and forgets older ones that are too many.
     *
     * @param key the key
     * @param publications what was published with it
     * @param first the offset of the first event
     * @param nowMs milliseconds since 1970
     * @throws SQLException if the table cannot be written
     */
    public void remember(String key, List<Publication> publications, long first, long nowMs) throws SQLException {
        statements.update("DELETE FROM idempotency_key WHERE key = ?", key);
        statements.update(
                "INSERT INTO idempotency_key (key, first, fingerprint, time_ms) VALUES (?, ?, ?, ?)",
                key,
                first,
                Fingerprint.of(publications),
                nowMs);
        forgetOld(nowMs);
    }

    /** Numbers are given in order, and only the oldest go: the difference of two numbers bounds how many are between. */
    private void forgetOld(long nowMs) throws SQLException {
        statements.update("""
                DELETE FROM idempotency_key WHERE number IN (
                  SELECT number FROM idempotency_key WHERE number <= (SELECT max(number) FROM idempotency_key) - ?
                  ORDER BY number LIMIT 8)""", limits.max());
        statements.update("""
                DELETE FROM idempotency_key WHERE number IN (
                  SELECT number FROM (SELECT number, time_ms FROM idempotency_key ORDER BY number LIMIT 8)
                  WHERE time_ms < ?)""", nowMs - limits.retention().toMillis());
    }
}
