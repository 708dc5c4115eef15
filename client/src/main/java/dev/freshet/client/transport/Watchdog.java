package dev.freshet.client.transport;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Barks once if nothing happened for a while. A beat costs one field: the timer runs to its end and looks then. Confined to
 * its loop.
 */
public final class Watchdog {

    private final Loop loop;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Runnable bark;

    private long lastBeatNanos;
    private @Nullable Future<?> timer;

    /**
     * A watchdog that sleeps until {@link #start}.
     *
     * @param loop where it runs
     * @param patience how long nothing may happen
     * @param nanoTime the time, like {@link System#nanoTime}
     * @param bark what it does then
     */
    public Watchdog(Loop loop, Duration patience, LongSupplier nanoTime, Runnable bark) {
        this.loop = loop;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.bark = bark;
    }

    /** Begins to watch, or begins anew. */
    public void start() {
        beat();
        if (timer == null) {
            timer = loop.schedule(this::look, patience);
        }
    }

    /** Something happened. */
    public void beat() {
        assert loop.inLoop();
        lastBeatNanos = nanoTime.getAsLong();
    }

    /** Watches no more, until the next start. */
    public void stop() {
        assert loop.inLoop();
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void look() {
        timer = null;
        Duration left = patience.minusNanos(nanoTime.getAsLong() - lastBeatNanos);
        if (left.isNegative() || left.isZero()) {
            bark.run();
        } else {
            timer = loop.schedule(this::look, left);
        }
    }
}
