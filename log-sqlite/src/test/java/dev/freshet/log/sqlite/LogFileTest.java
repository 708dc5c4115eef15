package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.upkeep.LogExport;
import dev.freshet.log.sqlite.upkeep.LogFile;
import dev.freshet.log.sqlite.upkeep.LogInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    void handsOutEventsInPiecesUpToWhereTheLogEnded() throws IOException {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 2500);
            String last = hub.publish("a", "2501");
            try (LogExport export = LogFile.in(directory).export(List.of())) {
                hub.publish("a", "2502");

                assertThat(data(export)).isEqualTo(numbers(1, 2501));
                assertThat(export.end().head().offset()).isEqualTo(2502);
                assertThat(export.end().thinned()).isEmpty();
            }
            try (LogExport later = LogFile.in(directory).export(List.of())) {
                assertThat(later.skipThrough(last)).isTrue();
                assertThat(data(later)).isEqualTo(numbers(2502, 2502));
                assertThat(later.skipThrough("nobody's")).isFalse();
            }
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
        assertThatThrownBy(() -> LogFile.in(directory)).hasMessageContaining("has no log in it");
    }

    private static List<String> data(LogExport export) throws IOException {
        List<String> data = new ArrayList<>();
        for (Optional<List<LoggedEvent>> some = export.next(); some.isPresent(); some = export.next()) {
            some.get().forEach(event -> data.add(event.publication().event().data()));
        }
        return data;
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "" + i).toList();
    }
}
