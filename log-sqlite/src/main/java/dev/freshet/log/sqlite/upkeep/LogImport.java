package dev.freshet.log.sqlite.upkeep;

import dev.freshet.hub.publication.InvalidPublicationException;
import dev.freshet.log.sqlite.LogDirectory;
import dev.freshet.log.sqlite.file.Standstill;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Takes events of an export into a log that no hub uses meanwhile. Confined to one thread; everything blocks.
 *
 * <pre>
 *   the log never had an event     -> it becomes the log of the export: its epoch, the same places
 *   the event is of this very log  -> it goes to its own place, unless that has the same event
 *   it is of another               -> it goes to the end; the id that it had stays its id
 * </pre>
 *
 * <p>An event that is there already is passed over, so the same may be imported again. Events are committed many at a time:
 * after a failure those of the last commit and before are in the log, as {@link #report} says.
 */
public final class LogImport implements AutoCloseable {
    private static final int EVENTS_AT_ONCE = 1000;
    private static final long CHARACTERS_AT_ONCE = 4 << 20;

    private final LogDirectory directory;
    private final Path path;
    private final Connection connection;
    private final Intake intake;
    private Report committed = Report.NOTHING;
    private int waiting;
    private long waitingCharacters;

    private LogImport(LogDirectory directory, Path path, Connection connection, Intake intake) {
        this.directory = directory;
        this.path = path;
        this.connection = connection;
        this.intake = intake;
    }

    /**
     * What became of the events of an import. Immutable.
     *
     * @param added how many are new in the log
     * @param known how many were there before
     * @param early how many were left out because they lie before the beginning of this very log
     * @param expired how many were left out because their time to live is over
     */
    public record Report(long added, long known, long early, long expired) {
        static final Report NOTHING = new Report(0, 0, 0, 0);

        /**
         * Returns how many events were dealt with.
         *
         * @return their number
         */
        public long events() {
            return added + known + early + expired;
        }

        Report oneAdded() {
            return new Report(added + 1, known, early, expired);
        }

        Report oneKnown() {
            return new Report(added, known + 1, early, expired);
        }

        Report oneEarly() {
            return new Report(added, known, early + 1, expired);
        }

        Report oneExpired() {
            return new Report(added, known, early, expired + 1);
        }
    }

    /**
     * Opens a log, or makes one.
     *
     * @param path its directory, made if it is not there
     * @param appends true if every event is to go to the end, also of a log that is empty
     * @return the import
     * @throws IOException if the log is in use, damaged, of a newer version, or cannot be written
     */
    public static LogImport into(Path path, boolean appends) throws IOException {
        LogDirectory directory = LogDirectory.open(path);
        try {
            directory.database().loadLibrary();
            Standstill untilOpen = directory.database().standstill();
            try (untilOpen) {
                Connection connection = directory.database().openLoader();
                return new LogImport(directory, path, connection, Intake.of(connection, appends));
            }
        } catch (SQLException e) {
            directory.close();
            throw LogDirectory.explain(path, e);
        }
    }

    /**
     * Takes what comes next.
     *
     * @param entry an event, or the end of an export; that it is of a part says its end as well
     * @throws InvalidPublicationException if this log cannot take the event; those before it can still be committed
     * @throws IOException if the log cannot be written
     */
    public void add(ArchiveEntry entry) throws IOException {
        explained(() -> {
            if (entry instanceof ArchivedEvent event) {
                intake.take(event);
                waiting++;
                waitingCharacters += event.publication().event().data().length();
                commitIfMany();
            } else if (entry instanceof ArchiveEnd end) {
                intake.take(end);
            }
        });
    }

    /**
     * Keeps all that was added. It survives the end of the process from now on, and a power cut once this is closed.
     *
     * @throws IOException if the log cannot be written
     */
    public void commit() throws IOException {
        explained(this::commitAll);
    }

    /**
     * Ends, and keeps everything. Events of a log after which no end of an export came may not be all: whoever
     * resumes before the last of them will be told of a gap.
     *
     * @return true if all is there: events came, and if they are of a log, the end of an export came behind them; or that
     *     end came alone
     * @throws IOException if the log cannot be written
     */
    public boolean finish() throws IOException {
        explained(() -> {
            intake.finish();
            commitAll();
        });
        return intake.isWhole();
    }

    /**
     * Says what is in the log.
     *
     * @return what became of the events up to the last commit
     */
    public Report report() {
        return committed;
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            explained(connection::close);
        }
    }

    private void commitIfMany() throws SQLException {
        if (waiting >= EVENTS_AT_ONCE || waitingCharacters >= CHARACTERS_AT_ONCE) {
            commitAll();
        }
    }

    private void commitAll() throws SQLException {
        intake.writeLog();
        connection.commit();
        waiting = 0;
        waitingCharacters = 0;
        committed = intake.report();
    }

    private void explained(Work work) throws IOException {
        try {
            work.run();
        } catch (SQLException e) {
            throw LogDirectory.explain(path, e);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }
}
