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
import dev.freshet.hub.observe.HubObserver;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.upkeep.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits by age, number and size, which remove from the front of the log. */
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
        small.settle(() -> small.info().earliest() == 352);

        RecordingSink sink = small.subscribe(to("a").after(first));
        await().until(() -> small.data(sink).size() >= 51);
        assertThat(small.data(sink).subList(1, 51)).isEqualTo(numbers(351, 400));
        assertThat(small.data(sink).get(0)).contains("\"reason\":\"expired\"", "\"requested\":\"" + first + "\"");
        assertThat(small.info().events()).isEqualTo(50);
    }

    @Test
    void removesWhatIsOlder() throws IOException {
        DurableHub small = open(new Retention(Optional.of(Duration.ofMinutes(1)), unlimited(), unlimited(), List.of()));
        small.publishNumbers("a", 1, 20);
        small.clock.advance(Duration.ofSeconds(30));
        small.publishNumbers("b", 1, 20);
        small.clock.advance(Duration.ofSeconds(31));
        small.settle(() -> small.info().events() == 20);

        assertThat(small.info().topics())
                .as("a topic without events is forgotten")
                .isEqualTo(1);
        assertThat(small.info().earliest()).isEqualTo(21);
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
        small.settle(() -> small.info().events() == 30);
        small.clock.advance(Duration.ofMinutes(30));
        small.publishNumbers("c", 1, 10);
        small.settle(() -> small.info().earliest() == 21);
        RecordingSink all = small.subscribe(to("b").since(Instant.EPOCH));
        await().until(() -> small.data(all).size() == 21);
        assertThat(small.data(all).subList(1, 21)).isEqualTo(numbers(1, 20));
        small.clock.advance(Duration.ofHours(1));
        small.settle(() -> small.info().events() == 0);
    }

    @Test
    void theFileBecomesSmallerWhenMuchIsRemoved() throws IOException {
        DurableHub small = open(new Retention(empty(), unlimited(), OptionalLong.of(2 << 20), List.of()));
        String data = "x".repeat(20_000);
        IntStream.range(0, 1000).forEach(i -> small.publish("a", data));
        small.settle(() -> small.info().usedBytes() <= 2 << 20);
        small.settle(() -> {
            small.publish("a", data);
            return Files.size(directory.resolve("freshet.db")) < 12 << 20;
        });

        assertThat(small.info().events()).isGreaterThan(20);
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
        small.settle(() -> small.info().events() == 1);
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
        long retained = LogFile.in(directory).info().events();
        log.close();
        DurableHub.await(log.closed());

        assertThat(LogFile.in(directory).info().head()).isEqualTo(240_001);
        assertThat(retained).isLessThan(100_000);
    }

    private DurableHub open(Retention retention) throws IOException {
        DurableHub opened = DurableHub.on(directory, retention);
        hub = Optional.of(opened);
        return opened;
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
}
