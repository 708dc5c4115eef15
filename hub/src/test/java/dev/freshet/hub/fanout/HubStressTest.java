package dev.freshet.hub.fanout;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.Hub;
import dev.freshet.hub.HubConfig;
import dev.freshet.hub.HubSources;
import dev.freshet.hub.fanout.Expectation.Published;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.WatchedLog;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.memory.MemoryLog;
import dev.freshet.hub.log.memory.MemoryLogOptions;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import dev.freshet.hub.testing.RecordingObserver;
import dev.freshet.hub.testing.ThreadLane;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Publishers, lanes and clients on threads, a window that is far too small, and clients of every bad habit.
 *
 * <p>{@code -Dstress.seconds=} for longer, {@code -Dseed=} for the same choices (the threads still choose their own order).
 */
class HubStressTest {
    static final String EPOCH = "stress";
    private static final int LANES = 3;
    private static final int PUBLISHERS = 4;
    private static final int CLIENTS_PER_LANE = 60;
    private static final int MOST_EVENTS = 1 << 23;
    private static final WindowLimits WINDOW = new WindowLimits(2_000, 256 << 10, 8 << 10);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final long seconds = Long.getLong("stress.seconds", 8);
    private final AtomicReferenceArray<Published> log = new AtomicReferenceArray<>(MOST_EVENTS);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger gaps = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();
    private final RecordingObserver observer = new RecordingObserver();
    private final List<ThreadLane> threads =
            IntStream.range(0, LANES).mapToObj(i -> new ThreadLane("lane-" + i)).toList();
    private final WatchedLog events = new WatchedLog(new MemoryLog(
            EPOCH, new MemoryLogOptions(16, 1 << 20, 10, Duration.ofSeconds(1)), InstantSource.system(), observer));
    private final Hub hub = new Hub(
            new HubConfig(
                    WINDOW,
                    new LaneOptions(
                            Duration.ofMillis(50),
                            Duration.ofSeconds(2),
                            Duration.ofNanos(200_000),
                            Duration.ofMillis(1),
                            16 << 10,
                            4 << 10)),
            events,
            threads,
            new HubSources((LongSupplier) System::nanoTime, InstantSource.system(), () -> new Random(seed), observer));

    @AfterEach
    void stopLanes() {
        threads.forEach(ThreadLane::close);
    }

    @Test
    void nothingIsLostDoubledOrDisorderedInSilence() throws Exception {
        System.out.println("HubStressTest: -Dseed=" + seed + " -Dstress.seconds=" + seconds);
        List<StressClients> clients = startClients();
        List<Thread> publishers = startPublishers();
        long deadlineNanos = System.nanoTime() + SECONDS.toNanos(seconds);
        await().atMost(seconds + 30, SECONDS)
                .until(() -> failure.get() != null || System.nanoTime() - deadlineNanos >= 0);
        isOver.set(true);
        for (Thread publisher : publishers) {
            publisher.join(20_000);
            assertThat(publisher.isAlive()).isFalse();
        }

        finish(clients);
        // Nobody pins anything now: the memory is that of the window, and of one piece that is kept for the next.
        hub.publish(Publication.of(new Topic("a"), ServerSentEvent.of("last"))).join();
        assertThat(events.allocatedBytes()).isLessThanOrEqualTo(WINDOW.maxBytes() + WINDOW.segmentBytes());

        assertThat(failure.get()).isNull();
        assertThat(observer.failures()).isEmpty();
        System.out.printf(
                "HubStressTest: %d events appended, %d seen, %d streams, %d gaps, %d times behind, window at most %d KiB%n",
                observer.appended(),
                checked.get(),
                observer.subscribed(),
                gaps.get(),
                observer.behind(),
                events.peakBytes() >> 10);
        assertThat(gaps.get()).isPositive();
        assertThat(observer.behind()).isPositive();
        assertThat(checked.get()).isGreaterThan(1000);
        assertThat(observer.subscribed()).isEqualTo(observer.ends().size()).isGreaterThan(LANES * CLIENTS_PER_LANE);
    }

