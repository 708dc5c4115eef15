package dev.freshet.log.sqlite;

import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.log.sqlite.store.Database;
import dev.freshet.log.sqlite.store.EventReader;
import dev.freshet.log.sqlite.store.EventTable;
import dev.freshet.log.sqlite.store.LogRow;
import dev.freshet.log.sqlite.store.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a damaged log event by event, and writes those that can be read into a new one. Confined to one thread.
 *
 * <p>Where reading fails, what is left is halved, again and again: so a bad page costs the events on it, and no others. The
 * new log notes how far events are missing, so that whoever resumes before that is told of a gap.
 */
public final class LogRepair {
    private static final int EVENTS_AT_ONCE = 500;
    private static final String EVERY_TOPIC = "*";

    private final Database damaged;
    private final LogFile.Progress progress;
    private long saved;
    private long lost;
    private long lastLost;

    LogRepair(Database damaged, LogFile.Progress progress) {
        this.damaged = damaged;
        this.progress = progress;
    }

    /**
     * What became of a log. Immutable.
     *
     * @param saved how many events are in the new log
     * @param lost how many places could not be read; some may have been empty before
     * @param isSameLog true if its name could be read: ids that were given before still mean the same
     * @param old where the damaged file is now
     */
    public record Report(long saved, long lost, boolean isSameLog, Path old) {}

    Report run() throws SQLException, IOException {
        Path fresh = Files.createDirectories(damaged.directory().resolve("repaired"));
        deleteFilesIn(fresh);
        Database repaired = new Database(fresh);
        boolean isSameLog = copyTo(repaired);
        Path old = putAside();
        Files.move(repaired.file(), damaged.file(), StandardCopyOption.ATOMIC_MOVE);
        deleteFilesIn(fresh);
        Files.delete(fresh);
        return new Report(saved, lost, isSameLog, old);
    }

    private boolean copyTo(Database repaired) throws SQLException {
        try (Connection from = damaged.openReader();
                Connection to = repaired.openWriter()) {
            Statements source = new Statements(from);
            Statements target = new Statements(to);
            Optional<LogRow> log = log(source);
            if (log.isPresent()) {
                target.update(
                        "UPDATE log SET epoch = ?, earliest = ?",
                        log.get().epoch(),
                        log.get().earliest());
            }
            long end = end(source, log);
            EventReader reader = new EventReader(source, LogRow.read(target).epoch());
            copy(reader, new EventTable(target), to, log.map(LogRow::earliest).orElse(1L), end);
            finish(target, end);
            to.commit();
            return log.isPresent();
        }
    }

    /** Tries a range as a whole, and where that fails its halves. */
    private void copy(EventReader from, EventTable to, Connection target, long first, long end) throws SQLException {
        long next = first;
        while (next < end) {
            List<LoggedEvent> some;
            try {
                some = from.events(next, end, EVENTS_AT_ONCE);
            } catch (SQLException | RuntimeException e) {
                halve(from, to, target, next, end);
                return;
            }
            if (some.isEmpty()) {
                return;
            }
            insert(some, to, target);
            next = some.get(some.size() - 1).offset() + 1;
            progress.at(next - 1, end - 1);
        }
    }

    private void halve(EventReader from, EventTable to, Connection target, long first, long end) throws SQLException {
        if (end - first == 1) {
            lost++;
            lastLost = first;
            return;
        }
        long middle = first + Math.min(EVENTS_AT_ONCE, (end - first) / 2);
        copy(from, to, target, first, middle);
        copy(from, to, target, middle, end);
    }

    private void insert(List<LoggedEvent> events, EventTable to, Connection target) throws SQLException {
        for (LoggedEvent event : events) {
            to.insert(event, 1);
            to.begin(event.timeMs());
        }
        target.commit();
        saved += events.size();
    }

    private void finish(Statements target, long end) throws SQLException {
        target.update("UPDATE log SET head = ?, earliest = min(earliest, ?)", end, end);
        if (lastLost > 0) {
            new EventTable(target).removal().noteThinned(EVERY_TOPIC, lastLost);
        }
    }

    private static Optional<LogRow> log(Statements source) {
        try {
            return Optional.of(LogRow.read(source));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static long end(Statements source, Optional<LogRow> log) {
        long head = log.map(LogRow::head).orElse(1L);
        try {
            return Math.max(
                    head, 1 + source.number("SELECT max(position) FROM event").orElse(0));
        } catch (SQLException e) {
            return head;
        }
    }

    /** Under a name that is not taken; what stands in its write-ahead log has been read, and goes with it. */
    private Path putAside() throws IOException {
        Path file = damaged.file();
        int number = 1;
        while (Files.exists(aside(file, number))) {
            number++;
        }
        for (String suffix : List.of("-wal", "-shm")) {
            Path beside = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(beside)) {
                Files.move(beside, beside.resolveSibling(aside(file, number).getFileName() + suffix));
            }
        }
        return Files.move(file, aside(file, number));
    }

    private static Path aside(Path file, int number) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + number);
    }

    private static void deleteFilesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
