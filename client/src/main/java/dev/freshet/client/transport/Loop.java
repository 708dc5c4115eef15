package dev.freshet.client.transport;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One event loop: a thread that runs what it is given, one after the other. Thread-safe. */
public final class Loop implements Executor {

    private final EventLoop events;
    private final Loops loops;

    Loop(EventLoop events, Loops loops) {
        this.events = events;
        this.loops = loops;
    }

    /**
     * Whether the caller runs on this loop.
     *
     * @return true on the loop's thread
     */
    public boolean inLoop() {
        return events.inEventLoop();
    }

    /**
     * Runs a task on this loop, soon and never at once.
     *
     * @param task the task; it must not block
     * @throws java.util.concurrent.RejectedExecutionException if the loop is shut down
     */
    @Override
    public void execute(Runnable task) {
        events.execute(task);
    }

    /**
     * Runs a task on this loop: at once if the caller is on it, else soon.
     *
     * @param task the task; it must not block
     * @throws java.util.concurrent.RejectedExecutionException if the loop is shut down
     */
    public void run(Runnable task) {
        if (inLoop()) {
            task.run();
        } else {
            events.execute(task);
        }
    }

    /**
     * Runs a task on this loop later.
     *
     * @param task the task; it must not block
     * @param delay how much later
     * @return cancels the task
     * @throws java.util.concurrent.RejectedExecutionException if the loop is shut down
     */
    public Future<?> schedule(Runnable task, Duration delay) {
        return events.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    EventLoop events() {
        return events;
    }

    Loops loops() {
        return loops;
    }
}
