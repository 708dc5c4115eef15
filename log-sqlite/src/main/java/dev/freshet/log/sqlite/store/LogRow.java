package dev.freshet.log.sqlite.store;

import dev.freshet.log.sqlite.file.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What is known of the log as a whole. Immutable.
 *
 * @param epoch the log's incarnation
 * @param earliest everything before this offset is gone
 * @param head the offset of the next event
 * @param timeMs the time of the newest event
 */
public record LogRow(String epoch, long earliest, long head, long timeMs) {
    /**
     * Reads it.
     *
     * @param statements of a connection
     * @return the row
     * @throws SQLException if it cannot be read, or is not there
     */
    public static LogRow read(Statements statements) throws SQLException {
        try (ResultSet rows = statements.query("SELECT epoch, earliest, head, time_ms FROM log")) {
            if (!rows.next()) {
                throw new SQLException("the table log is empty (expected: one row)");
            }
            return new LogRow(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
        }
    }
}
