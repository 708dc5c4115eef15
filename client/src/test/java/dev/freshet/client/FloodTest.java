package dev.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.client.StreamEvent.Message;
import dev.freshet.client.testing.Answer;
import dev.freshet.client.testing.ScriptedEventServer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server that sends as fast as it can, to subscribers that take a little at a time. */
class FloodTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int EVENTS_IN_A_PIECE = 1000;
    /** What the buffers of two sockets and one read of the client can hold, in the smallest events that count up. */
    private static final long MOST_AHEAD = 3_000_000;

    private static final int SUBSCRIBERS = 20;
    /** One read of 64 KiB, as events. */
    private static final long MOST_LIVE_BYTES = SUBSCRIBERS * (3L << 20);

    @Test
    void aSlowSubscriberSlowsTheSocketAndGetsAllInOrder() {
        AtomicLong produced = new AtomicLong();
        Answer flood = Answer.stream().sendEach(numbers(produced));
        try (ScriptedEventServer server = ScriptedEventServer.start(flood)) {
            Counting subscriber = new Counting();
            EventSource.publisher(Quick.options(server)).subscribe(subscriber);
            for (int round = 1; round <= 300; round++) {
                subscriber.request(100);
                int expected = round * 100;
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> subscriber.received.get() == expected);
            }
            assertThat(settled(produced)).isBetween(30_000L, MOST_AHEAD);

            subscriber.request(10 * MOST_AHEAD);
            await().atMost(SOON).until(() -> produced.get() > MOST_AHEAD);
            subscriber.subscription.join().cancel();
            assertThat(subscriber.outOfOrder).hasValue(0);
        }
    }

    @Test
    void subscribersThatAskForNothingHoldNoMoreThanOneReadEach() {
        AtomicLong sent = new AtomicLong();
        byte[] smallest = "data:\n\n".repeat(EVENTS_IN_A_PIECE).getBytes(UTF_8);
        long before = liveBytes();
        try (ScriptedEventServer server =
                ScriptedEventServer.start(Answer.stream().sendForEver(smallest, sent))) {
            List<Counting> subscribers =
                    Stream.generate(Counting::new).limit(SUBSCRIBERS).toList();
            subscribers.forEach(
                    subscriber -> EventSource.publisher(Quick.options(server)).subscribe(subscriber));
            subscribers.forEach(subscriber -> subscriber.request(1));
            await().atMost(SOON).until(() -> server.requests().size() == SUBSCRIBERS);
            settled(sent);

            assertThat(liveBytes() - before).isLessThan(MOST_LIVE_BYTES);
            subscribers.forEach(subscriber -> subscriber.subscription.join().cancel());
        }
    }

    private static Iterable<byte[]> numbers(AtomicLong produced) {
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public byte[] next() {
                long first = produced.getAndAdd(EVENTS_IN_A_PIECE);
                StringBuilder piece = new StringBuilder();
                LongStream.range(first, first + EVENTS_IN_A_PIECE)
                        .forEach(i -> piece.append("data:").append(i).append("\n\n"));
                return piece.toString().getBytes(UTF_8);
            }
        };
    }

    /** The count, once it grows no more. */
    private static long settled(AtomicLong count) {
        AtomicLong before = new AtomicLong(-1);
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(400))
                .until(() -> count.get() > 0 && before.getAndSet(count.get()) == count.get());
        return count.get();
    }

    private static long liveBytes() {
        IntStream.range(0, 3).forEach(i -> System.gc());
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Counts messages, and those that are not the next number. */
    private static final class Counting implements Flow.Subscriber<StreamEvent> {
        final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        final AtomicInteger received = new AtomicInteger();
        final AtomicInteger outOfOrder = new AtomicInteger();

        void request(long events) {
            subscription.join().request(events);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            // The stream tells that it is open.
            given.request(1);
        }

        @Override
        public void onNext(StreamEvent event) {
            if (event instanceof Message message) {
                int number = received.getAndIncrement();
                if (!message.data().equals(String.valueOf(number))) {
                    outOfOrder.incrementAndGet();
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            subscription.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {}
    }
}
