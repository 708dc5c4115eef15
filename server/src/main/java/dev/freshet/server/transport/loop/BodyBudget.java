package dev.freshet.server.transport.loop;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all bodies under way may take together: many that are each within their limit would else fill the heap.
 * Thread-safe.
 */
public final class BodyBudget {
    private final long maxBytes;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The most that can be taken.
     *
     * @return how many bytes
     */
    public long maxBytes() {
        return maxBytes;
    }

    /**
     * Takes a part, to be given back.
     *
     * @param bytes how many, at least 0
     * @return whether there was room; if not, nothing is taken
     */
    public boolean take(long bytes) {
        long before = taken.get();
        while (bytes <= maxBytes - before) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /**
     * Gives back what was taken.
     *
     * @param bytes how many
     */
    public void give(long bytes) {
        taken.addAndGet(-bytes);
    }
}
