package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.publication.Batch;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.salvage.LogRepair;
import dev.freshet.log.sqlite.upkeep.ArchivedEvent;
import dev.freshet.log.sqlite.upkeep.LogExport;
import dev.freshet.log.sqlite.upkeep.LogFile;
import dev.freshet.log.sqlite.upkeep.LogImport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What publishers and subscribers notice of a log that was moved, copied or repaired. */
class UpkeepTest {
    @TempDir
    private Path folder;

    private Path directory = Path.of("");
    private Path other = Path.of("");

    @BeforeEach
    void nameTheLogs() {
        directory = folder.resolve("one");
        other = folder.resolve("other");
    }

    @Test
    void whoeverComesBackToALogThatWasMovedGoesOnWhereTheyWere() throws IOException {
        String first;
        try (DurableHub hub = DurableHub.on(directory)) {
            first = hub.publish("a", "1");
            hub.publishNumbers("a", 2, 20);
        }
        copy(false, List.of());
        try (DurableHub hub = DurableHub.on(other)) {
            assertThat(hub.log.epoch()).isEqualTo(first.substring(0, first.indexOf('-')));
            RecordingSink sink = hub.subscribe(SubscriptionBuilder.to("a").after(first));
            await().until(() -> hub.data(sink).size() == 19);
            assertThat(hub.data(sink)).startsWith("2", "3").endsWith("20");
            assertThat(hub.publish("a", "21")).endsWith("-" + Long.toString(21, 36));
        }
    }

    @Test
    void whoeverComesToAnotherLogGoesOnBehindTheOldIdsToo() throws IOException {
        String first;
        String second;
        try (DurableHub hub = DurableHub.on(directory)) {
            first = hub.publish("a", "1");
            second = first.substring(0, first.indexOf('-')) + "-2";
            hub.publish(Publication.of(new Topic("a"), ServerSentEvent.of("2").withId("mine")));
            hub.publishNumbers("a", 3, 20);
        }
        try (DurableHub hub = DurableHub.on(other)) {
            hub.publishNumbers("a", 101, 120);
        }
        copy(false, List.of());
        try (DurableHub hub = DurableHub.on(other)) {
            assertThat(dataAfter(hub, first, 19)).startsWith("2", "3").endsWith("20");
            assertThat(dataAfter(hub, "mine", 18)).startsWith("3").endsWith("20");
            assertThat(dataAfter(hub, second, 18)).startsWith("3").endsWith("20");
            assertThat(dataAfter(hub, second + "zz", 41).get(0)).contains("\"reason\":\"expired\"");
        }
    }

    @Test
    void whoeverMayMissSomethingOfAPartIsTold() throws IOException {
        String first;
        try (DurableHub hub = DurableHub.on(directory)) {
            first = hub.publish("a", "1");
            hub.publishNumbers("b", 2, 10);
            hub.publishNumbers("a", 11, 30);
        }
        copy(false, List.of(TopicSelector.parse("a")));
        try (DurableHub hub = DurableHub.on(other)) {
            List<String> data = dataAfter(hub, first, 21);
            assertThat(data.get(0)).contains("\"reason\":\"expired\"", "\"requested\":\"" + first + "\"");
            assertThat(data.subList(1, 21)).startsWith("11").endsWith("30");
        }
    }

    @Test
    void idempotencyKeysOutliveARepair() throws IOException {
        Batch batch =
                new Batch(List.of(Publication.of(new Topic("a"), ServerSentEvent.of("once"))), Optional.of("key"));
        List<String> ids;
        try (DurableHub hub = DurableHub.on(directory)) {
            ids = hub.publish(batch);
            publishLong(hub, 1000);
        }
        overwritePages(60, 3);
        LogRepair.Report report = LogFile.in(directory).repair((done, total) -> {});

        assertThat(report.lost().events()).isPositive();
        assertThat(report.keysSaved()).isEqualTo(1);
        assertThat(report.keysLost()).isZero();
        try (DurableHub hub = DurableHub.on(directory)) {
            assertThat(hub.publish(batch)).isEqualTo(ids);
        }
    }

    @Test
    void whatIsLostOfTheKeysIsSaid() throws Exception {
        try (DurableHub hub = DurableHub.on(directory)) {
            for (int i = 0; i < 100; i++) {
                Publication publication = Publication.of(new Topic("a"), ServerSentEvent.of("" + i));
                hub.publish(new Batch(List.of(publication), Optional.of("key " + i + "x".repeat(200))));
            }
        }
        overwritePages(lastPageOf("idempotency_key"), 1);
        LogRepair.Report report = LogFile.in(directory).repair((done, total) -> {});

        assertThat(report.saved()).isEqualTo(100);
        assertThat(report.keysLost()).isPositive();
        assertThat(report.keysSaved()).isPositive();
    }

    @Test
    void everyIdOfAnEventAndEarlierGapsOutliveARepair() throws IOException {
        String first;
        try (DurableHub hub = DurableHub.on(directory)) {
            first = hub.publish("a", "0");
            hub.publish(Publication.of(new Topic("a"), ServerSentEvent.of("1").withId("mine")));
            hub.publish("b", "2");
            publishLong(hub, 1000);
        }
        copy(true, List.of(TopicSelector.parse("a")));
        Path moved = directory;
        directory = other;
        overwritePages(100, 2);
        LogRepair.Report report = LogFile.in(directory).repair((done, total) -> {});

        assertThat(report.lost().events()).isPositive();
        try (LogExport export = LogFile.in(directory).export(List.of())) {
            assertThat(export.skipThrough(first)).isTrue();
            long firstAt = export.position();
            assertThat(export.skipThrough(first.substring(0, first.indexOf('-')) + "-2"))
                    .isTrue();
            assertThat(export.position()).isEqualTo(firstAt + 1);
            assertThat(export.end().thinned()).containsEntry("*", export.head() - 1);
        }
        assertThat(LogFile.in(moved).check()).isEmpty();
    }

    /** Exports the one log, or a part, and imports it into the other. */
    private void copy(boolean appends, List<TopicSelector> selectors) throws IOException {
        try (LogExport export = LogFile.in(directory).export(selectors);
                LogImport to = LogImport.into(other, appends)) {
            for (Optional<List<LoggedEvent>> some = export.next(); some.isPresent(); some = export.next()) {
                for (LoggedEvent event : some.get()) {
                    to.add(ArchivedEvent.of(export.epoch(), event));
                }
            }
            to.add(export.end());
            assertThat(to.finish()).isTrue();
        }
    }

    private static List<String> dataAfter(DurableHub hub, String id, int count) {
        RecordingSink sink = hub.subscribe(SubscriptionBuilder.to("a").after(id));
        await().until(() -> hub.data(sink).size() >= count);
        assertThat(hub.data(sink)).hasSize(count);
        return hub.data(sink);
    }

    private static void publishLong(DurableHub hub, int events) {
        for (int i = 0; i < events; i++) {
            hub.publish("a", i + " " + "x".repeat(300));
        }
    }

    private int lastPageOf(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + new Database(directory).file());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT max(pageno) FROM dbstat WHERE name = '" + table + "' AND pagetype = 'leaf'")) {
            return rows.getInt(1);
        }
    }

    private void overwritePages(int first, int count) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(new Database(directory).file().toFile(), "rw")) {
            file.seek((first - 1) * 4096L);
            file.write("damage ".repeat(count * 4096 / 7).getBytes());
        }
    }
}
