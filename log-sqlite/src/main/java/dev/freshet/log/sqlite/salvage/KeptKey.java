package dev.freshet.log.sqlite.salvage;

import dev.freshet.log.sqlite.file.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * An idempotency key that a log remembers. Immutable.
 *
 * @param number the order of use
 * @param key the key
 * @param first the offset of the first event that was published with it
 * @param fingerprint of what was published
 * @param timeMs when it was used, in milliseconds since 1970
 */
record KeptKey(long number, String key, long first, long fingerprint, long timeMs) {
    static List<KeptKey> read(Statements from, TableSalvage.Range range, int max) throws SQLException {
        String sql = """
                SELECT number, key, first, fingerprint, time_ms FROM idempotency_key NOT INDEXED
                WHERE number >= ? AND number < ? ORDER BY number LIMIT ?""";
        List<KeptKey> keys = new ArrayList<>();
        try (ResultSet row = from.query(sql, range.first(), range.end(), max)) {
            while (row.next()) {
                keys.add(new KeptKey(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
        return keys;
    }

    void writeTo(Statements to) throws SQLException {
        to.update(
                "INSERT OR IGNORE INTO idempotency_key VALUES (?, ?, ?, ?, ?)",
                number,
                key,
                first,
                fingerprint,
                timeMs);
    }
}
