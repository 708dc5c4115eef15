package dev.freshet.hub.testing;

import dev.freshet.hub.fanout.setup.LaneExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A lane that runs its tasks when the test says so, on the test's thread. Other threads may hand over tasks.
 *
 * <p>As on an event loop, tasks run in the order of the calls, and those that were scheduled have their turn when their time
 * has come and nothing else waits.
 */
public final class ManualLane implements LaneExecutor {
    /** Who needs more tasks than this runs in a circle. */
    private static final int TOO_MANY = 1_000_000;

    private final Thread owner = Thread.currentThread();
    private final ManualClock clock;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::dueNanos).thenComparingLong(Later::number));
    private long scheduled;

    /**
     * Creates a lane of the calling thread.
     *
     * @param clock tells when scheduled tasks are due
     */
    public ManualLane(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public boolean inLane() {
        return Thread.currentThread() == owner;
    }

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public synchronized void schedule(Runnable task, Duration delay) {
        later.add(new Later(task, clock.nanos() + delay.toNanos(), scheduled++));
    }

    /**
     * Runs the next task, if there is one.
     *
     * @return true if there was one
     */
    public boolean runOne() {
        Runnable task = next();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /**
     * Runs tasks until none is due, those included that are handed over meanwhile.
     *
     * @return how many there were
     * @throws AssertionError if there is no end of them
     */
    public int runAll() {
        int count = 0;
        while (runOne()) {
            if (++count > TOO_MANY) {
                throw new AssertionError("lane: more than " + TOO_MANY + " tasks (expected: it comes to rest)");
            }
        }
        return count;
    }

    /**
     * Returns how many tasks were handed over to be run at once and did not run yet.
     *
     * @return the number, without the scheduled ones
     */
    public synchronized int waiting() {
        return tasks.size();
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = tasks.poll();
        if (task == null && !later.isEmpty() && later.peek().dueNanos <= clock.nanos()) {
            task = later.remove().task;
        }
        return task;
    }

    private record Later(Runnable task, long dueNanos, long number) {}
}
