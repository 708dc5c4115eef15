package dev.freshet.server.transport.h1;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection's one deadline. Moving it later or taking it away is cheap: the scheduled task stays and looks again when
 * it fires. Confined to the loop.
 */
final class ConnectionTimer implements Runnable {
    private final EventLoop loop;
    private final Runnable action;
    private boolean running;
    private long deadlineNanos;
    private long taskNanos;
    private @Nullable Future<?> task;

    ConnectionTimer(EventLoop loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    /** Sets the deadline, in place of an earlier one. */
    void start(Duration timeout) {
        running = true;
        deadlineNanos = System.nanoTime() + timeout.toNanos();
        if (task == null || taskNanos - deadlineNanos > 0) {
            scheduleTask();
        }
    }

    /** Takes the deadline away. */
    void stop() {
        running = false;
    }

    /** Takes the deadline and its task away. */
    void cancel() {
        running = false;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    @Override
    public void run() {
        task = null;
        if (running && deadlineNanos - System.nanoTime() <= 0) {
            running = false;
            action.run();
        } else if (running) {
            scheduleTask();
        }
    }

    private void scheduleTask() {
        if (task != null) {
            task.cancel(false);
        }
        taskNanos = deadlineNanos;
        task = loop.schedule(this, Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
