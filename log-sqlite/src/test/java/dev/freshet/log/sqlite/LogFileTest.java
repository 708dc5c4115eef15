package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.log.sqlite.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhatTheLogHolds() throws IOException {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 5);
            hub.publishNumbers("b", 1, 5);
            LogInfo info = LogFile.in(directory).info();

            assertThat(info.events()).isEqualTo(10);
            assertThat(info.topics()).isEqualTo(2);
            assertThat(info.earliest()).isEqualTo(1);
            assertThat(info.head()).isEqualTo(11);
            assertThat(info.oldestMs()).isEqualTo(hub.clock.millis());
            assertThat(info.epoch()).isEqualTo(hub.log.epoch());
        }
    }

    @Test
    void handsOutEventsInPieces() throws IOException {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 2500);
            List<String> data = new ArrayList<>();
            long next = LogFile.in(directory).export(2, event -> data.add(data(event)), (done, total) -> {});
            hub.publish("a", "2501");

            assertThat(data).isEqualTo(numbers(2, 2500));
            assertThat(next).isEqualTo(2501);
            next = LogFile.in(directory).export(next, event -> data.add(data(event)), (done, total) -> {});
            assertThat(data).isEqualTo(numbers(2, 2501));
            assertThat(LogFile.in(directory).export(next, event -> data.add(data(event)), (done, total) -> {}))
                    .isEqualTo(next);
        }
    }

    @Test
    void findsWhatDoesNotAgree() throws Exception {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 20);
            assertThat(LogFile.in(directory).check()).isEmpty();
        }
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + new Database(directory).file())) {
            Database.execute(other, "DELETE FROM event WHERE position = 7");
            Database.execute(other, "UPDATE log SET head = 20");
        }

        assertThat(LogFile.in(directory).check())
                .containsExactlyInAnyOrder(
                        "1 events at the head of the log or behind it (expected: none)",
                        "1 entries of the index by topics without an event (expected: none)");
    }

    @Test
    void compactsAndKeepsEverything() throws IOException {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 100);
        }
        long sizeBytes = LogFile.in(directory).compact();

        assertThat(sizeBytes).isPositive();
        assertThat(LogFile.in(directory).info().events()).isEqualTo(100);
        assertThat(LogFile.in(directory).check()).isEmpty();
    }

    @Test
    void saysWhereThereIsNoLog() {
        assertThatThrownBy(() -> LogFile.in(directory)).hasMessageContaining("holds none");
    }

    private static String data(LoggedEvent event) {
        return event.publication().event().data();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "" + i).toList();
    }
}
