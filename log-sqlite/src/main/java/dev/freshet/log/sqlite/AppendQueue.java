package dev.freshet.log.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The batches that wait for the writer, bounded. Thread-safe: any thread offers, which never waits but for the moment that
 * another needs to do the same; the writer alone takes.
 */
final class AppendQueue {
    private final int maxWaiting;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition isNotEmpty = lock.newCondition();
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private boolean isClosed;

    AppendQueue(int maxWaiting) {
        this.maxWaiting = maxWaiting;
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
            if (waiting.size() >= maxWaiting) {
                return Offer.FULL;
            }
            waiting.add(pending);
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
     * @param timeoutMs how long to wait
     * @return the batches in the order of their offers; empty if none came in time, or the queue is closed
     */
    List<Pending> take(int maxEvents, long timeoutMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (waiting.isEmpty() && !isClosed && leftNanos > 0) {
                leftNanos = isNotEmpty.awaitNanos(leftNanos);
            }
            List<Pending> group = new ArrayList<>();
            int events = 0;
            while (!waiting.isEmpty() && events < maxEvents) {
                group.add(waiting.remove());
                events += group.get(group.size() - 1).batch().publications().size();
            }
            return group;
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
            return all;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    boolean hasRoom() {
        lock.lock();
        try {
            return !isClosed && waiting.size() < maxWaiting;
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
}
