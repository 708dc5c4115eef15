package dev.freshet.log.sqlite;

import dev.freshet.log.sqlite.store.Database;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a log, held for one process alone: a lock on a file of its own, which goes with the process however that
 * ends. Thread-safe.
 */
final class LogDirectory implements AutoCloseable {
    private static final String LOCK_NAME = "freshet.lock";

    private final Path path;
    private final FileChannel channel;

    private LogDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Makes the directory if it is not there, and takes it.
     *
     * @throws IOException if it cannot be made or written, or another process has it
     */
    static LogDirectory open(Path path) throws IOException {
        try {
            Files.createDirectories(path);
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new IOException(
                        "log: " + path + " is in use by another hub (expected: a directory for each hub)");
            }
            return new LogDirectory(path, channel);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(
                    "log: " + path + " cannot be written: " + e + " (expected: a directory that this user may write)",
                    e);
        }
    }

    /** Returns the database in it. */
    Database database() {
        return new Database(path);
    }

    /** Says what is wrong with the log, and what to do, in words for the user. */
    IOException explain(SQLException failure) {
        return explain(path, failure);
    }

    static IOException explain(Path path, SQLException failure) {
        return new IOException(
                "log: " + path + ": " + StorageFailure.of(failure).explain(failure, path), failure);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
