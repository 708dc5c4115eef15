package dev.freshet.cli.subscribe;

import dev.freshet.codec.EventStreamParser;
import dev.freshet.codec.ServerSentEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes what the parser finds, and prints it in one write for each piece of the stream. Confined to one thread at a time.
 */
final class Printer implements EventStreamParser.Handler {
    private static final long FIRST_RETRY_MS = 1000;

    private final EventFormat format;
    private final OutputStream out;
    private final PrintStream err;
    private final StringBuilder pending = new StringBuilder();
    private long remaining;
    private boolean hasEvents;
    private long retryMs = FIRST_RETRY_MS;

    Printer(EventFormat format, OutputStream out, PrintStream err, long maxEvents) {
        this.format = format;
        this.out = out;
        this.err = err;
        this.remaining = maxEvents;
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        if (event.type().equals("gap")) {
            err.println("freshet: warning: events are missing" + reason(event.data()) + ": " + event.data());
        } else if (remaining > 0) {
            remaining--;
            format.append(pending, event);
        }
        hasEvents = true;
    }

    private static String reason(String gap) {
        if (gap.contains("\"reason\":\"expired\"")) {
            return " (older than what the hub keeps, removed by a rule, or from before its restart)";
        }
        return gap.contains("\"reason\":\"slow\"")
                ? " (the stream had fallen behind, most often since its output was read too slowly)"
                : "";
    }

    @Override
    public void onRetry(long newRetryMs) {
        retryMs = newRetryMs;
    }

    /** Writes what was found. */
    void flush() throws IOException {
        if (!pending.isEmpty()) {
            out.write(pending.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            pending.setLength(0);
        }
    }

    /** Whether as many events were printed as the user wanted. */
    boolean isDone() {
        return remaining == 0;
    }

    /** Whether the stream had any event yet. */
    boolean hasEvents() {
        return hasEvents;
    }

    long retryMs() {
        return retryMs;
    }
}
