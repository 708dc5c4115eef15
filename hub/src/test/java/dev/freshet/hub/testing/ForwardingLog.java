package dev.freshet.hub.testing;

import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Receipt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A log that is another one, but for what a test changes of it. Thread-safe as the other. */
public abstract class ForwardingLog implements EventLog {
    private final EventLog log;

    /**
     * Stands before a log.
     *
     * @param log does what is not changed
     */
    protected ForwardingLog(EventLog log) {
        this.log = log;
    }

    @Override
    public String epoch() {
        return log.epoch();
    }

    @Override
    public void start(Window window, Runnable bell) {
        log.start(window, bell);
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
