package dev.freshet.log.sqlite.store;

import dev.freshet.log.sqlite.file.Statements;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * Where the ids that publishers brought stand in the log. Confined to its connection's thread.
 *
 * <p>An id that was used several times is remembered with its first place, for as long as one of them is retained, and with
 * the last, which tells how long that is. So an id whose first place is gone counts as unknown: nobody can say which of the
 * others was meant.
 */
final class PublisherIdTable {
    private static final String ADD = """
            INSERT INTO publisher_id (id, first, last) VALUES (?1, ?2, ?2)
            ON CONFLICT (id) DO UPDATE SET
              last = max(last, ?2), first = CASE WHEN last < ?3 THEN ?2 ELSE min(first, ?2) END""";

    private final Statements statements;

    PublisherIdTable(Statements statements) {
        this.statements = statements;
    }

    void add(String id, long position, long earliest) throws SQLException {
        statements.update(ADD, id, position, earliest);
    }

    OptionalLong find(String id, long earliest) throws SQLException {
        return statements.number("SELECT first FROM publisher_id WHERE id = ? AND first >= ?", id, earliest);
    }

    /** Forgets the ids that no retained event has. */
    void forgetBefore(long earliest) throws SQLException {
        statements.update("DELETE FROM publisher_id WHERE last < ?", earliest);
    }
}
