package dev.freshet.log.sqlite.upkeep;

import dev.freshet.log.sqlite.file.SqliteFailure;
import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.store.LogRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for what is wrong with a log. Confined to its connection's thread. */
final class Inspection {
    private static final Set<String> NO_FINDINGS = Set.of("ok", "*** in database main ***");
    private static final int HEADER_BYTES = 100;
    private static final int AT_PAGE_SIZE = 16;
    private static final int AT_PAGES = 28;
    private static final int MIN_PAGE_BYTES = 512;

    private final Statements statements;
    private final Set<String> findings = new LinkedHashSet<>();

    Inspection(Statements statements) {
        this.statements = statements;
    }

    /** A file that SQLite calls damaged is a finding; that it cannot be looked at is none. */
    static String damage(SQLException failure) throws SQLException {
        if (!SqliteFailure.isDamage(failure)) {
            throw failure;
        }
        return SqliteFailure.words(failure);
    }

    /** What is wrong with a file that SQLite does not even open. */
    static List<String> ofWhatCannotBeOpened(Path file, SQLException failure) throws SQLException, IOException {
        String damage = damage(failure);
        boolean hasHeader = SqliteFailure.kind(failure) != SqliteFailure.NOT_A_DATABASE && Files.exists(file);
        return List.of(hasHeader ? missingPages(file).orElse(damage) : damage);
    }

    /** The header of the file says how many pages of which size it has (https://www.sqlite.org/fileformat2.html, 1.3). */
    private static Optional<String> missingPages(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(in.readNBytes(HEADER_BYTES), HEADER_BYTES));
            int pageBytes = Math.max(MIN_PAGE_BYTES, header.getShort(AT_PAGE_SIZE) & 0xffff);
            long pages = Integer.toUnsignedLong(header.getInt(AT_PAGES));
            long whole = Files.size(file) / pageBytes;
            return whole < pages
                    ? Optional.of("the file ends before the end of its page " + (whole + 1) + " (expected: " + pages
                            + " pages)")
                    : Optional.empty();
        }
    }

    List<String> findings() throws SQLException {
        try (ResultSet rows = statements.query("PRAGMA integrity_check(100)")) {
            while (rows.next()) {
                rows.getString(1)
                        .lines()
                        .filter(line -> !NO_FINDINGS.contains(line))
                        .forEach(findings::add);
            }
        } catch (SQLException e) {
            String damage = damage(e);
            if (findings.isEmpty()) {
                findings.add(damage);
            }
        }
        if (findings.isEmpty()) {
            checkAgreement(LogRow.read(statements));
        }
        return List.copyOf(findings);
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
