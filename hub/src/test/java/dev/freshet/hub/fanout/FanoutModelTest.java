package dev.freshet.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.fanout.Expectation.Published;
import dev.freshet.hub.fanout.start.Subscription;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A lane whose every step is tiny, and clients that come, read slowly, block, leave, vanish and are written to alone in
 * between: whatever the order of things, each sees what it has to see.
 */
class FanoutModelTest extends HubCase {
    private static final String[] TOPICS = {"a", "b", "c/1", "c/2", "d/1/2"};
    private static final String[] SELECTORS = {"a", "b", "c/1", "c/{x}", "{+x}/2", "*", "{x}", "d/{x}/{y}"};

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Published> log = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private int gaps;

    private record Client(Subscription subscription, RecordingSink sink) {
        boolean isOpen() {
            return !sink.isGone();
        }
    }

    @Test
    void everybodySeesWhatTheyHaveToSee() {
        System.out.println("FanoutModelTest: -Dseed=" + seed);
        for (int round = 0; round < 30; round++) {
            begin(round % 3 == 0 ? 8 + random.nextInt(60) : 100_000);
            for (int step = 0; step < 1500; step++) {
                step();
            }
            end();
            leavesTheHubInOrder();
        }
        assertThat(gaps).isPositive();
        begin(10);
    }

    private void begin(int retained) {
        int sweepBytes = 1 + random.nextInt(400);
        hub = hubWithTinySlices(new WindowLimits(retained, 1 << 20, 512), sweepBytes, 1 + random.nextInt(300));
        log.clear();
        clients.clear();
    }

    private void step() {
        int dice = random.nextInt(100);
        if (dice < 25) {
            publish();
        } else if (dice < 65) {
            hub.executor(0).runOne();
        } else if (dice < 75 && clients.size() < 150) {
            subscribe();
        } else if (dice < 97) {
            disturb();
        } else if (dice < 98) {
            hub.clock().advance(Duration.ofSeconds(16));
        } else {
            hub.run();
        }
    }

    private void publish() {
        List<Topic> topics = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            topics.add(new Topic(TOPICS[random.nextInt(TOPICS.length)]));
        }
        if (random.nextInt(4) == 0) {
            randomClient().flatMap(client -> client.sink.subscriber().id()).ifPresent(id -> {
                topics.add(random.nextInt(topics.size() + 1), Topic.ofSubscriber(id));
                topics.removeIf(topic -> !topic.isReserved() && random.nextBoolean());
            });
        }
        String data = log.size() + "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 600 : 40));
        Publication publication = new Publication(ServerSentEvent.of(data), topics, random.nextInt(4) == 0);
        log.add(new Published(publication.topics(), publication.isPrivate(), data));
        hub.publish(publication);
    }

    private void subscribe() {
        String[] selectors = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> SELECTORS[random.nextInt(SELECTORS.length)])
                .toArray(String[]::new);
        Framing framing = Framing.values()[random.nextInt(2)];
        SubscriptionBuilder asked = to(selectors).framed(framing);
        if (random.nextBoolean()) {
            asked.announced();
        }
        if (random.nextInt(3) == 0) {
            asked.granted(SELECTORS[random.nextInt(SELECTORS.length)]);
        }
        start(asked);
        RecordingSink sink = new RecordingSink(framing);
        makeDifficult(sink);
        clients.add(new Client(asked.build(), hub.subscribe(0, asked, sink)));
    }

    private void start(SubscriptionBuilder asked) {
        switch (random.nextInt(5)) {
            case 0 -> asked.last(random.nextInt(20));
            case 1 -> asked.since(hub.clock().instant().minusNanos(random.nextInt(10_000_000)));
            case 2 -> asked.after("test-" + Long.toString(random.nextInt(log.size() + 2), 36));
            case 3 -> randomClient().map(client -> client.sink.lastEventId()).ifPresent(asked::after);
            default -> {}
        }
    }

    private void makeDifficult(RecordingSink sink) {
        switch (random.nextInt(8)) {
            case 0 -> sink.block();
            case 1 -> sink.takingPerWrite(1 + random.nextInt(60));
            case 2 -> sink.takingInAll(random.nextInt(2000));
            case 3 -> sink.vanishingAfter(1 + random.nextInt(5000));
            default -> {}
        }
    }

    private void disturb() {
        randomClient().filter(Client::isOpen).ifPresent(client -> {
            RecordingSink sink = client.sink;
            switch (random.nextInt(12)) {
                case 0 -> sink.close(EndReason.CLIENT_CLOSED);
                case 1 -> makeDifficult(sink);
                case 2 -> sink.takeAll();
                case 3 -> endOne(client);
                default -> sink.drain();
            }
        });
    }

    private void endOne(Client client) {
        if (random.nextInt(4) == 0) {
            client.sink.subscriber().end();
        }
    }

    private Optional<Client> randomClient() {
        return clients.isEmpty() ? Optional.empty() : Optional.of(clients.get(random.nextInt(clients.size())));
    }

    private void end() {
        do {
            clients.stream().filter(Client::isOpen).forEach(client -> client.sink.takeAll());
            hub.run();
        } while (clients.stream().anyMatch(client -> client.isOpen() && client.sink.isWaiting()));
        clients.forEach(this::check);
    }

    private void check(Client client) {
        long start = Expectation.startOf(client.sink.opening());
        Expectation expectation = new Expectation(
                client.subscription, client.sink.subscriber().id(), offset -> log.get((int) offset - 1), start);
        client.sink.events().forEach(expectation::onEvent);
        gaps += expectation.gaps();
        if (client.isOpen()) {
            expectation.requireCompleteBefore(log.size() + 1);
            assertThat(client.sink.isBetweenEvents()).isTrue();
        }
    }
}
