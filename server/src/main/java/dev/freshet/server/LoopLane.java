package dev.freshet.server;

import dev.freshet.hub.fanout.setup.LaneExecutor;
import dev.freshet.server.http.Loop;
import java.time.Duration;

/**
 * Lends an event loop to a lane. Thread-safe.
 *
 * @param loop the loop that serves the connections of the lane's subscribers
 */
record LoopLane(Loop loop) implements LaneExecutor {
    @Override
    public boolean inLane() {
        return loop.inLoop();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        if (delay.isZero()) {
            loop.executeAfterIo(task);
        } else {
            loop.schedule(task, delay.toMillis());
        }
    }
}
