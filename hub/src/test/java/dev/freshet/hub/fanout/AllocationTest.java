package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.testing.TestHub;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A sweep allocates for events and interests, and nothing for a subscriber. */
class AllocationTest extends HubCase {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MANY = 10_000;

    @Test
    void aSweepAllocatesAsMuchForManySubscribersAsForFew() {
        requireAlike(subscribers -> allocatedBySweep(crowd(subscribers)));
    }

    @Test
    void aHeartbeatAllocatesAsMuchForManySubscribersAsForFew() {
        requireAlike(subscribers -> allocatedByHeartbeat(crowd(subscribers)));
    }

    @Test
    void aHeartbeatAllocatesAsMuchForManyThatAreBehindAsForFew() {
        requireAlike(subscribers -> allocatedByHeartbeat(crowdOfReaders(subscribers)));
    }

    private static void requireAlike(IntToLongFunction allocatedFor) {
        assertThat(allocatedFor.applyAsLong(MANY) - allocatedFor.applyAsLong(10))
                .as("bytes for %d subscribers more", MANY - 10)
                .isLessThan(MANY / 10);
    }

    /** The least of several, since classes are loaded and counters grow at some time. */
    private static long allocatedBySweep(TestHub crowded) {
        long least = Long.MAX_VALUE;
        for (int sweep = 0; sweep < 20; sweep++) {
            crowded.publish("a", "x");
            least = Math.min(least, allocatedBy(crowded::run));
        }
        return least;
    }

    private static long allocatedByHeartbeat(TestHub crowded) {
        long least = Long.MAX_VALUE;
        for (int beat = 0; beat < 20; beat++) {
            crowded.clock().advance(Duration.ofSeconds(16));
            least = Math.min(least, allocatedBy(crowded::run));
        }
        return least;
    }

    private static TestHub crowd(int subscribers) {
        return crowded(TestHub.start(), subscribers, to("a"));
    }

    /** All of them wait for pages that do not come. */
    private static TestHub crowdOfReaders(int subscribers) {
        TestHub longHistory = TestHub.onLog(4, HeldHistory::new);
        IntStream.rangeClosed(1, 20).forEach(i -> longHistory.publish("a", "" + i));
        return crowded(longHistory, subscribers, to("a").after("test-1"));
    }

    private static TestHub crowded(TestHub hub, int subscribers, SubscriptionBuilder asked) {
        for (int i = 0; i < subscribers; i++) {
            hub.lane(0).subscribe(asked.build(), (subscriber, opening) -> new Taking());
        }
        hub.run();
        return hub;
    }

    private static long allocatedBy(Runnable task) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        task.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static final class Taking implements SubscriberSink {
        @Override
        public int write(ByteBuffer bytes) {
            return bytes.remaining();
        }

        @Override
        public void end() {}

        @Override
        public void abort() {}
    }
}
