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
        try (Connection to = repaired.openWriter()) {
            Statements target = new Statements(to);
            Optional<LogRow> log = ask(LogRow::read);
            if (log.isPresent()) {
                target.update(
                        "UPDATE log SET epoch = ?, earliest = ?",
                        log.get().epoch(),
                        log.get().earliest());
            }
            long end = end(log.map(LogRow::head).orElse(1L));
            Copy copy = new Copy(LogRow.read(target).epoch(), new EventTable(target), to, end);
            copy.range(log.map(LogRow::earliest).orElse(1L), end);
            finish(target, end);
            to.commit();
            return log.isPresent();
        }
    }

    /** What can be read of the log as a whole. After a failure nothing that was open is used again. */
    private <T> Optional<T> ask(Question<T> question) {
        try (Connection connection = damaged.openReader()) {
            return Optional.of(question.ask(new Statements(connection)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private long end(long head) {
        return ask(source -> source.number("SELECT max(position) FROM event").orElse(0))
                .map(newest -> Math.max(head, newest + 1))
                .orElse(head);
    }

    private interface Question<T> {
        T ask(Statements source) throws SQLException;
    }

    /** Copies a range as a whole, and where that fails its halves. */
    private final class Copy {
        private final String epoch;
        private final EventTable to;
        private final Connection target;
        private final long last;

        Copy(String epoch, EventTable to, Connection target, long end) {
            this.epoch = epoch;
            this.to = to;
            this.target = target;
            this.last = end - 1;
        }

        void range(long first, long end) throws SQLException {
            long next = first;
            try (Connection source = damaged.openReader()) {
                EventReader from = new EventReader(new Statements(source), epoch);
                for (Optional<List<LoggedEvent>> some = read(from, next, end);
                        some.isEmpty() || !some.get().isEmpty();
                        some = read(from, next, end)) {
                    if (some.isEmpty()) {
                        halve(next, end);
                        return;
                    }
                    insert(some.get());
                    next = some.get().get(some.get().size() - 1).offset() + 1;
                    progress.at(next - 1, last);
                }
            }
        }

        /** Empty if something in the range cannot be read; what was open then is not used again. */
        private Optional<List<LoggedEvent>> read(EventReader from, long next, long end) {
            try {
                return Optional.of(from.events(next, end, EVENTS_AT_ONCE));
            } catch (SQLException e) {
                return Optional.empty();
            }
        }

        private void halve(long first, long end) throws SQLException {
            if (end - first == 1) {
                lost++;
                lastLost = first;
                return;
            }
            long middle = first + Math.min(EVENTS_AT_ONCE, (end - first) / 2);
            range(first, middle);
            range(middle, end);
        }

        private void insert(List<LoggedEvent> events) throws SQLException {
            for (LoggedEvent event : events) {
                to.insert(event, 1);
                to.begin(event.timeMs());
            }
            target.commit();
            saved += events.size();
        }
    }

    private void finish(Statements target, long end) throws SQLException {
        target.update("UPDATE log SET head = ?, earliest = min(earliest, ?)", end, end);
        if (lastLost > 0) {
            new EventTable(target).removal().noteThinned(EVERY_TOPIC, lastLost);
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
