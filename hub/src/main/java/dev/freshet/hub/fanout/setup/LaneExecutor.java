package dev.freshet.hub.fanout.setup;

import java.time.Duration;

/** The one thread of a lane: an event loop, or in tests the test's own. Thread-safe. */
public interface LaneExecutor {
    /**
     * Tells whether the caller is on the lane's thread.
     *
     * @return true on the lane's thread
     */
    boolean inLane();

    /**
     * Runs a task on the lane's thread, in the order of the calls.
     *
     * @param task the task; must not block
     */
    void execute(Runnable task);

    /**
     * Runs a task on the lane's thread later. Even with no delay, connections have their turn first: a lane that has more
     * to do than fits into its slice goes on this way.
     *
     * @param task the task; must not block
     * @param delay how much later
     */
    void schedule(Runnable task, Duration delay);
}
