package dev.freshet.log.sqlite.salvage;

import dev.freshet.hub.log.EventPosition;
import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.file.SqliteFailure;
import dev.freshet.log.sqlite.file.Statements;
import dev.freshet.log.sqlite.store.LogRow;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a damaged log, and writes what can be read into a new one that takes its place. Confined to one thread.
 *
 * <p>The new log notes how far events are missing, so that whoever resumes before that is told of a gap.
 */
public final class LogRepair {
    private static final String NO_FIRST_PAGE = "its first page is destroyed, which says where everything else is";

    private final Database damaged;
    private final Progress progress;

    /**
     * Prepares a repair.
     *
     * @param damaged the log; nobody else uses it meanwhile
     * @param progress is told how far it has come
     */
    public LogRepair(Database damaged, Progress progress) {
        this.damaged = damaged;
        this.progress = progress;
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

    /**
     * What became of a log. Immutable.
     *
     * @param saved how many events are in the new log
     * @param lost what was lost of the events
     * @param keysSaved how many idempotency keys are in the new log
     * @param keysLost how many could not be read, at least
     * @param isSameLog true if its name could be read: ids that were given before still mean the same
     * @param old where the damaged file is now
     */
    public record Report(long saved, Lost lost, long keysSaved, long keysLost, boolean isSameLog, Path old) {}

    /**
     * How many events were lost. Immutable.
     *
     * @param events how many
     * @param isExact false if they may be fewer: so many places could not be read, and some may have been empty before
     */
    public record Lost(long events, boolean isExact) {}

    /**
     * Does it.
     *
     * @return what was saved and what was not
     * @throws SQLException if the new file cannot be written, or the old one cannot be looked at
     * @throws IOException if nothing of the log can be read, or the files cannot be exchanged; the log is then as it was
     */
    public Report run() throws SQLException, IOException {
        Path fresh = Files.createDirectories(damaged.directory().resolve("repaired"));
        try {
            deleteFilesIn(fresh);
            Database repaired = new Database(fresh);
            Report report = copyTo(repaired);
            replaceBy(repaired, report.old());
            return report;
        } finally {
            deleteFilesIn(fresh);
            Files.delete(fresh);
        }
    }

    private Report copyTo(Database repaired) throws SQLException, IOException {
        try (DamagedLog from = open();
                Connection to = repaired.openLoader()) {
            if (!from.hasTables()) {
                throw unreadable(NO_FIRST_PAGE);
            }
            Optional<LogRow> log = from.ask(LogRepair::soundLog);
            Report report = new LogCopy(from, to, log, progress).copy(unusedName());
            if (!report.isSameLog() && report.saved() == 0) {
                throw unreadable("none of its pages makes sense");
            }
            return report;
        }
    }

    private DamagedLog open() throws SQLException, IOException {
        try {
            return DamagedLog.open(damaged);
        } catch (SQLException e) {
            if (!SqliteFailure.isDamage(e)) {
                throw e;
            }
            throw unreadable(whatIsMissing());
        }
    }

    private String whatIsMissing() throws IOException {
        if (Files.notExists(damaged.file())) {
            return "only its write-ahead log is there, which says nothing without the file";
        }
        return Files.size(damaged.file()) == 0 ? "it is empty" : NO_FIRST_PAGE;
    }

    private IOException unreadable(String why) {
        String name = String.valueOf(damaged.file().getFileName());
        return new IOException("log: " + damaged.directory() + ": nothing of it can be read, since " + why
                + " (expected: a part of it; it is left as it is). Put back a copy of " + name
                + "; or move all that begins with "
                + name + " elsewhere, and take in an export: freshet log import --data " + damaged.directory()
                + " FILE");
    }

    private static LogRow soundLog(Statements from) throws SQLException {
        LogRow log = LogRow.read(from);
        boolean isSound = EventPosition.parse(log.epoch() + "-0").isPresent()
                && log.earliest() > 0
                && log.head() >= log.earliest();
        if (!isSound) {
            throw new SQLException("the table log makes no sense");
        }
        return log;
    }

    /**
     * Beside the new file's name the old one stands all the time: whoever looks meanwhile finds a damaged log, and never an
     * empty one. What stands in the old write-ahead log has been read, and must not be taken for the new file's.
     */
    private void replaceBy(Database repaired, Path old) throws IOException {
        Path file = damaged.file();
        try {
            Files.createLink(old, file);
        } catch (UnsupportedOperationException | FileSystemException e) { // There are file systems without links.
            Files.move(file, old);
        }
        for (String suffix : List.of("-wal", "-shm")) {
            Path beside = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(beside)) {
                Files.move(beside, old.resolveSibling(old.getFileName() + suffix));
            }
        }
        Files.move(repaired.file(), file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path unusedName() {
        Path file = damaged.file();
        int number = 1;
        Path aside = aside(file, number);
        while (Files.exists(aside)) {
            aside = aside(file, ++number);
        }
        return aside;
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
