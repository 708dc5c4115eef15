package dev.freshet.hub.log;

import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Receipt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A log that watches how much memory its window takes. */
public final class WatchedLog implements EventLog {
    private final EventLog log;
    private volatile long allocatedBytes;
    private volatile long peakBytes;

    /** Watches a log. */
    public WatchedLog(EventLog log) {
        this.log = log;
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
        log.start(window, () -> {
            allocatedBytes = window.allocatedBytes();
            peakBytes = Math.max(peakBytes, allocatedBytes);
            bell.run();
        });
    }

    @Override
    public String epoch() {
        return log.epoch();
    }

    @Override
    public CompletableFuture<Receipt> append(Batch batch) {
        return log.append(batch);
    }

    @Override
    public CompletableFuture<OptionalLong> offsetOf(String publisherId) {
        return log.offsetOf(publisherId);
    }

    @Override
    public boolean isUsable() {
        return log.isUsable();
    }

    @Override
    public void close() {
        log.close();
    }
}
