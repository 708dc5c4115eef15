package dev.freshet.lab;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.Hub;
import dev.freshet.hub.HubConfig;
import dev.freshet.hub.HubSources;
import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.fanout.SubscriberSink;
import dev.freshet.hub.fanout.setup.LaneExecutor;
import dev.freshet.hub.fanout.setup.LaneOptions;
import dev.freshet.hub.fanout.start.StartAt;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.memory.MemoryLog;
import dev.freshet.hub.log.memory.MemoryLogOptions;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event published and swept to 10,000 subscribers whose sinks take all and do nothing. Expected: at most 50 ns for each,
 * a hundredth of what the kernel takes for one send.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SweepBenchmark {
    private static final int SUBSCRIBERS = 10_000;
    /** While the code is cold a sweep takes so long that a lane would rest after it. */
    private static final LaneOptions WITHOUT_REST = new LaneOptions(
            LaneOptions.DEFAULT.heartbeat(),
            LaneOptions.DEFAULT.retry(),
            LaneOptions.DEFAULT.slice(),
            Duration.ZERO,
            LaneOptions.DEFAULT.maxSweepBytes(),
            LaneOptions.DEFAULT.maxPortionBytes());

    private final OwnThread lane = new OwnThread();
    private final Hub hub = new Hub(
            new HubConfig(WindowLimits.DEFAULT, WITHOUT_REST),
            new MemoryLog("bench", MemoryLogOptions.DEFAULT, InstantSource.system(), HubObserver.NONE),
            List.of(lane),
            new HubSources(System::nanoTime, InstantSource.system(), () -> new Random(1), HubObserver.NONE));
    private final Batch event =
            Batch.of(Publication.of(new Topic("orders/42"), ServerSentEvent.of("status", "x".repeat(160))));
    private long writes;

    /** Starts a hub without subscribers. */
    public SweepBenchmark() {}

    /** Subscribes all. */
    @Setup
    public void subscribe() {
        Subscription subscription = new Subscription(
                Set.of(TopicSelector.parse("orders/42")), ReadRights.PUBLIC, Framing.CHUNKED, new StartAt.Now(), false);
        for (int i = 0; i < SUBSCRIBERS; i++) {
            hub.lanes().get(0).subscribe(subscription, (subscriber, opening) -> new CountingSink());
        }
        lane.run();
    }

    /**
     * Publishes one event; the time is that of each subscriber.
     *
     * @return the writes so far
     */
    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public long sweep() {
        long before = writes;
        hub.publish(event).join();
        lane.run();
        if (writes != before + SUBSCRIBERS) {
            throw new IllegalStateException("writes: " + (writes - before) + " (expected: " + SUBSCRIBERS + ")");
        }
        return writes;
    }

    private final class CountingSink implements SubscriberSink {
        @Override
        public int write(ByteBuffer bytes) {
            writes++;
            return bytes.remaining();
        }

        @Override
        public void end() {
            // Nothing ends here.
        }

        @Override
        public void abort() {
            // Nothing ends here.
        }
    }

    /** A lane on the thread of the benchmark. Timers are not wanted: heartbeats would be measured too. */
    private static final class OwnThread implements LaneExecutor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public boolean inLane() {
            return true;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public void schedule(Runnable task, Duration delay) {
            if (delay.isZero()) {
                tasks.add(task);
            }
        }

        void run() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }
}
