package dev.freshet.log.sqlite;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.log.sqlite.file.SqliteFailure;
import java.nio.file.Path;
import java.sql.SQLException;

/** What can be wrong with the file of a log. */
enum StorageFailure {
    /** There is no room on the disk, or only what is left for making room. */
    FULL(Cause.STORAGE_FULL, "no room on the disk (expected: 32 MiB or more; a hub goes on by itself once there is)"),
    /** Somebody else is writing. */
    LOCKED(Cause.STORAGE_FAILED, "locked by another program (expected: nobody else writes there)"),
    /** The file may not be written. */
    READ_ONLY(Cause.STORAGE_FAILED, "cannot be written (expected: this user may write the file and its directory)"),
    /** What stands in the file makes no sense. */
    DAMAGED(Cause.STORAGE_FAILED, "damaged (expected: a sound file; run: freshet log check --data DIR)"),
    /** The disk reported an error, or something else happened. */
    BROKEN(Cause.STORAGE_FAILED, "cannot be read or written (expected: a disk without errors)");

    private final Cause cause;
    private final String text;

    StorageFailure(Cause cause, String text) {
        this.cause = cause;
        this.text = text;
    }

    /** The low byte of SQLite's code is the kind of error. The index of the write-ahead log cannot grow on a full disk. */
    static StorageFailure of(SQLException failure) {
        if (SqliteFailure.code(failure) == SqliteFailure.INDEX_CANNOT_GROW) {
            return FULL;
        }
        return switch (SqliteFailure.kind(failure)) {
            case SqliteFailure.FULL -> FULL;
            case SqliteFailure.BUSY, SqliteFailure.LOCKED -> LOCKED;
            case SqliteFailure.READ_ONLY, SqliteFailure.CANNOT_OPEN -> READ_ONLY;
            case SqliteFailure.CORRUPT, SqliteFailure.NOT_A_DATABASE -> DAMAGED;
            default -> BROKEN;
        };
    }

    /** The answer to a publish that could not be written. */
    AppendRefusedException refusal() {
        return new AppendRefusedException(cause, "log: " + text);
    }

    /** For the user. What is not from SQLite is one of ours, and says everything. */
    String explain(SQLException failure, Path directory) {
        if (SqliteFailure.code(failure) == 0) {
            return String.valueOf(failure.getMessage());
        }
        return text.replace("DIR", directory.toString()) + ": " + SqliteFailure.words(failure);
    }
}
