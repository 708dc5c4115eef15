package dev.freshet.hub.testing.contract;

import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowLimits;
import java.time.Duration;

/** What each part of the contract needs: logs with small bounds, and time. */
public interface LogContract {
    /** The epoch that logs are made with. */
    String EPOCH = "k7f2";

    /** The most events in the window. */
    int MAX_EVENTS = 64;

    /** The most batches that may wait. */
    int MAX_WAITING = 8;

    /** About the most bytes of them. */
    int MAX_WAITING_BYTES = 10_000;

    /** The most idempotency keys that are remembered. */
    int MAX_KEYS = 4;

    /** How long they are remembered. */
    Duration KEY_RETENTION = Duration.ofMinutes(10);

    /**
     * Starts an empty log.
     *
     * @param window what it fills
     * @param bell what it rings
     * @return the log; it is closed after the test
     */
    StartedLog started(Window window, Runnable bell);

    /**
     * Starts an empty log with a small window.
     *
     * @param bell what it rings
     * @return the log; it is closed after the test
     */
    default StartedLog started(Runnable bell) {
        return started(new Window(new WindowLimits(MAX_EVENTS, 1 << 20, 1 << 12), EventEncoding.PLAIN), bell);
    }

    /**
     * Moves the clock of all logs.
     *
     * @param time how far; back if it is negative
     */
    void pass(Duration time);

    /**
     * Returns the time.
     *
     * @return milliseconds since 1970
     */
    long nowMs();
}
