package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.ManualClock;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.file.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention a step at a time, between transactions that append much. */
class CleanerTest {
    private static final int MANY = 3000;

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private WriterConnection connection;
    private SqliteHistory history;
    private long head = 1;

    @BeforeEach
    void open() throws SQLException {
        Database database = new Database(directory);
        database.loadLibrary();
        connection = WriterConnection.open(database, DurableHub.options(directory, Retention.FOR_EVER));
        history = new SqliteHistory(database, connection.log(), clock, 1);
    }

    @AfterEach
    void close() throws Exception {
        history.close();
        connection.close();
    }

    @Test
    void removesMoreThanWasAppendedMeanwhile() throws SQLException {
        Cleaner cleaner =
                cleaner(new Retention(Optional.empty(), OptionalLong.of(100), OptionalLong.empty(), List.of()));
        for (int turn = 0; turn < 5; turn++) {
            append(MANY, Optional.empty());
            cleaner.step(connection, head, clock.millis());
        }

        assertThat(retained()).isEqualTo(100);
    }

    @Test
    void keepsUpWithEventsWhoseTimeIsOver() throws SQLException {
        Cleaner cleaner = cleaner(Retention.FOR_EVER);
        for (int turn = 0; turn < 5; turn++) {
            append(MANY, Optional.of(Duration.ofMillis(1)));
            clock.advance(Duration.ofMillis(1));
            cleaner.step(connection, head, clock.millis());
        }

        assertThat(retained()).isZero();
    }

    @Test
    void keepsUpWithTheTopicsOfARule() throws SQLException {
        TopicRule newest = new TopicRule(TopicSelector.parse("{any}"), OptionalInt.of(1), Optional.empty());
        Cleaner cleaner =
                cleaner(new Retention(Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), List.of(newest)));
        for (int turn = 0; turn < 5; turn++) {
            append(MANY, Optional.empty());
            clock.advance(Duration.ofMinutes(1));
            cleaner.step(connection, head, clock.millis());
        }

        assertThat(retained()).isEqualTo(10);
    }

    /** Or a publish would wait for long where a removal is slow. */
    @Test
    void aStepEndsAfterATenthOfASecond() throws SQLException {
        Cleaner cleaner =
                cleaner(new Retention(Optional.empty(), OptionalLong.of(100), OptionalLong.empty(), List.of()));
        append(MANY, Optional.empty());
        clock.tick(Duration.ofMillis(20));
        Cleaner.Step step = cleaner.step(connection, head, clock.millis());

        assertThat(step.isMore()).isTrue();
        assertThat(retained()).isBetween(MANY - 1600L, MANY - 600L);
        while (cleaner.step(connection, head, clock.millis()).isMore()) {}
        assertThat(retained()).isEqualTo(100);
    }

    /** Readers had been told before; each attempt gave up some more, although all were still there. */
    @Test
    void givesUpNoMoreWhileItCannotRemove() throws SQLException {
        Cleaner cleaner = cleaner(new Retention(Optional.empty(), OptionalLong.empty(), OptionalLong.of(1), List.of()));
        append(MANY, Optional.empty());
        Database.execute(
                connection.connection(),
                "CREATE TEMP TRIGGER broken BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'broken'); END");
        connection.connection().commit();
        failToStep(cleaner);
        long told = history.earliest();
        for (int i = 0; i < 5; i++) {
            failToStep(cleaner);
        }

        assertThat(history.earliest()).isEqualTo(told).isLessThan(300);
        Database.execute(connection.connection(), "DROP TRIGGER broken");
        cleaner.step(connection, head, clock.millis());
        assertThat(retained()).isLessThanOrEqualTo(MANY + 1 - told);
    }

    private void failToStep(Cleaner cleaner) throws SQLException {
        assertThatThrownBy(() -> cleaner.step(connection, head, clock.millis())).hasMessageContaining("broken");
        connection.connection().rollback();
    }

    /** Six million events times two tebibytes are more than a number holds. */
    @Test
    void countsWhatIsTooMuchInAFileOfTebibytesWithoutAnOverflow() {
        assertThat(Cleaner.tooMany(3L << 40, 1L << 40, 6_000_000)).isEqualTo(201);
        assertThat(Cleaner.tooMany(3L << 40, (3L << 40) - (1 << 20), 6_000_000)).isEqualTo(2);
        assertThat(Cleaner.tooMany(1000, 500, 0)).isZero();
        assertThat(Cleaner.tooMany(1000, 500, 1)).isEqualTo(1);
        assertThat(Cleaner.tooMany(1000, 1000, 5)).isZero();
    }

    private Cleaner cleaner(Retention retention) {
        return new Cleaner(retention, history, head, clock);
    }

    /** One transaction, on ten topics. */
    private void append(int count, Optional<Duration> ttl) throws SQLException {
        connection.events().begin(clock.millis());
        List<Publication> publications = IntStream.range(0, count)
                .mapToObj(i -> new Publication(ServerSentEvent.of("x"), List.of(new Topic("" + i % 10)), false, ttl))
                .toList();
        for (LoggedEvent event : LoggedEvent.place(connection.log().epoch(), head, clock.millis(), publications)) {
            connection.events().insert(event, history.earliest());
        }
        head += count;
        connection.events().end(head);
        connection.connection().commit();
    }

    private long retained() throws SQLException {
        return connection.reader().events(1, Long.MAX_VALUE, Integer.MAX_VALUE).size();
    }
}
