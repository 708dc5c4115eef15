package dev.freshet.client.publish;

import dev.freshet.client.publish.PublishException.Reason;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Publishes events to a hub. Thread-safe.
 *
 * <p>Each publish has an idempotency key of its own, the same on each of its attempts: what is tried again because its answer
 * was lost is not published twice. At most {@link PublisherOptions.Limits#maxPending()} publishes are without an answer at a
 * time; beyond, {@link #publish} fails at once and {@link #publishWhenRoom} waits.
 *
 * <p>Results are completed on a loop: what depends on them must not block, or use the {@code Async} methods.
 */
public final class Publisher implements AutoCloseable {

    private final PublisherOptions options;
    private final Semaphore room;
    private final Queue<Parcel> parcels = new ConcurrentLinkedQueue<>();
    private final List<Courier> couriers;
    private volatile boolean isClosed;

    private Publisher(PublisherOptions options) {
        this.options = options;
        this.room = new Semaphore(options.limits().maxPending(), true);
        this.couriers = Stream.generate(() -> new Courier(options, parcels))
                .limit(options.limits().connections())
                .toList();
    }

    /**
     * A publisher, which connects when it has something to publish.
     *
     * @param options what it is to be
     * @return the publisher
     */
    public static Publisher open(PublisherOptions options) {
        return new Publisher(options);
    }

    /**
     * Publishes one event.
     *
     * @param publication the event
     * @return its id once it is in the hub's log; fails with a {@link PublishException}
     */
    public CompletableFuture<String> publish(Publication publication) {
        return publishAll(List.of(publication)).thenApply(ids -> ids.get(0));
    }

    /**
     * Publishes events as a whole, in order and with nothing between, or none of them.
     *
     * @param batch the events
     * @return their ids once they are in the hub's log; fails with a {@link PublishException}
     */
    public CompletableFuture<List<String>> publishAll(List<Publication> batch) {
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(PublishException.of(
                    Reason.QUEUE_FULL, "pending: " + options.limits().maxPending() + " (expected: fewer)"));
        }
        return send(batch);
    }

    /**
     * Publishes events like {@link #publishAll}, but waits for room first.
     *
     * @param batch the events
     * @return their ids once they are in the hub's log; fails with a {@link PublishException}
     * @throws InterruptedException if the thread is interrupted while it waits; nothing is published then
     */
    public CompletableFuture<List<String>> publishWhenRoom(List<Publication> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        room.acquire();
        return send(batch);
    }

    /**
     * Takes no more publishes, waits for the answers of those that there are, as long as the options say, then gives up the
     * rest. Must not be called on a loop.
     */
    @Override
    public void close() {
        isClosed = true;
        awaitAnswers();
        stopCouriers();
        for (Parcel left = parcels.poll(); left != null; left = parcels.poll()) {
            left.fail(closed());
        }
    }

    /** The caller has room for it. */
    private CompletableFuture<List<String>> send(List<Publication> batch) {
        Parcel parcel = Parcel.of(batch, options.retry());
        CompletableFuture<List<String>> answer = parcel.answer().whenComplete((ids, failure) -> room.release());
        parcels.add(parcel);
        if (isClosed && parcels.remove(parcel)) {
            parcel.fail(closed());
        } else {
            wakeOne();
        }
        return answer;
    }

    private void wakeOne() {
        for (Courier courier : couriers) {
            if (courier.wake()) {
                return;
            }
        }
    }

    private void awaitAnswers() {
        int all = options.limits().maxPending();
        try {
            if (room.tryAcquire(all, options.limits().closeTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                room.release(all);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** There is room again a moment before the caller's own future is complete; the courier's last task comes behind both. */
    private void stopCouriers() {
        CompletableFuture<?>[] stopped = couriers.stream().map(Courier::stop).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(stopped)
                .completeOnTimeout(null, options.limits().closeTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }

    private static PublishException closed() {
        return PublishException.of(Reason.CLOSED, "the publisher is closed");
    }
}
