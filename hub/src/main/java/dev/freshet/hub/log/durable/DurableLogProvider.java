package dev.freshet.hub.log.durable;

import dev.freshet.hub.observe.HubObserver;
import java.io.IOException;
import java.time.InstantSource;

/** Opens a kind of durable log. Found by {@link java.util.ServiceLoader}, so that a server knows none by name. */
public interface DurableLogProvider {
    /**
     * Opens a log, or makes an empty one. Blocks.
     *
     * @param options where it lies, and its limits
     * @param clock gives events their time
     * @param observer is told what was appended, refused and failed
     * @return the log, not started
     * @throws IOException if the log is in use, damaged, of a newer version, or cannot be read and written; the message is
     *     for the user and says what to do
     */
    DurableLog open(DurableLogOptions options, InstantSource clock, HubObserver observer) throws IOException;
}
