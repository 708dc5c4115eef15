package dev.freshet.hub.testing;

import dev.freshet.hub.fanout.setup.LaneExecutor;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A lane on a thread of its own, for tests that want real ones. Thread-safe. */
public final class ThreadLane implements LaneExecutor, AutoCloseable {
    private final ScheduledExecutorService executor;
    private volatile Thread thread = new Thread();

    /**
     * Starts the thread.
     *
     * @param name the thread's name
     */
    public ThreadLane(String name) {
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public boolean inLane() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Stops the thread; tasks that wait are dropped. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
