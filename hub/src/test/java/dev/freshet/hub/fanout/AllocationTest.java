package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.freshet.hub.testing.TestHub;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A sweep allocates for events and interests, and nothing for a subscriber. */
class AllocationTest extends HubCase {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MANY = 10_000;

    @Test
    void aSweepAllocatesAsMuchForManySubscribersAsForFew() {
        long forFew = allocatedBySweep(10);
        long forMany = allocatedBySweep(MANY);

        assertThat(forMany - forFew)
                .as("bytes for %d subscribers more", MANY - 10)
                .isLessThan(MANY / 10);
    }

    @Test
    void aHeartbeatAllocatesAsMuchForManySubscribersAsForFew() {
        long forFew = allocatedByHeartbeat(10);
        long forMany = allocatedByHeartbeat(MANY);

        assertThat(forMany - forFew)
                .as("bytes for %d subscribers more", MANY - 10)
                .isLessThan(MANY / 10);
    }

    /** The least of several, since classes are loaded and counters grow at some time. */
    private long allocatedBySweep(int subscribers) {
        TestHub crowded = crowd(subscribers);
        long least = Long.MAX_VALUE;
        for (int sweep = 0; sweep < 20; sweep++) {
            crowded.publish("a", "x");
            least = Math.min(least, allocatedBy(crowded::run));
        }
        return least;
    }

    private long allocatedByHeartbeat(int subscribers) {
        TestHub crowded = crowd(subscribers);
        long least = Long.MAX_VALUE;
        for (int beat = 0; beat < 20; beat++) {
            crowded.clock().advance(Duration.ofSeconds(16));
            least = Math.min(least, allocatedBy(crowded::run));
        }
        return least;
    }

    private static TestHub crowd(int subscribers) {
        TestHub crowded = TestHub.start();
        for (int i = 0; i < subscribers; i++) {
            crowded.lane(0).subscribe(to("a").build(), (subscriber, opening) -> new Taking());
        }
        crowded.run();
        return crowded;
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
