package dev.freshet.hub.log;

import dev.freshet.hub.testing.ForwardingLog;

/** A log that watches how much memory its window takes. */
public final class WatchedLog extends ForwardingLog {
    private volatile long allocatedBytes;
    private volatile long peakBytes;

    /** Watches a log. */
    public WatchedLog(EventLog log) {
        super(log);
    }

    /** The memory of the window after the last append. */
    public long allocatedBytes() {
        return allocatedBytes;
    }

    /** The most memory that the window ever had. */
    public long peakBytes() {
        return peakBytes;
    }

    @Override
    public void start(Window window, Runnable bell) {
        super.start(window, () -> {
            allocatedBytes = window.allocatedBytes();
            peakBytes = Math.max(peakBytes, allocatedBytes);
            bell.run();
        });
    }
}
