package dev.freshet.server.transport.stream;

import dev.freshet.server.http.stream.StreamEnd;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads out of a failed call what happened to the connection. */
final class NetworkFailure {
    /** The last is what a client that vanished ends with, after TCP_USER_TIMEOUT. */
    private static final List<String> RESETS = List.of("reset", "broken pipe", "aborted", "timed out");

    private NetworkFailure() {}

    /** Neither the JDK nor epoll's calls offer more than their words. */
    static StreamEnd end(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ClosedChannelException) {
            return StreamEnd.CLIENT_CLOSED;
        }
        return cause instanceof IOException && isReset(cause.getMessage())
                ? StreamEnd.CLIENT_RESET
                : StreamEnd.IO_ERROR;
    }

    /** Whether the failure says no more than that the connection is closed, which has a reason of its own. */
    static boolean isClosed(Throwable failure) {
        return cause(failure) instanceof ClosedChannelException;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof ClosedChannelException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isReset(@Nullable String message) {
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return RESETS.stream().anyMatch(text::contains);
    }
}
