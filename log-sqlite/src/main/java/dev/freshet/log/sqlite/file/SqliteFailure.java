package dev.freshet.log.sqlite.file;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteException;

/** What SQLite says when something fails. Pure. */
public final class SqliteFailure {
    /** Somebody else is writing. */
    public static final int BUSY = 5;
    /** The same, on another connection of this process. */
    public static final int LOCKED = 6;
    /** The file may not be written. */
    public static final int READ_ONLY = 8;
    /** What stands in the file makes no sense. */
    public static final int CORRUPT = 11;
    /** There is no room on a disk. */
    public static final int FULL = 13;
    /** The file cannot be opened. */
    public static final int CANNOT_OPEN = 14;
    /** The file does not begin as a database does. */
    public static final int NOT_A_DATABASE = 26;
    /** The index of the write-ahead log cannot grow: an extended code, for which there is no kind. */
    public static final int INDEX_CANNOT_GROW = 4874;

    /** The name of the code, its text, and in parentheses what went wrong. */
    private static final Pattern DRIVERS_MESSAGE = Pattern.compile("\\[(\\w+)].*? \\((.*)\\)", Pattern.DOTALL);

    private SqliteFailure() {}

    /**
     * Returns SQLite's own code of a failure, whose lowest byte is the kind.
     *
     * @param failure what was thrown
     * @return the extended result code; 0 if it is not from SQLite
     */
    public static int code(SQLException failure) {
        return failure instanceof SQLiteException own ? own.getResultCode().code : failure.getErrorCode();
    }

    /**
     * Returns the kind of a failure.
     *
     * @param failure what was thrown
     * @return one of the constants of this class but the last, or another of SQLite's; 0 if it is not from SQLite
     */
    public static int kind(SQLException failure) {
        return code(failure) & 0xff;
    }

    /**
     * Tells whether what stands in a file makes no sense.
     *
     * @param failure what was thrown
     * @return true if it is that, and not that the file cannot be read or written
     */
    public static boolean isDamage(SQLException failure) {
        int kind = kind(failure);
        return kind == CORRUPT || kind == NOT_A_DATABASE;
    }

    /**
     * Returns what SQLite says of a failure, once; the driver's message has it twice.
     *
     * @param failure what was thrown
     * @return such as {@code database is locked (SQLITE_BUSY)}
     */
    public static String words(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher driver = DRIVERS_MESSAGE.matcher(message);
        return driver.matches() ? driver.group(2) + " (" + driver.group(1) + ")" : message;
    }

    /**
     * Returns a failure like those of SQLite, of something that it does not see.
     *
     * @param message what makes no sense, for the user
     * @return the failure, of the kind {@link #CORRUPT}
     */
    public static SQLException damage(String message) {
        return new SQLException(message, "", CORRUPT);
    }
}
