package dev.freshet.client.publish;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What is to be published: as many parcels as there are places, in the order in which they came, and those that wait for a
 * place. A parcel has its place until it is answered. Thread-safe; nobody is told anything while the lock is held.
 */
final class ParcelQueue {

    /** How a parcel came in. */
    enum Entry {
        /** It has a place. */
        ADMITTED,
        /** It waits for one. */
        WAITING,
        /** Too many have places, or wait, already. */
        FULL,
        /** Nothing comes in any more. */
        CLOSED
    }

    private final int places;
    private final Lock lock = new ReentrantLock();
    private final Queue<Parcel> admitted = new ArrayDeque<>();
    private final Queue<Parcel> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();

    private int taken;
    private boolean isClosed;

    ParcelQueue(int places) {
        this.places = places;
    }

    /** Takes a parcel in, unless so many wait already that it would have to join. */
    Entry enter(Parcel parcel, int maxWaiting) {
        return locked(() -> {
            if (isClosed) {
                return Entry.CLOSED;
            }
            if (taken < places) {
                taken++;
                admit(parcel);
                return Entry.ADMITTED;
            }
            return waiting.size() < maxWaiting && waiting.add(parcel) ? Entry.WAITING : Entry.FULL;
        });
    }

    /** Takes back a parcel that waits; whether it did. */
    boolean withdraw(Parcel parcel) {
        return locked(() -> waiting.remove(parcel));
    }

    /** The next parcel to send. */
    Optional<Parcel> poll() {
        return locked(() -> Optional.ofNullable(admitted.poll()));
    }

    /** Whether there is nothing to send. */
    boolean isEmpty() {
        return locked(admitted::isEmpty);
    }

    /** A parcel is answered: its place goes to the first that waits, which is returned. */
    Optional<Parcel> leave() {
        Optional<Parcel> next = locked(this::passPlaceOn);
        tellIfDrained();
        return next;
    }

    /**
     * Lets nothing more in.
     *
     * @return completes when all that have places are answered
     */
    CompletableFuture<Void> close() {
        locked(() -> isClosed = true);
        tellIfDrained();
        return drained;
    }

    /** One of those that wait; for a queue that is closed. */
    Optional<Parcel> pollWaiting() {
        return locked(() -> Optional.ofNullable(waiting.poll()));
    }

    private void tellIfDrained() {
        if (locked(() -> isClosed && taken == 0)) {
            drained.complete(null);
        }
    }

    private Optional<Parcel> passPlaceOn() {
        Optional<Parcel> next = Optional.ofNullable(isClosed ? null : waiting.poll());
        next.ifPresentOrElse(this::admit, () -> taken--);
        return next;
    }

    private void admit(Parcel parcel) {
        parcel.backoff().begin();
        admitted.add(parcel);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
