package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.observe.EndReason;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers who want what the window has given up. */
class HistoryTest {
    @TempDir
    private Path directory;

    private DurableHub hub;

    @BeforeEach
    void open() throws IOException {
        hub = DurableHub.on(directory);
    }

    @AfterEach
    void close() {
        hub.close();
        assertThat(hub.observer.failures()).isEmpty();
    }

    @Test
    void resumesBehindAnEventThatOnlyTheDiskHas() {
        String first = hub.publish("a", "0");
        hub.publishNumbers("a", 1, 100);
        RecordingSink sink = hub.subscribe(to("a").after(first));
        hub.publish("a", "101");

        expect(sink, numbers(1, 101));
    }

    @Test
    void readsOneTopicOfManyInOrder() {
        for (int i = 0; i < 300; i++) {
            hub.publish("t/" + i % 10, "" + i);
        }
        hub.publish("other", "-");

        expect(
                hub.subscribe(to("t/3").since(Instant.EPOCH)),
                IntStream.range(0, 300)
                        .filter(i -> i % 10 == 3)
                        .mapToObj(i -> "" + i)
                        .toList());
        expect(
                hub.subscribe(to("t/3", "t/7", "none").since(Instant.EPOCH)),
                IntStream.range(0, 300)
                        .filter(i -> i % 10 == 3 || i % 10 == 7)
                        .mapToObj(i -> "" + i)
                        .toList());
        expect(hub.subscribe(to("t/{x}").since(Instant.EPOCH)), numbers(0, 299));
        expect(hub.subscribe(to("t/5").last(4)), List.of("265", "275", "285", "295"));
        expect(hub.subscribe(to("t/5", "t/6").last(3)), List.of("286", "295", "296"));
        expect(hub.subscribe(to("t/{x}", "other").last(20)), concat(numbers(281, 299), "-"));
    }

    @Test
    void whatOnlyTheDiskHasTellsItsTopicsToo() throws IOException {
        hub.publish(new Publication(ServerSentEvent.of("0"), List.of(new Topic("a"), new Topic("b")), false));
        hub.publishNumbers("a", 1, 20);
        hub.close();
        hub = DurableHub.withTopics(directory);
        RecordingSink sink = hub.subscribe(to("b").since(Instant.EPOCH));

        expect(sink, List.of("0"));
        assertThat(hub.look(sink, RecordingSink::text)).contains("\ntopic: a\ntopic: b\ndata: 0\n");
    }

    @Test
    void beginsSinceATimeThatOnlyTheDiskKnows() {
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            times.add(hub.clock.instant());
            hub.publish("a", "" + i);
            hub.clock.advance(Duration.ofSeconds(1));
        }

