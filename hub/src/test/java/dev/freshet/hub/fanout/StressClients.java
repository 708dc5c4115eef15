package dev.freshet.hub.fanout;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.freshet.codec.EventStreamParser;
import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.testing.ChunkDecoder;
import dev.freshet.hub.testing.SubscriptionBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** The clients of one lane, all badly behaved, each checking what it reads. Confined to the lane. */
final class StressClients {
    static final String[] TOPICS = {"a", "b", "c/1", "c/2", "d/1/2"};

    private static final String[] SELECTORS = {"a", "b", "c/1", "c/{x}", "{+x}/2", "*", "{x}"};

    private final Lane lane;
    private final Random random;
    private final int count;
    private final Report report;
    private final List<Client> clients = new ArrayList<>();
    private final AtomicBoolean isFinishing = new AtomicBoolean();

    /** What clients need from the test, and tell it. */
    record Report(Expectation.Log log, AtomicReference<Throwable> failure, AtomicInteger gaps, AtomicInteger checked) {}

    StressClients(Lane lane, Random random, int count, Report report) {
        this.lane = lane;
        this.random = random;
        this.count = count;
        this.report = report;
    }

    Lane lane() {
        return lane;
    }

    /** Does a little, and asks for another turn. */
    void run() {
        guarded(() -> {
            for (int i = 0; i < 4; i++) {
                step();
            }
        });
        if (!isFinishing.get()) {
            lane.execute(this::run);
        }
    }

    void finish() {
        isFinishing.set(true);
    }

    /** Lets everybody read; true once nobody has anything left to read. */
    boolean areAllLive() {
        clients.forEach(Client::readAll);
        clients.removeIf(client -> client.isGone);
        return clients.stream().allMatch(client -> client.subscriber().state() == Subscriber.State.LIVE);
    }

    /** Checks that all have seen everything before an offset, and closes them. */
    void leave(long end) {
        clients.forEach(client -> {
            client.expectation.requireCompleteBefore(end);
            client.close(EndReason.CLIENT_CLOSED);
        });
        clients.clear();
    }

    <T> T onLane(Lane on, Callable<T> work) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        on.execute(() -> {
            try {
                answer.complete(work.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.get(20, SECONDS);
    }

    private void step() {
        clients.removeIf(client -> client.isGone);
        if (clients.size() < count) {
            subscribe();
        }
        Client client = clients.get(random.nextInt(clients.size()));
        switch (random.nextInt(60)) {
            case 0 -> client.close(EndReason.CLIENT_CLOSED);
            case 1 -> client.subscriber().end();
            case 2, 3, 4 -> client.misbehave();
            case 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 -> client.readAll();
            default -> client.drain();
        }
    }

    private void subscribe() {
        String[] selectors = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> SELECTORS[random.nextInt(SELECTORS.length)])
                .toArray(String[]::new);
        SubscriptionBuilder asked = SubscriptionBuilder.to(selectors).framed(Framing.values()[random.nextInt(2)]);
        if (random.nextInt(3) == 0) {
            asked.granted(SELECTORS[random.nextInt(SELECTORS.length)]);
        }
        switch (random.nextInt(4)) {
            case 0 -> asked.last(random.nextInt(300));
            case 1 -> asked.after(idAt(Math.max(0, lane.position() - random.nextInt(3000))));
            default -> {}
        }
        Client client = new Client(asked.build());
        lane.subscribe(client.subscription, client);
        clients.add(client);
    }

    private static String idAt(long offset) {
        return new EventPosition(HubStressTest.EPOCH, offset).id();
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            report.failure.compareAndSet(null, e);
        }
    }

    private final class Client implements SubscriberSink, SubscriberSink.Opener {
        private final Subscription subscription;
        private final ChunkDecoder chunks = new ChunkDecoder();
        private final EventStreamParser parser = new EventStreamParser(this::onEvent);
        private Subscriber subscriber;
        private Expectation expectation;
        private long room = Long.MAX_VALUE;
        private boolean isWaiting;
        private boolean isGone;
        private boolean vanishes;

        private Client(Subscription subscription) {
            this.subscription = subscription;
        }

        private Subscriber subscriber() {
            return subscriber;
        }

        @Override
        public SubscriberSink open(Subscriber opened, byte[] opening) {
            subscriber = opened;
            long start = Expectation.startOf(new String(opening, StandardCharsets.UTF_8));
            expectation = new Expectation(subscription, opened.id(), report.log, start);
            guarded(() -> parser.feed(opening, 0, opening.length));
            return this;
        }

        @Override
        public int write(ByteBuffer bytes) {
            int offered = bytes.remaining();
            int taken = (int) Math.min(offered, room);
            byte[] copy = new byte[taken];
            bytes.get(copy);
            bytes.limit(bytes.position());
            guarded(() -> read(copy));
            room -= taken;
            isWaiting = taken < offered;
            if (isWaiting && vanishes) {
                close(EndReason.CLIENT_RESET);
                return CLOSED;
            }
            return taken;
        }

        @Override
        public void end() {
            close(EndReason.ENDED);
        }

        @Override
        public void abort() {
            close(EndReason.ENDED);
        }

        private void read(byte[] bytes) {
            if (isGone) {
                throw new AssertionError("write after the end");
            }
            byte[] plain = subscription.framing() == Framing.PLAIN ? bytes : chunks.decode(bytes);
            parser.feed(plain, 0, plain.length);
        }

        private void onEvent(ServerSentEvent event) {
            int before = expectation.gaps();
            expectation.onEvent(event);
            report.gaps.addAndGet(expectation.gaps() - before);
            report.checked.incrementAndGet();
        }

        private void misbehave() {
            room = random.nextInt(20_000);
            vanishes = random.nextInt(10) == 0;
        }

        private void readAll() {
            room = Long.MAX_VALUE;
            wake();
        }

        private void drain() {
            if (isWaiting) {
                room = random.nextInt(3) == 0 ? random.nextInt(64) : random.nextInt(8_000);
                wake();
            }
        }

        private void wake() {
            if (isWaiting && !isGone) {
                isWaiting = false;
                subscriber.onWritable();
            }
        }

        private void close(EndReason reason) {
            if (!isGone) {
                isGone = true;
                subscriber.onEnded(reason);
            }
        }
    }
}
