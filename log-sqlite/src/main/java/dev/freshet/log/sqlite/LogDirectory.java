package dev.freshet.log.sqlite;

import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.file.FileFailure;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The directory of a log, held for one process alone: a lock on a file of its own, which goes with the process however that
 * ends. Thread-safe.
 */
public final class LogDirectory implements AutoCloseable {
    private static final String LOCK_NAME = "freshet.lock";

    /**
     * Those that this process has. It must not even open their files again: closing any descriptor of a file gives up all
     * locks that the process has on it (POSIX {@code fcntl}).
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path held;
    private final FileChannel channel;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private LogDirectory(Path path, Path held, FileChannel channel) {
        this.path = path;
        this.held = held;
        this.channel = channel;
    }

    /**
     * Makes the directory if it is not there, and takes it.
     *
     * @param path the directory
     * @return it; nobody else has it until it is closed
     * @throws InUseException if another process has it, or another part of this one
     * @throws IOException if it cannot be made or written
     */
    public static LogDirectory open(Path path) throws IOException {
        try {
            Path held = Files.createDirectories(path).toRealPath();
            if (!HELD.add(held)) {
                throw inUse(path);
            }
            try {
                return new LogDirectory(path, held, locked(path));
            } catch (IOException | RuntimeException e) {
                HELD.remove(held);
                throw e;
            }
        } catch (FileSystemException e) {
            throw new IOException(
                    "log: " + path + " cannot be written: " + FileFailure.reason(e)
                            + " (expected: a directory that this user may write)",
                    e);
        }
    }

    /**
     * Returns the database in it.
     *
     * @return the database
     */
    public Database database() {
        return new Database(path);
    }

    /** Returns how many bytes there is room for on its disk. */
    long roomBytes() {
        File directory = path.toFile();
        long bytes = directory.getUsableSpace();
        boolean isTooMany = bytes < 0;
        boolean isUnknown = bytes == 0 && directory.getTotalSpace() == 0;
        return isTooMany || isUnknown ? Long.MAX_VALUE : bytes;
    }

    /** Says what is wrong with the log, and what to do, in words for the user. */
    IOException explain(SQLException failure) {
        return explain(path, failure);
    }

    /**
     * Says what is wrong with a log, and what to do.
     *
     * @param path its directory
     * @param failure what SQLite said
     * @return the same in words for the user; a {@link DamagedLogException} if the file is damaged
     */
    public static IOException explain(Path path, SQLException failure) {
        StorageFailure what = StorageFailure.of(failure);
        String message = "log: " + path + ": " + what.explain(failure, path);
        return what == StorageFailure.DAMAGED
                ? new DamagedLogException(message, failure)
                : new IOException(message, failure);
    }

    @Override
    public void close() throws IOException {
        if (!isClosed.getAndSet(true)) {
            try {
                channel.close();
            } finally {
                HELD.remove(held);
            }
        }
    }

    private static FileChannel locked(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(path);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static InUseException inUse(Path path) {
        return new InUseException("log: " + path
                + " is in use by another hub or command (expected: a directory for each hub; stop that one first)");
    }

    /** A hub or a command has the directory. The message is for the user. */
    public static final class InUseException extends IOException {
        private static final long serialVersionUID = 1;

        InUseException(String message) {
            super(message);
        }
    }
}
