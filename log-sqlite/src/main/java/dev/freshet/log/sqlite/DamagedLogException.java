package dev.freshet.log.sqlite;

import java.io.IOException;

/** What stands in the file of a log makes no sense. The message is for the user. */
public final class DamagedLogException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
