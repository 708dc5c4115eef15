package dev.freshet.log.sqlite.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/**
 * The file of a log, and how connections to it are set up. Thread-safe; connections are not.
 *
 * @param directory holds the file, and those that SQLite puts beside it
 */
public record Database(Path directory) {
    private static final String FILE_NAME = "freshet.db";

    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(2);
    private static final int WRITER_CACHE_KIB = 64 << 10;
    private static final int READER_CACHE_KIB = 8 << 10;
    private static final long LARGEST_KEPT_WAL_BYTES = 64L << 20;
    private static final int PAGES_BETWEEN_CHECKPOINTS = 16 << 10;

    /**
     * Returns the file.
     *
     * @return its path, whether it is there or not
     */
    public Path file() {
        return directory.resolve(FILE_NAME);
    }

    /**
     * Returns the write-ahead log.
     *
     * @return its path, whether it is there or not
     */
    public Path walFile() {
        return directory.resolve(FILE_NAME + "-wal");
    }

    /**
     * Opens the connection that writes, and makes or updates the schema. It is not in auto-commit mode.
     *
     * <p>A commit waits until the disk has it ({@code synchronous=FULL}). The write-ahead log is moved into the file by
     * others, so no commit has to do that on its way.
     *
     * @return the connection
     * @throws SQLException if the file cannot be opened, is no log, is damaged, or of a newer version
     */
    public Connection openWriter() throws SQLException {
        if (Files.notExists(file())) {
            make();
        }
        SQLiteConfig config = config(WRITER_CACHE_KIB);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit((int) LARGEST_KEPT_WAL_BYTES);
        Connection connection = opened(config);
        try {
            Schema.requireOurs(connection);
            execute(connection, "PRAGMA journal_mode = WAL");
            execute(connection, "PRAGMA wal_autocheckpoint = 0");
            connection.setAutoCommit(false);
            Schema.bringUpToDate(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens a connection that writes alone and much: like {@link #openWriter}, but its commits also move the write-ahead log
     * into the file when it has become long, and the disk may have the last of them only when the connection is closed.
     *
     * @return the connection
     * @throws SQLException as from {@link #openWriter}
     */
    public Connection openLoader() throws SQLException {
        Connection connection = openWriter();
        try {
            connection.setAutoCommit(true);
            execute(connection, "PRAGMA wal_autocheckpoint = " + PAGES_BETWEEN_CHECKPOINTS);
            execute(connection, "PRAGMA synchronous = NORMAL");
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Opens a connection that only reads.
     *
     * @return the connection
     * @throws SQLException if the file cannot be opened
     */
    public Connection openReader() throws SQLException {
        SQLiteConfig config = config(READER_CACHE_KIB);
        return connection(config, "PRAGMA query_only = true");
    }

    /**
     * Opens a connection that only reads, on a file that must be a log already. Neither it nor its end changes the file or the
     * write-ahead log.
     *
     * @return the connection
     * @throws SQLException if the file cannot be opened, is no log, is damaged at its beginning, or of a newer version
     */
    public Connection openLog() throws SQLException {
        return looking(config(READER_CACHE_KIB), "PRAGMA query_only = true");
    }

    /**
     * Opens a connection that reads what can be read of a damaged log. Neither it nor its end changes the file or the
     * write-ahead log.
     *
     * @return the connection
     * @throws SQLException if the file cannot be opened, is no log, or of a newer version; or what is damaged is its beginning
     */
    public Connection openDamaged() throws SQLException {
        return looking(config(), "PRAGMA writable_schema = ON"); // Else a file that was cut is refused.
    }

    /**
     * Begins a standstill of the file, before anything is opened that may fail.
     *
     * @return the standstill; to be closed behind what was opened
     * @throws SQLException as from {@link #openLog}, if there is a write-ahead log
     */
    public Standstill standstill() throws SQLException {
        return Standstill.of(this);
    }

    /**
     * Opens a connection for work on the file as a whole, such as moving the write-ahead log into it.
     *
     * @return the connection, in auto-commit mode
     * @throws SQLException if the file cannot be opened
     */
    public Connection openForUpkeep() throws SQLException {
        SQLiteConfig config = config(READER_CACHE_KIB);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return connection(config, "PRAGMA wal_autocheckpoint = 0");
    }

    /**
     * Loads the native library. It is unpacked into the folder for temporary files or, where programs may not run there,
     * into the directory of the log.
     *
     * @throws SQLException if it can be loaded from neither
     */
    public void loadLibrary() throws SQLException {
        NativeLibrary.load(directory);
    }

    /**
     * Runs a statement once.
     *
     * @param connection where
     * @param sql its text
     * @throws SQLException if it fails
     */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /**
     * Makes the file under another name first, so that there is never an empty one of the log's name, whenever the process
     * ends. SQLite would take a write-ahead log that is left of an old file for the new one's, or remove it.
     */
    private void make() throws SQLException {
        requireNoRemains();
        Path fresh = directory.resolve(FILE_NAME + ".new");
        try {
            removeRemainsOf(fresh);
            makeTables(fresh);
            Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new SQLException(
                    fresh.getFileName() + " cannot be made: " + FileFailure.reason(e)
                            + " (expected: a directory that this user may write)",
                    e);
        }
    }

    /** Of a process that was killed while it made one. */
    private static void removeRemainsOf(Path fresh) throws IOException {
        Files.deleteIfExists(fresh);
        Files.deleteIfExists(fresh.resolveSibling(fresh.getFileName() + "-journal"));
    }

    private static void makeTables(Path fresh) throws SQLException {
        SQLiteConfig config = config();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        try (Connection connection = config.createConnection(url(fresh))) {
            execute(connection, "PRAGMA auto_vacuum = INCREMENTAL"); // Only heeded as long as the file is empty.
            connection.setAutoCommit(false);
            Schema.bringUpToDate(connection);
        }
    }

    private Connection opened(SQLiteConfig config) throws SQLException {
        requireNoRemains();
        return config.createConnection(url(file()));
    }

    /** SQLite takes an empty file, and one that is not there, for a new database. */
    private void requireNoRemains() throws SQLException {
        if (Files.notExists(file()) && Files.exists(walFile())) {
            throw SqliteFailure.damage(
                    FILE_NAME + " is not there, but " + walFile().getFileName() + " is (expected: both, or none)");
        }
        if (Files.exists(file()) && file().toFile().length() == 0) {
            throw SqliteFailure.damage(
                    FILE_NAME + " is empty (expected: a log; one that has no events is not empty either)");
        }
    }

    /**
     * The last connection that may write moves the write-ahead log into the file when it is closed, whatever was read; one
     * that may not would leave an empty write-ahead log where there was none.
     */
    private Connection looking(SQLiteConfig config, String pragma) throws SQLException {
        config.setReadOnly(Files.exists(walFile()));
        Connection connection = connection(config, pragma);
        try {
            execute(connection, "PRAGMA query_only = true");
            Schema.requireLog(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connection(SQLiteConfig config, String pragma) throws SQLException {
        Connection connection = opened(config);
        try {
            execute(connection, pragma);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toAbsolutePath();
    }

    private static SQLiteConfig config(int cacheKib) {
        SQLiteConfig config = config();
        config.setCacheSize(-cacheKib);
        return config;
    }

    /** What is set by no statement, so that the first one is the caller's. */
    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        config.setGetGeneratedKeys(false);
        return config;
    }
}
