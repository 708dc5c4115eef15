package dev.freshet.log.sqlite.upkeep;

import dev.freshet.log.sqlite.store.Database;
import dev.freshet.log.sqlite.store.LogRow;
import dev.freshet.log.sqlite.store.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for what is wrong with a log. Confined to its connection's thread. */
final class Inspection {
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_NOTADB = 26;

    private final Statements statements;
    private final List<String> findings = new ArrayList<>();

    Inspection(Statements statements) {
        this.statements = statements;
    }

    /** A file that SQLite calls damaged is a finding; that it cannot be looked at is none. */
    static List<String> damage(SQLException failure) throws SQLException {
        int kind = Database.code(failure) & 0xff;
        if (kind != SQLITE_CORRUPT && kind != SQLITE_NOTADB) {
            throw failure;
        }
        return List.of(Database.words(failure));
    }

    List<String> findings() throws SQLException {
        try (ResultSet rows = statements.query("PRAGMA integrity_check(100)")) {
            while (rows.next()) {
                findings.add(rows.getString(1).replace('\n', ' '));
            }
        }
        findings.remove("ok");
        if (findings.isEmpty()) {
            checkAgreement(LogRow.read(statements));
        }
        return findings;
    }

    private void checkAgreement(LogRow log) throws SQLException {
        for (Map.Entry<String, String> count : counts(log).entrySet()) {
            long number = statements.number(count.getValue()).orElse(0);
            if (number > 0) {
                findings.add(number + " " + count.getKey() + " (expected: none)");
            }
        }
    }

    private static Map<String, String> counts(LogRow log) {
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put(
                "events at the head of the log or behind it",
                "SELECT count(*) FROM event WHERE position >= " + log.head());
        counts.put("events before the earliest one", "SELECT count(*) FROM event WHERE position < " + log.earliest());
        counts.put("entries of the index by topics without an event", """
                SELECT count(*) FROM event_topic t
                WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.position = t.position)""");
        counts.put("entries of the index by topics without a topic", """
                SELECT count(*) FROM event_topic t WHERE NOT EXISTS (SELECT 1 FROM topic WHERE topic.id = t.topic)""");
        counts.put("events that the index by topics does not have", """
                SELECT count(*) FROM event e
                WHERE NOT EXISTS (
                  SELECT 1 FROM topic t JOIN event_topic i ON i.topic = t.id AND i.position = e.position
                  WHERE t.name = CASE instr(e.topics, char(10)) WHEN 0 THEN e.topics
                    ELSE substr(e.topics, 1, instr(e.topics, char(10)) - 1) END)""");
        counts.put("events with a time before that of the event before", """
                SELECT count(*) FROM (SELECT time_ms, lag(time_ms) OVER (ORDER BY position) AS before FROM event)
                WHERE time_ms < before""");
        return counts;
    }
}
