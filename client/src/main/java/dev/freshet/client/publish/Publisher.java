package dev.freshet.client.publish;

import dev.freshet.client.publish.PublishException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Publishes events to a hub. Thread-safe.
 *
 * <p>Each publish has an idempotency key of its own, the same on each of its attempts: what is tried again because its answer
 * was lost is not published twice. At most {@link PublisherOptions.Limits#maxPending()} publishes are without an answer at a
 * time. Beyond, {@link #publish} fails at once, {@link #publishWhenRoom} waits, and {@link #offer} tells later that there is
 * room.
 *
 * <p>Results are completed on a loop: what depends on them must not block, or use the {@code Async} methods.
 */
public final class Publisher implements AutoCloseable {

    /** A courier that is out of time is stopped all the same, which is one turn of its loop. */
    private static final long LEAST_STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PublisherOptions options;
    private final ParcelQueue parcels;
    private final List<Courier> couriers;

    private Publisher(PublisherOptions options) {
        this.options = options;
        this.parcels = new ParcelQueue(options.limits().maxPending());
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
        return answerTo(parcel(batch), 0);
    }

    /**
     * Publishes events like {@link #publishAll}, but waits for room first. Not for what depends on a result, which runs on a
     * loop: room comes from that same loop. Use {@link #offer} there, or the {@code Async} methods.
     *
     * @param batch the events
     * @return their ids once they are in the hub's log; fails with a {@link PublishException}
     * @throws IllegalStateException if it is called on a loop of this publisher
     * @throws InterruptedException if the thread is interrupted while it waits; nothing is published then
     */
    public CompletableFuture<List<String>> publishWhenRoom(List<Publication> batch) throws InterruptedException {
        if (couriers.stream().anyMatch(Courier::inLoop)) {
            throw new IllegalStateException("publishWhenRoom on a loop (expected: offer, or a thread that may block)");
        }
        Parcel parcel = parcel(batch);
        CompletableFuture<List<String>> answer = answerTo(parcel, Integer.MAX_VALUE);
        try {
            parcel.admitted().get();
        } catch (ExecutionException e) {
            // The answer says the same.
        } catch (InterruptedException e) {
            if (parcels.withdraw(parcel)) {
                throw e;
            }
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    /**
     * Publishes events like {@link #publishAll}, once there is room, without blocking. As many offers may wait for room as
     * publishes may be pending; one more fails at once.
     *
     * @param batch the events
     * @return tells when there was room for them, and what became of them
     */
    public Submission offer(List<Publication> batch) {
        Parcel parcel = parcel(batch);
        CompletableFuture<List<String>> answer =
                answerTo(parcel, options.limits().maxPending());
        return new Submission(parcel.admitted().copy(), answer);
    }

    /**
     * Takes no more publishes, waits for the answers of those that there are, as long as the options say, then gives up the
     * rest; what waits for room is given up at once. Takes at most a second longer than {@code closeTimeout}. Must not be
     * called on a loop.
     */
    @Override
    public void close() {
        long deadlineNanos = System.nanoTime() + options.limits().closeTimeout().toNanos();
        CompletableFuture<Void> answered = parcels.close();
        forEach(parcels::pollWaiting, parcel -> parcel.refuse(closed()));
        await(answered, deadlineNanos);
        stopCouriers(deadlineNanos);
        forEach(parcels::poll, parcel -> parcel.fail(closed()));
    }

    private Parcel parcel(List<Publication> batch) {
        return Parcel.of(batch, options.retry());
    }

    /** Sends the parcel unless so many wait already that it would have to join. */
    private CompletableFuture<List<String>> answerTo(Parcel parcel, int maxWaiting) {
        if (parcel.events() == 0) {
            parcel.admitted().complete(null);
            parcel.answer().complete(List.of());
            return parcel.answer();
        }
        CompletableFuture<List<String>> answer = parcel.answer().whenComplete((ids, failure) -> onAnswered(parcel));
        switch (parcels.enter(parcel, maxWaiting)) {
            case ADMITTED -> onAdmitted(parcel);
            case WAITING -> {}
            case FULL ->
                parcel.refuse(PublishException.of(
                        Reason.QUEUE_FULL, "pending: " + options.limits().maxPending() + " (expected: fewer)"));
            case CLOSED -> parcel.refuse(closed());
        }
        return answer;
    }

    private void onAdmitted(Parcel parcel) {
        wakeOne();
        parcel.admitted().complete(null);
    }

    /** Its place is free, if it had one. */
    private void onAnswered(Parcel parcel) {
        if (!parcel.admitted().isCompletedExceptionally()) {
            parcels.leave().ifPresent(this::onAdmitted);
        }
    }

    private void wakeOne() {
        for (Courier courier : couriers) {
            if (courier.wake()) {
                return;
            }
        }
    }

    private static void forEach(Supplier<Optional<Parcel>> source, Consumer<Parcel> action) {
        for (Optional<Parcel> left = source.get(); left.isPresent(); left = source.get()) {
            action.accept(left.get());
        }
    }

    private static void await(CompletableFuture<Void> answered, long deadlineNanos) {
        try {
            answered.get(left(deadlineNanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // Given up by what follows.
        }
    }

    /** A place is free a moment before the caller's own future is complete; the courier's last task comes behind both. */
    private void stopCouriers(long deadlineNanos) {
        CompletableFuture<?>[] stopped = couriers.stream().map(Courier::stop).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(stopped)
                .completeOnTimeout(null, Math.max(left(deadlineNanos), LEAST_STOP_NANOS), TimeUnit.NANOSECONDS)
                .join();
    }

    private static long left(long deadlineNanos) {
        return Math.max(0, deadlineNanos - System.nanoTime());
    }

    private static PublishException closed() {
        return PublishException.of(Reason.CLOSED, "the publisher is closed");
    }
}
