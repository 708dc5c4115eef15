package dev.freshet.hub.log.durable;

import dev.freshet.hub.log.EventLog;
import java.util.concurrent.CompletableFuture;

/** A log that holds more than the window, and goes on where it was after a restart. Thread-safe; no method blocks. */
public interface DurableLog extends EventLog {
    /**
     * Returns what can be read of the log.
     *
     * @return the history; it can be read until the log is closed
     */
    History history();

    /**
     * Tells when the log has let go of its storage, after it was closed.
     *
     * @return completes when everything accepted is stored and answered
     */
    CompletableFuture<Void> closed();
}
