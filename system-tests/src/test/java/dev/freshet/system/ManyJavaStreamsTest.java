package dev.freshet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.EventHandler;
import dev.freshet.client.EventSource;
import dev.freshet.client.StreamEvent;
import dev.freshet.client.StreamOptions;
import dev.freshet.client.publish.Publication;
import dev.freshet.client.publish.Publisher;
import dev.freshet.client.publish.PublisherOptions;
import dev.freshet.client.retry.RetryPolicy;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** Ten thousand streams in one program, which has two threads for them; the hub runs in another, since files are few. */
class ManyJavaStreamsTest {
    private static final int STREAMS = 10_000;
    private static final int EVENTS = 20;
    private static final Duration SOON = Duration.ofMinutes(1);

    @Test
    void eachOfTenThousandStreamsGetsEveryEventOnceOnTwoThreads() {
        try (OutsideProgram hub = OutsideProgram.start(
                OutsideProgram.freshet("serve", "--port", "0").toArray(String[]::new))) {
            await().atMost(SOON).until(() -> !hub.lines().isEmpty());
            String greeting = hub.lines().get(0);
            URI address = URI.create(greeting.substring(greeting.indexOf("http://")));
            Memory before = Memory.inUse();
            Crowd crowd = new Crowd(address.resolve("/events/many"));
            try (Publisher publisher = Publisher.open(PublisherOptions.of(address))) {
                await().atMost(SOON).until(() -> crowd.opened.get() >= STREAMS);
                for (int i = 0; i < EVENTS; i++) {
                    publisher.publish(Publication.of("many", payload(i))).join();
                }
                await().atMost(SOON).until(() -> crowd.received.get() >= STREAMS * EVENTS);

                crowd.assertThatEachSawAllInOrder();
                assertThat(clientThreads()).hasSizeBetween(1, 2);
                Memory.inUse().assertThatStreamsAreSmall(before);
            } finally {
                crowd.close();
            }
        }
    }

    /** A number in 200 bytes. */
    private static String payload(int number) {
        return String.format(Locale.ROOT, "%200d", number);
    }

    private static List<String> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("freshet-client-") && !name.startsWith("freshet-client-names"))
                .toList();
    }

    /** What this program holds. */
    private record Memory(long heapBytes, long directBytes) {
        /** Nearly half as much again as was measured, see the guide of the client. */
        private static final long MOST_HEAP_BYTES = 6500;

        private static final long MOST_DIRECT_BYTES = 16 << 20;

        static Memory inUse() {
            System.gc();
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    PlatformDependent.usedDirectMemory());
        }

        void assertThatStreamsAreSmall(Memory before) {
            long heapOfOne = (heapBytes - before.heapBytes) / STREAMS;
            long directOfAll = directBytes - before.directBytes;
            System.out.println("heap of one stream: " + heapOfOne + " bytes");
            System.out.println("direct memory of all: " + (directOfAll >> 10) + " KiB");
            assertThat(heapOfOne).isLessThan(MOST_HEAP_BYTES);
            assertThat(directOfAll).isLessThan(MOST_DIRECT_BYTES);
        }
    }

    /** The streams, and for each the number of the event that it waits for. */
    private static final class Crowd {
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger received = new AtomicInteger();
        private final AtomicLongArray next = new AtomicLongArray(STREAMS);
        private final AtomicInteger outOfOrder = new AtomicInteger();
        private final List<EventSource> sources = new ArrayList<>();

        Crowd(URI stream) {
            StreamOptions options = StreamOptions.of(stream).withRetry(RetryPolicy.RESILIENT);
            for (int i = 0; i < STREAMS; i++) {
                sources.add(EventSource.open(options, handler(i)));
            }
        }

        void assertThatEachSawAllInOrder() {
            assertThat(outOfOrder).hasValue(0);
            assertThat(received).hasValue(STREAMS * EVENTS);
            for (int i = 0; i < STREAMS; i++) {
                assertThat(next.get(i)).isEqualTo(EVENTS);
            }
        }

        void close() {
            sources.forEach(EventSource::close);
        }

        private EventHandler handler(int number) {
            return new EventHandler() {
                @Override
                public void onMessage(StreamEvent.Message message) {
                    if (next.getAndIncrement(number)
                            != Long.parseLong(message.data().strip())) {
                        outOfOrder.incrementAndGet();
                    }
                    received.incrementAndGet();
                }

                @Override
                public void onOpened(StreamEvent.Opened event) {
                    opened.incrementAndGet();
                }
            };
        }
    }
}
