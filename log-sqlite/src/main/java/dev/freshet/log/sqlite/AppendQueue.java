package dev.freshet.log.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The batches that wait for the writer, bounded in number and bytes. Thread-safe: any thread offers, which never waits but
 * for the moment that another needs to do the same; the writer alone takes.
 */
final class AppendQueue {
    private final int maxWaiting;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition isNotEmpty = lock.newCondition();
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean isClosed;

    AppendQueue(int maxWaiting, long maxBytes) {
        this.maxWaiting = maxWaiting;
        this.maxBytes = maxBytes;
    }

    /** What became of an offer. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    Offer offer(Pending pending) {
        lock.lock();
        try {
            if (isClosed) {
                return Offer.CLOSED;
            }
            if (!hasRoomFor(pending)) {
                return Offer.FULL;
            }
            waiting.add(pending);
            waitingBytes += pending.sizeBytes();
            isNotEmpty.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for batches, and takes those that are there.
     *
     * @param maxEvents about how many events at most; a larger batch is taken alone
     * @param maxBytes about how many bytes at most; the same
     * @param timeoutMs how long to wait
     * @return the batches in the order of their offers; empty if none came in time, or the queue is closed
     */
    List<Pending> take(int maxEvents, long maxBytes, long timeoutMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (waiting.isEmpty() && !isClosed && leftNanos > 0) {
                leftNanos = isNotEmpty.awaitNanos(leftNanos);
            }
            return taken(maxEvents, maxBytes);
        } finally {
            lock.unlock();
        }
    }

    /** Takes everything that is there. */
    List<Pending> takeAll() {
        lock.lock();
        try {
            List<Pending> all = List.copyOf(waiting);
            waiting.clear();
            waitingBytes = 0;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** Says what is waiting. */
    String load() {
        lock.lock();
        try {
            return waiting.size() + " batches, " + waitingBytes + " bytes";
        } finally {
            lock.unlock();
        }
    }

    boolean hasRoom() {
        lock.lock();
        try {
            return !isClosed && waiting.size() < maxWaiting && waitingBytes < maxBytes;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further offers; what was taken before is still handed out. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            isNotEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether nothing will come any more. */
    boolean isDone() {
        lock.lock();
        try {
            return isClosed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** A batch larger than all that may wait is written when its turn has come, as if it had come alone. */
    private boolean hasRoomFor(Pending pending) {
        boolean fits = waiting.isEmpty() || waitingBytes + pending.sizeBytes() <= maxBytes;
        return fits && waiting.size() < maxWaiting;
    }

    private List<Pending> taken(int maxEvents, long maxBytesOfGroup) {
        List<Pending> group = new ArrayList<>();
        int events = 0;
        long sizeBytes = 0;
        while (!waiting.isEmpty() && events < maxEvents && sizeBytes < maxBytesOfGroup) {
            Pending next = waiting.remove();
            group.add(next);
            events += next.batch().publications().size();
            sizeBytes += next.sizeBytes();
        }
        waitingBytes -= sizeBytes;
        return group;
    }
}
