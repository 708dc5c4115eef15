package dev.freshet.log.sqlite;

import static java.util.Optional.empty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Window;
import dev.freshet.hub.log.WindowLimits;
import dev.freshet.hub.log.durable.DurableLog;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.publication.Receipt;
import dev.freshet.hub.testing.RecordingObserver;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.file.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to those who publish when the thread that writes meets what nobody expects. */
class WriterTest {
    private static final Publication PUBLICATION = Publication.of(new Topic("a"), ServerSentEvent.of("x"));

    @TempDir
    private Path directory;

    private Optional<DurableLog> opened = empty();

    @AfterEach
    void close() {
        opened.ifPresent(DurableLog::close);
        opened.ifPresent(log -> DurableHub.await(log.closed()));
    }

    /** The thread ended then, and whoever published waited for ever. */
    @Test
    void goesOnToWriteWhenRetentionMeetsAnError() throws Exception {
        DurableHub.on(directory).close();
        change("INSERT INTO topic (name) VALUES ('{')");
        TopicRule rule = new TopicRule(TopicSelector.parse("orders/{id}"), OptionalInt.of(1), empty());
        Retention retention = new Retention(empty(), OptionalLong.empty(), OptionalLong.empty(), List.of(rule));
        try (DurableHub hub = DurableHub.on(directory, retention)) {
            await().until(() -> !hub.observer.failures().isEmpty());
            hub.publishNumbers("a", 1, 20);

            assertThat(hub.hub.isReady()).isTrue();
            assertThat(hub.observer.failures())
                    .singleElement()
                    .asString()
                    .startsWith("retention of the log")
                    .contains("braces");
        }
    }

    /** The queue stayed open, so that publishes were taken and never answered. */
    @Test
    void refusesWhenItsThreadWasEnded() throws IOException {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publish("a", "1");
            writers().forEach(Thread::interrupt);
            DurableHub.await(hub.log.closed());

            assertThat(hub.hub.isReady()).isFalse();
            assertThatThrownBy(() -> hub.publish("a", "2"))
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            AppendRefusedException.class,
                            e -> assertThat(e.reason()).isEqualTo(AppendRefusedException.Cause.CLOSED));
            assertThat(hub.observer.failures()).singleElement().asString().startsWith("writer of the log");
            DurableHub.on(directory).close();
        }
    }

    /** They were on the disk, but nobody was told: publishers got an error, and lanes and history waited for the next ones. */
    @Test
    void whatTheWindowCannotTakeIsAcknowledgedAndReadFromTheDisk() throws IOException {
        RecordingObserver observer = new RecordingObserver();
        Window window = new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN);
        AtomicInteger rings = new AtomicInteger();
        DurableLog log = open(observer);
        log.start(window, rings::incrementAndGet);
        publish(log, "1");
        window.startAt(1); // Now it does not take the event that follows.

        assertThat(publish(log, "2").ids()).singleElement().asString().endsWith("-2");
        assertThat(window.head()).isEqualTo(3);
        assertThat(rings).hasValue(2);
        assertThat(DurableHub.await(log.history().firstOffsetSince(0))).isEqualTo(1);
        assertThat(DurableHub.await(log.history().firstOffsetSince(Long.MAX_VALUE)))
                .isEqualTo(3);
        publish(log, "3");
        assertThat(window.entry(3)).isNotNull();
        assertThat(observer.failures()).singleElement().asString().startsWith("window of the log");
    }

    @Test
    void answersAlsoWhenItsBellFails() throws IOException {
        RecordingObserver observer = new RecordingObserver();
        DurableLog log = open(observer);
        log.start(new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN), () -> {
            throw new IllegalStateException("broken bell");
        });

        assertThat(publish(log, "1").ids()).hasSize(1);
        assertThat(publish(log, "2").ids()).hasSize(1);
        await().untilAsserted(() ->
                assertThat(observer.failures()).hasSize(2).allMatch(failure -> failure.contains("broken bell")));
    }

    /** Retention had more to do when the disk failed: the writer opened the file again and again, as fast as it could. */
    @Test
    void triesSeldomWhereTheDiskFails() throws Exception {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 600);
        }
        change("CREATE TRIGGER broken_1 BEFORE DELETE ON event WHEN old.position > 200"
                + " BEGIN SELECT RAISE(ABORT, 'broken'); END");
        change("CREATE TRIGGER broken_2 BEFORE UPDATE OF time_ms ON log WHEN old.earliest > 200"
                + " BEGIN SELECT RAISE(ABORT, 'broken'); END");
        AtomicInteger attempts = new AtomicInteger();
        RecordingObserver observer = new RecordingObserver();
        Retention ten = new Retention(empty(), OptionalLong.of(10), OptionalLong.empty(), List.of());
        InstantSource clock = () -> {
            attempts.incrementAndGet();
            return Instant.now();
        };
        DurableLog log = open(ten, clock, observer);
        log.start(new Window(WindowLimits.DEFAULT, EventEncoding.PLAIN), () -> {});
        await().until(() -> log.append(Batch.of(PUBLICATION)).isCompletedExceptionally() || !log.isUsable());
        int before = attempts.get();

        await().during(Duration.ofSeconds(1)).until(() -> attempts.get() - before < 20);
        assertThat(attempts.get()).as("it still tries").isGreaterThan(before);
        assertThat(observer.failures()).hasSizeBetween(1, 3).allMatch(failure -> failure.contains("broken"));
    }

    /** It counted as a failure to write: the hub said that it was not ready, four times a second, and published all the same. */
    @Test
    void isReadyThoughRetentionMeetsABadPage() throws Exception {
        DurableHub.on(directory).close();
        change("CREATE TRIGGER broken BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'broken'); END");
        Retention ten = new Retention(empty(), OptionalLong.of(10), OptionalLong.empty(), List.of());
        try (DurableHub hub = DurableHub.on(directory, ten)) {
            hub.publishNumbers("a", 1, 30);
            await().until(() -> {
                hub.clock.advance(Duration.ofMillis(300));
                return !hub.observer.failures().isEmpty();
            });

            await().during(Duration.ofMillis(600)).until(() -> {
                hub.clock.advance(Duration.ofMillis(300));
                return hub.hub.isReady();
            });
            hub.publishNumbers("a", 31, 40);
            assertThat(hub.observer.failures()).singleElement().asString().startsWith("retention of the log");
        }
    }

    private DurableLog open(RecordingObserver observer) throws IOException {
        return open(Retention.FOR_EVER, InstantSource.system(), observer);
    }

    private DurableLog open(Retention retention, InstantSource clock, RecordingObserver observer) throws IOException {
        DurableLog log = new SqliteLogProvider().open(DurableHub.options(directory, retention), clock, observer);
        opened = Optional.of(log);
        return log;
    }

    private static Receipt publish(DurableLog log, String data) {
        return DurableHub.await(log.append(Batch.of(Publication.of(new Topic("a"), ServerSentEvent.of(data)))));
    }

    private static List<Thread> writers() {
        Set<Thread> all = Thread.getAllStackTraces().keySet();
        return all.stream()
                .filter(thread -> thread.getName().equals("freshet-log-writer"))
                .toList();
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + new Database(directory).file())) {
            Database.execute(connection, sql);
        }
    }
}
