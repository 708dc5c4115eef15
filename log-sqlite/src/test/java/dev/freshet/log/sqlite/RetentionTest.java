package dev.freshet.log.sqlite;

import static java.util.Optional.empty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.observe.GapReason;
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.upkeep.LogFile;
import dev.freshet.log.sqlite.upkeep.LogInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class RetentionTest {
    @TempDir
    private Path directory;

    private Optional<DurableHub> hub = empty();

    @AfterEach
    void close() {
        hub.ifPresent(DurableHub::close);
        hub.ifPresent(closed -> assertThat(closed.observer.failures()).isEmpty());
    }

    @Test
    void keepsSoManyEventsAndTellsOfTheGap() throws IOException {
        DurableHub small = open(new Retention(empty(), OptionalLong.of(50), unlimited(), List.of()));
        String first = small.publish("a", "0");
        small.publishNumbers("a", 1, 400);
        settle(small, () -> info().earliest() == 352);

        RecordingSink sink = small.subscribe(to("a").after(first));
        await().until(() -> small.data(sink).size() >= 51);
        assertThat(small.data(sink).subList(1, 51)).isEqualTo(numbers(351, 400));
        assertThat(small.data(sink).get(0)).contains("\"reason\":\"expired\"", "\"requested\":\"" + first + "\"");
        assertThat(info().events()).isEqualTo(50);
    }

    @Test
    void removesWhatIsOlder() throws IOException {
        DurableHub small = open(new Retention(Optional.of(Duration.ofMinutes(1)), unlimited(), unlimited(), List.of()));
        small.publishNumbers("a", 1, 20);
        small.clock.advance(Duration.ofSeconds(30));
        small.publishNumbers("b", 1, 20);
        small.clock.advance(Duration.ofSeconds(31));
        settle(small, () -> info().events() == 20);

        assertThat(info().topics()).as("a topic without events is forgotten").isEqualTo(1);
        assertThat(info().earliest()).isEqualTo(21);
    }

    /** What came while the clock was wrong is kept for as much too long; nothing is removed too early. */
    @Test
    void goesOnWhenTheClockIsSetForwardAndBack() throws IOException {
        DurableHub small =
                open(new Retention(Optional.of(Duration.ofMinutes(10)), OptionalLong.of(30), unlimited(), List.of()));
        small.clock.setWrong(Duration.ofHours(1));
        small.publishNumbers("a", 1, 20);
        small.clock.setWrong(Duration.ZERO);
        small.publishNumbers("b", 1, 20);
        settle(small, () -> info().events() == 30);
        small.clock.advance(Duration.ofMinutes(30));
        small.publishNumbers("c", 1, 10);
        settle(small, () -> info().earliest() == 21);
        RecordingSink all = small.subscribe(to("b").since(Instant.EPOCH));
        await().until(() -> small.data(all).size() == 21);
        assertThat(small.data(all).subList(1, 21)).isEqualTo(numbers(1, 20));
        small.clock.advance(Duration.ofHours(1));
        settle(small, () -> info().events() == 0);
    }

    @Test
    void keepsTheNewestOfEachTopicOfARule() throws IOException {
        DurableHub small = open(rule("orders/{id}", OptionalInt.of(2), empty()));
        String first = small.publish("orders/0", "first");
        for (int i = 0; i < 60; i++) {
            small.publish("orders/" + i % 3, "" + i);
            small.publish("other", "" + i);
        }
        settle(small, () -> info().events() == 6 + 60);

        RecordingSink order = small.subscribe(to("orders/1").since(Instant.EPOCH));
        await().until(() -> small.data(order).size() >= 3);
        assertThat(small.data(order))
                .hasSize(3)
                .endsWith("55", "58")
                .first()
                .asString()
                .contains("expired");
        RecordingSink other = small.subscribe(to("other").after(first));
        await().until(() -> small.data(other).size() >= 60);
        assertThat(small.data(other)).as("what no rule concerns has no gap").isEqualTo(numbers(0, 59));
    }

    /** The walk over the topics was timed by the time of day: set back by a day, rules rested for a day. */
    @Test
    void rulesGoOnWhenTheClockIsSetBack() throws IOException {
        DurableHub small = open(rule("orders/{id}", OptionalInt.of(1), empty()));
        small.publishNumbers("orders/1", 1, 30);
        settle(small, () -> info().events() == 1);
        small.setWallClock(Duration.ofDays(-1));
        small.publishNumbers("orders/1", 31, 60);

        settle(small, () -> info().events() == 1);
    }

    @Test
    void tellsOfWhatARuleRemovedAlsoAfterARestart() throws IOException {
        DurableHub small = open(rule("orders/{id}", OptionalInt.of(1), empty()));
        String first = small.publish("orders/1", "0");
        for (int i = 1; i <= 30; i++) {
            small.publish("orders/1", "" + i);
            small.publish("x", "-");
        }
        settle(small, () -> info().events() == 31);
        small.close();
        DurableHub again = open(Retention.FOR_EVER);

        RecordingSink sink = again.subscribe(to("orders/{id}").after(first));
        await().until(() -> again.data(sink).size() >= 2);
        assertThat(again.data(sink))
                .hasSize(2)
                .endsWith("30")
                .first()
                .asString()
                .contains("expired");
        assertThat(again.observer.gaps()).containsExactly(GapReason.EXPIRED);
    }

    @Test
    void anEventOfSeveralTopicsStaysUntilAllHaveLetItGo() throws IOException {
        DurableHub small = open(rule("short/{x}", OptionalInt.of(1), empty()));
        List<Topic> both = List.of(new Topic("short/1"), new Topic("long"));
        small.publish(new Publication(ServerSentEvent.of("both"), both, false));
        small.publishNumbers("short/1", 1, 30);
        settle(small, () -> info().events() == 2);

        RecordingSink sink = small.subscribe(to("long").since(Instant.EPOCH));
        await().until(() -> small.data(sink).equals(List.of("both")));
    }

    @Test
    void removesEventsWhoseTimeIsOver() throws IOException {
        DurableHub small = open(Retention.FOR_EVER);
        for (int i = 0; i < 30; i++) {
            small.publish(new Publication(
                    ServerSentEvent.of("" + i), List.of(new Topic("a")), false, Optional.of(Duration.ofSeconds(10))));
        }
        small.publish("a", "stays");
        small.clock.advance(Duration.ofSeconds(10));
        settle(small, () -> info().events() == 1);

        RecordingSink sink = small.subscribe(to("a").since(Instant.EPOCH));
        await().until(() -> small.data(sink).equals(List.of("stays")));
        assertThat(small.observer.gaps()).isEmpty();
    }

    /** An id dies with its connection, but each message left its event and a topic of its own for ever. */
    @Test
    void messagesForSubscribersThatAreGoneAreGoneADayLater() throws IOException {
        DurableHub small = open(Retention.FOR_EVER);
        IntStream.range(0, 30)
                .forEach(i -> small.publish(Topic.ofSubscriber("gone" + i).name(), "hello"));
        List<Topic> both = List.of(Topic.ofSubscriber("x"), new Topic("a"));
        small.publish(new Publication(ServerSentEvent.of("for all"), both, false));
        small.clock.advance(Duration.ofHours(23));
        small.publish("a", "another");
        assertThat(info().events()).isEqualTo(32);
        small.clock.advance(Duration.ofHours(1));
        settle(small, () -> info().events() == 2);

        assertThat(info().topics()).isEqualTo(2);
    }

    @Test
    void aSubscriberThatIsBehindGetsItsOwnMessageHoursLater() throws IOException {
        DurableHub small = open(Retention.FOR_EVER);
        RecordingSink sink = new RecordingSink(Framing.CHUNKED);
        small.subscribe(to("a").announced(), sink);
        String own = small.look(sink, told -> told.subscriber().id().orElseThrow());
        small.look(sink, RecordingSink::block);
        small.publish("a", "1");
        small.publish(Topic.ofSubscriber(own).name(), "for you");
        small.publishNumbers("a", 2, 30);
        small.clock.advance(Duration.ofHours(23));
        small.look(sink, told -> {
            told.takeAll();
            return told;
        });

        await().until(() -> small.data(sink).contains("30"));
        assertThat(small.data(sink)).containsSubsequence("1", "for you", "2", "30");
    }

    @Test
    void theFileBecomesSmallerWhenMuchIsRemoved() throws IOException {
        DurableHub small = open(new Retention(empty(), unlimited(), OptionalLong.of(2 << 20), List.of()));
        String data = "x".repeat(20_000);
        IntStream.range(0, 1000).forEach(i -> small.publish("a", data));
        settle(small, () -> info().usedBytes() <= 2 << 20);
        settle(small, () -> {
            small.publish("a", data);
            return Files.size(directory.resolve("freshet.db")) < 12 << 20;
        });

        assertThat(info().events()).isGreaterThan(20);
    }

    /** A subscriber that is on its way through the history when that is removed before it. */
    @Test
    void aReaderThatIsOvertakenByRetentionIsToldOfTheGap() throws IOException {
        DurableHub small = open(new Retention(Optional.of(Duration.ofMinutes(1)), unlimited(), unlimited(), List.of()));
        small.publishNumbers("a", 1, 300);
        RecordingSink sink = new RecordingSink(Framing.CHUNKED).takingInAll(500);
        small.subscribe(to("a").since(Instant.EPOCH), sink);
        await().until(() -> small.look(sink, RecordingSink::isWaiting));
        small.clock.advance(Duration.ofMinutes(2));
        small.publish("a", "last");
        settle(small, () -> info().events() == 1);
        small.onLane(() -> {
            sink.takeAll();
            return null;
        });
        await().until(() -> small.data(sink).contains("last"));

        List<String> data = small.data(sink);
        int gap = IntStream.range(0, data.size())
                .filter(i -> data.get(i).contains("slow"))
                .findFirst()
                .orElseThrow();
        assertThat(data.subList(0, gap)).isEqualTo(numbers(1, gap));
        assertThat(data).endsWith("last");
    }

    /** A subscriber that stopped reading while a rule removed what it had not been sent. */
    @Test
    void aReaderThatIsBehindIsToldOnceOfWhatARuleRemoved() throws IOException {
        DurableHub small = open(rule("orders/{id}", OptionalInt.of(1), empty()));
        RecordingSink sink = new RecordingSink(Framing.CHUNKED).takingInAll(500);
        small.subscribe(to("orders/1"), sink);
        small.publishNumbers("orders/1", 1, 300);
        small.publishNumbers("other", 1, 300);
        settle(small, () -> info().events() == 301);
        small.onLane(() -> {
            sink.takeAll();
            return null;
        });
        await().until(() -> small.data(sink).contains("300"));

        List<String> data = small.data(sink);
        int gap = data.size() - 2;
        assertThat(data.subList(0, gap)).isEqualTo(numbers(1, gap));
        assertThat(data.get(gap)).contains("\"reason\":\"slow\"");
        assertThat(small.observer.gaps()).containsExactly(GapReason.SLOW);
    }

    /** A step removed 200 events, while a transaction may append thousands: under load the log grew without end. */
    @Test
    void keepsUpWithManyWhoPublishBatches() throws Exception {
        Retention thousand = new Retention(empty(), OptionalLong.of(1000), unlimited(), List.of());
        DurableLog log = new SqliteLogProvider()
                .open(DurableHub.options(directory, thousand), InstantSource.system(), HubObserver.NONE);
        log.start(new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN), () -> {});
        List<Publication> hundred = IntStream.range(0, 100)
                .mapToObj(i -> Publication.of(new Topic("a"), ServerSentEvent.of("x".repeat(150))))
                .toList();
        List<CompletableFuture<Void>> publishers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 300)
                                .forEach(j -> DurableHub.await(log.append(new Batch(hundred, empty())))),
                        task -> new Thread(task).start()))
                .toList();
        publishers.forEach(DurableHub::await);
        long retained = info().events();
        log.close();
        DurableHub.await(log.closed());

        assertThat(info().head()).isEqualTo(240_001);
        assertThat(retained).isLessThan(100_000);
    }

    private DurableHub open(Retention retention) throws IOException {
        DurableHub opened = DurableHub.on(directory, retention);
        hub = Optional.of(opened);
        return opened;
    }

    private static Retention rule(String selector, OptionalInt last, Optional<Duration> maxAge) {
        return new Retention(
                empty(), unlimited(), unlimited(), List.of(new TopicRule(TopicSelector.parse(selector), last, maxAge)));
    }

    /** Time passes, as it does for a hub that runs. */
    private static void settle(DurableHub hub, Condition condition) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            hub.clock.advance(Duration.ofMillis(300));
            return condition.isMet();
        });
    }

    private LogInfo info() {
        try {
            return LogFile.in(directory).info();
        } catch (IOException e) {
            throw new AssertionFailedError("log: cannot be read", e);
        }
    }

    private static OptionalLong unlimited() {
        return OptionalLong.empty();
    }

    private static SubscriptionBuilder to(String... selectors) {
        return SubscriptionBuilder.to(selectors);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "" + i).toList();
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }
}
