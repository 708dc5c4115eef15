package dev.freshet.hub.log.memory;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.AppendRefusedException.Cause;
import dev.freshet.hub.log.EventLog;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Fingerprint;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A log that lives in the window alone. Thread-safe; appends never block.
 *
 * <p>There is no writing thread. {@link #underWay} counts the batches that are in the queue and not yet answered; whoever
 * raises it from 0 is the writer until it is 0 again, and whoever comes meanwhile leaves a batch in the queue. So a publish
 * needs no change of threads, and all batches still have one order.
 *
 * <p>A batch is in the queue before it is counted: the writer never waits for one that another thread, perhaps interrupted
 * at that point, has yet to bring. For that the limit may be passed by as many batches as there are threads.
 *
 * <p>A lane that became the writer has subscribers of its own: after {@link #MAX_IN_A_ROW} batches the role goes to a
 * thread of the log's own, with all that is in the queue.
 */
public final class MemoryLog implements EventLog {
    static final int MAX_IN_A_ROW = 256;

    private final String epoch;
    private final MemoryLogOptions options;
    private final InstantSource clock;
    private final HubObserver observer;
    private final Executor elsewhere;
    private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean isHandedOver = new AtomicBoolean();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final PublisherIds publisherIds = new PublisherIds();
    private final RememberedKeys keys;
    private final Instant began;
    private volatile boolean isClosed;
    private @Nullable Window window;
    private Runnable bell = () -> {};
    private long nextOffset = 1;
    private long lastTimeMs;

    /**
     * Creates an empty log, which writes on the threads of its callers and, under much load, on one of its own.
     *
     * @param epoch the name of this incarnation; must not have been used before
     * @param options its limits
     * @param clock gives events their time
     * @param observer is told what was appended and refused
     */
    public MemoryLog(String epoch, MemoryLogOptions options, InstantSource clock, HubObserver observer) {
        this(epoch, options, clock, observer, oneThread());
    }

    MemoryLog(String epoch, MemoryLogOptions options, InstantSource clock, HubObserver observer, Executor elsewhere) {
        this.epoch = new EventPosition(epoch, 0).epoch();
        this.options = options;
        this.clock = clock;
        this.observer = observer;
        this.elsewhere = elsewhere;
        this.keys = new RememberedKeys(options);
        this.began = Instant.ofEpochMilli(clock.millis());
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Instant began() {
        return began;
    }

    @Override
    public void start(Window window, Runnable bell) {
        this.window = window;
        this.bell = bell;
    }

    @Override
    public CompletableFuture<Receipt> append(Batch batch) {
        if (isClosed) {
            return refuse(Cause.CLOSED, "log: closed (expected: a running hub)");
        }
        long sizeBytes = batch.sizeBytes();
        Optional<String> tooMuch = tooMuchFor(sizeBytes);
        if (tooMuch.isPresent()) {
            observer.onQueueFull();
            return refuse(Cause.QUEUE_FULL, "log: " + tooMuch.get() + " are waiting (expected: fewer; try again)");
        }
        Pending pending = Pending.of(batch, sizeBytes);
        waitingBytes.addAndGet(sizeBytes);
        queue.add(pending);
        if (underWay.getAndIncrement() == 0) {
            writeAll();
        }
        return pending.answer;
    }

    @Override
    public CompletableFuture<OptionalLong> offsetOf(String publisherId) {
        return CompletableFuture.completedFuture(publisherIds.offsetOf(publisherId, window().earliest()));
    }

    @Override
    public boolean isUsable() {
        return !isClosed && underWay.get() < options.maxWaiting() && waitingBytes.get() < options.maxWaitingBytes();
    }

    @Override
    public void close() {
        isClosed = true;
    }

    /** Says what waits already if that is too much to take a batch. A very large batch may wait alone. */
    private Optional<String> tooMuchFor(long sizeBytes) {
        int waiting = underWay.get();
        if (waiting >= options.maxWaiting()) {
            return Optional.of(waiting + " batches");
        }
        long otherBytes = waitingBytes.get();
        boolean fits = otherBytes == 0 || otherBytes + sizeBytes <= options.maxWaitingBytes();
        return fits ? Optional.empty() : Optional.of(otherBytes + " bytes");
    }

    /** The writer's loop. Each batch gives its place free by itself, or under steady load the queue would look full. */
    private void writeAll() {
        int written = 0;
        do {
            write(queue.remove());
            if (underWay.decrementAndGet() == 0) {
                return;
            }
        } while (++written % MAX_IN_A_ROW != 0 || !handOver());
    }

    /** Returns false if no other thread can be had: who has the role keeps it, or nobody would ever write again. */
    private boolean handOver() {
        isHandedOver.set(true);
        try {
            elsewhere.execute(this::takeOver);
            return true;
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            observer.onFailure("log's thread", e);
            return !isHandedOver.compareAndSet(true, false);
        }
    }

    /** A task that could not be run at once may have been kept, and run later, when the role is taken. */
    private void takeOver() {
        if (isHandedOver.compareAndSet(true, false)) {
            writeAll();
        }
    }

    private void write(Pending pending) {
        waitingBytes.addAndGet(-pending.sizeBytes);
        try {
            pending.answer.complete(receiptFor(pending));
        } catch (AppendRefusedException e) {
            pending.answer.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            observer.onFailure("append", e);
            pending.answer.completeExceptionally(e);
        }
    }

    private Receipt receiptFor(Pending pending) {
        lastTimeMs = Math.max(lastTimeMs, clock.millis());
        Batch batch = pending.batch;
        Optional<Long> first = batch.idempotencyKey().flatMap(key -> keys.find(key, pending.fingerprint, lastTimeMs));
        return first.map(offset -> receipt(placed(batch.publications(), offset)))
                .orElseGet(() -> appended(pending));
    }

    private Receipt appended(Pending pending) {
        long first = nextOffset;
        List<LoggedEvent> events = placed(pending.batch.publications(), first);
        long sizeBytes = store(events);
        nextOffset += events.size();
        pending.batch.idempotencyKey().ifPresent(key -> keys.remember(key, pending.fingerprint, first, lastTimeMs));
        observer.onAppended(events.size(), sizeBytes);
        bell.run();
        return receipt(events);
    }

    private static Receipt receipt(List<LoggedEvent> events) {
        return new Receipt(events.stream().map(LoggedEvent::id).toList());
    }

    private List<LoggedEvent> placed(List<Publication> publications, long first) {
        return LoggedEvent.place(epoch, first, lastTimeMs, publications);
    }

    /** Ids are known before the window shows their events: whoever has seen one can resume behind it. */
    private long store(List<LoggedEvent> events) {
        publisherIds.forgetBefore(window().earliest());
        events.stream()
                .filter(event -> event.publication().event().id().isPresent())
                .forEach(event -> publisherIds.add(event.id(), event.offset()));
        try {
            return window().append(events);
        } catch (RuntimeException | Error e) {
            publisherIds.takeBack(nextOffset);
            throw e;
        }
    }

    private Window window() {
        if (window == null) {
            throw new IllegalStateException("log: not started (expected: start before anything else)");
        }
        return window;
    }

    /** It begins when it is needed, and ends when there was nothing to do for a while; the server has one of its own like it. */
    private static Executor oneThread() {
        return new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), MemoryLog::writer);
    }

    private static Thread writer(Runnable task) {
        Thread thread = new Thread(task, "freshet-log-writer");
        thread.setDaemon(true);
        return thread;
    }

    private static CompletableFuture<Receipt> refuse(Cause cause, String message) {
        return CompletableFuture.failedFuture(new AppendRefusedException(cause, message));
    }

    /** What waits for the writer. A batch without a key needs no fingerprint. */
    private record Pending(Batch batch, long sizeBytes, long fingerprint, CompletableFuture<Receipt> answer) {
        static Pending of(Batch batch, long sizeBytes) {
            long fingerprint = batch.idempotencyKey().isPresent() ? Fingerprint.of(batch.publications()) : 0;
            return new Pending(batch, sizeBytes, fingerprint, new CompletableFuture<>());
        }
    }
}