    private List<StressClients> startClients() {
        List<StressClients> all = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            StressClients.Report report = new StressClients.Report(this::published, failure, gaps, checked);
            StressClients clients =
                    new StressClients(hub.lanes().get(i), new Random(seed + i), CLIENTS_PER_LANE, report);
            all.add(clients);
            hub.lanes().get(i).execute(clients::run);
        }
        return all;
    }

    private List<Thread> startPublishers() {
        return IntStream.range(0, PUBLISHERS)
                .mapToObj(i -> {
                    Thread thread = new Thread(() -> guarded(() -> publish(i)), "publisher-" + i);
                    thread.start();
                    return thread;
                })
                .toList();
    }

    private void publish(int publisher) {
        Random random = new Random(seed + 100 + publisher);
        while (!isOver.get() && observer.appended() < MOST_EVENTS - 1000) {
            List<Publication> publications = IntStream.rangeClosed(0, random.nextInt(random.nextInt(20) == 0 ? 40 : 3))
                    .mapToObj(i -> publication(random))
                    .toList();
            CompletableFuture<Receipt> answer = hub.publish(new Batch(publications, Optional.empty()));
            answer.thenAccept(receipt -> note(receipt, publications));
            if (!isStorm() || random.nextInt(10) == 0) {
                LockSupport.parkNanos(random.nextInt(4_000_000));
            }
        }
    }

    /** Mostly the lanes keep up, and subscribers are live; in a storm the log runs away from lanes and readers. */
    private static boolean isStorm() {
        return System.nanoTime() / 100_000_000 % 8 == 0;
    }

    /** The writing thread answers in log order, but may be overtaken by a lane: whoever reads waits a moment. */
    private void note(Receipt receipt, List<Publication> publications) {
        for (int i = 0; i < publications.size(); i++) {
            long offset =
                    EventPosition.parse(receipt.ids().get(i)).orElseThrow().offset();
            Publication publication = publications.get(i);
            Published published = new Published(
                    publication.topics(),
                    publication.isPrivate(),
                    publication.event().data());
            if (log.getAndSet((int) offset, published) != null) {
                failure.set(new AssertionError("two events at " + offset));
            }
        }
    }

    private Published published(long offset) {
        Published published = log.get((int) offset);
        long deadlineNanos = System.nanoTime() + SECONDS.toNanos(5);
        while (published == null) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("sent but never acknowledged: " + offset);
            }
            Thread.onSpinWait();
            published = log.get((int) offset);
        }
        return published;
    }

    private static Publication publication(Random random) {
        List<Topic> topics = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            topics.add(new Topic(StressClients.TOPICS[random.nextInt(StressClients.TOPICS.length)]));
        }
        int length = random.nextInt(random.nextInt(50) == 0 ? 9_000 : 120);
        ServerSentEvent event = ServerSentEvent.of(random.nextInt() + "y".repeat(length));
        return new Publication(event, topics, random.nextInt(5) == 0);
    }

    private void finish(List<StressClients> clients) throws Exception {
        for (StressClients each : clients) {
            each.finish();
        }
        for (int i = 0; i < LANES; i++) {
            Lane lane = hub.lanes().get(i);
            await().atMost(30, SECONDS)
                    .until(() -> failure.get() != null
                            || clients.get(0).onLane(lane, () -> {
                                return lane.position() == observer.appended() + 1
                                        && clients.get(lane.number()).areAllLive();
                            }));
        }
        assertThat(failure.get()).isNull();
        for (StressClients each : clients) {
            long end = observer.appended() + 1;
            each.onLane(each.lane(), () -> {
                Invariants.check(each.lane());
                each.leave(end);
                Invariants.checkNothingIsLeft(each.lane());
                return true;
            });
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }
}
