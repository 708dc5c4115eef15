package dev.freshet.log.sqlite;

import static java.util.Optional.empty;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.durable.Retention;
import dev.freshet.hub.log.durable.TopicRule;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to those who publish when the thread that writes meets what nobody expects. */
class WriterTest {
    @TempDir
    private Path directory;

    /** The thread ended then, and whoever published waited for ever. */
    @Test
    void goesOnToWriteWhenRetentionMeetsAnError() throws Exception {
        DurableHub.on(directory).close();
        change("INSERT INTO topic (name) VALUES ('{')");
        TopicRule rule = new TopicRule(TopicSelector.parse("orders/{id}"), OptionalInt.of(1), empty());
        Retention retention =
                new Retention(empty(), OptionalLong.empty(), OptionalLong.empty(), List.of(rule));
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