        expect(hub.subscribe(to("a").since(times.get(20))), numbers(20, 49));
        expect(hub.subscribe(to("a").since(times.get(20).plusMillis(1))), numbers(21, 49));
        expect(hub.subscribe(to("a").since(times.get(0).minusSeconds(60))), numbers(0, 49));
        assertThat(hub.observer.gaps()).isEmpty();
    }

    @Test
    void givesPrivateEventsOfTheDiskOnlyToThoseWithAGrant() {
        hub.publish(new Publication(ServerSentEvent.of("secret"), List.of(new Topic("a")), true));
        hub.publish("a", "open");
        hub.publishNumbers("b", 1, 20);

        expect(hub.subscribe(to("a").since(Instant.EPOCH)), List.of("open"));
        expect(hub.subscribe(to("*").last(21)), concat(List.of("open"), numbers(1, 20)));
        expect(hub.subscribe(to("a").granted("a").since(Instant.EPOCH)), List.of("secret", "open"));
        expect(hub.subscribe(to("a").granted("a").last(2)), List.of("secret", "open"));
    }

    @Test
    void aSlowReaderGetsWhatLeftTheWindowAndItsOwnMessage() {
        RecordingSink sink = hub.subscribe(to("a").announced(), new RecordingSink(Framing.CHUNKED));
        hub.onLane(sink::block);
        hub.publishNumbers("a", 1, 50);
        String id = hub.onLane(() -> sink.subscriber().id().orElseThrow());
        hub.publish("$subscriber/" + id, "for you");
        hub.publish("$subscriber/other", "for others");
        hub.publishNumbers("a", 51, 100);
        hub.onLane(() -> {
            sink.takeAll();
            return null;
        });

        List<String> expected = concat(List.of("{\"subscriber\":\"" + id + "\"}"), numbers(1, 50));
        expect(sink, concat(concat(expected, "for you"), numbers(51, 100)));
        assertThat(hub.observer.gaps()).isEmpty();
    }

    /** Cut in the middle of pages, at every place. */
    @Test
    void whoTakesLittleGetsEverythingOnce() {
        hub.publishNumbers("a", 1, 60);
        for (int perWrite = 1; perWrite < 70; perWrite += 3) {
            RecordingSink sink = new RecordingSink(Framing.CHUNKED).takingPerWrite(perWrite);
            hub.subscribe(to("a").since(Instant.EPOCH), sink);
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                hub.onLane(sink::drain);
                return hub.data(sink).size() == 60;
            });

            assertThat(hub.data(sink)).isEqualTo(numbers(1, 60));
        }
    }

    @Test
    void whoIsGoneBeforeThePlaceIsFoundLeavesNothing() {
        hub.publishNumbers("a", 1, 60);
        RecordingSink sink = hub.subscribe(to("a").last(50), new RecordingSink(Framing.CHUNKED).vanishingAfter(40));

        await().until(() -> hub.look(sink, RecordingSink::isGone));
        assertThat(hub.hub.lanes().get(0).subscriberCount()).isZero();
        assertThat(hub.observer.ends()).containsExactly(EndReason.CLIENT_RESET);
    }

    @Test
    void doesNotReplayWhatHasExpired() {
        hub.publish(new Publication(
                ServerSentEvent.of("short"), List.of(new Topic("a")), false, Optional.of(Duration.ofSeconds(5))));
        hub.publish(new Publication(
                ServerSentEvent.of("long"), List.of(new Topic("a")), false, Optional.of(Duration.ofSeconds(60))));
        hub.publishNumbers("b", 1, 20);
        expect(hub.subscribe(to("a").since(Instant.EPOCH)), List.of("short", "long"));
        hub.clock.advance(Duration.ofSeconds(5));

        expect(hub.subscribe(to("a").since(Instant.EPOCH)), List.of("long"));
        expect(hub.subscribe(to("a").last(2)), List.of("long"));
    }

    /** Publishers go on while subscribers of all kinds come, read the disk, and become live. */
    @Test
    void losesAndDoublesNothingWhileTheLogMovesOn() throws InterruptedException, IOException {
        hub.close();
        hub = DurableHub.withPages(directory, 4 << 10);
        Random random = new Random(Long.getLong("seed", 1));
        Thread publisher = new Thread(() -> IntStream.range(0, 3000).forEach(i -> hub.publish("t/" + i % 3, "" + i)));
        publisher.start();
        List<RecordingSink> all = new ArrayList<>();
        List<RecordingSink> some = new ArrayList<>();
        while (publisher.isAlive() && all.size() < 10) {
            RecordingSink slow = new RecordingSink(Framing.CHUNKED).takingPerWrite(1000 + random.nextInt(2000));
            all.add(hub.subscribe(
                    to("*").since(Instant.EPOCH), random.nextBoolean() ? slow : new RecordingSink(Framing.CHUNKED)));
            some.add(hub.subscribe(to("t/1").since(Instant.EPOCH)));
            hub.onLane(slow::drain);
        }
        publisher.join();

        for (RecordingSink sink : all) {
            until(() -> {
                hub.onLane(sink::drain);
                return hub.data(sink).size() >= 3000;
            });
            assertThat(hub.data(sink)).isEqualTo(numbers(0, 2999));
        }
        List<String> expected = IntStream.range(0, 3000)
                .filter(i -> i % 3 == 1)
                .mapToObj(i -> "" + i)
                .toList();
        some.forEach(sink -> expect(sink, expected));
    }

    private void expect(RecordingSink sink, List<String> data) {
        until(() -> hub.look(sink, HistoryTest::isOpen) && hub.data(sink).size() >= data.size());
        assertThat(hub.data(sink)).isEqualTo(data);
    }

    /** What has failed will not come however long one waits. */
    private void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .failFast(() -> assertThat(hub.observer.failures()).isEmpty())
                .until(condition);
    }

    private static boolean isOpen(RecordingSink sink) {
        return !sink.opening().isEmpty();
    }

    private static SubscriptionBuilder to(String... selectors) {
        return SubscriptionBuilder.to(selectors);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "" + i).toList();
    }

    private static List<String> concat(List<String> first, String... more) {
        return concat(first, List.of(more));
    }

    private static List<String> concat(List<String> first, List<String> more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }
}
