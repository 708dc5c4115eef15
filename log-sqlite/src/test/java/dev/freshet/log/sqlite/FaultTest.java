package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.access.ReadRights;
import dev.freshet.hub.fanout.start.Selection;
import dev.freshet.hub.log.AppendRefusedException;
import dev.freshet.hub.log.EventEncoding;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.durable.Page;
import dev.freshet.hub.log.durable.PageRequest;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.testing.RecordingSink;
import dev.freshet.hub.testing.SubscriptionBuilder;
import dev.freshet.hub.topic.Topic;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.salvage.LogRepair;
import dev.freshet.log.sqlite.upkeep.LogFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the disk, other programs and people do to a log. */
class FaultTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    @Test
    void aSecondHubOnTheSameDirectoryIsRefused() throws IOException {
        try (DurableHub hub = DurableHub.on(directory)) {
            assertThatThrownBy(() -> DurableHub.on(directory)).hasMessageContaining("in use by another hub");
            assertThatThrownBy(() -> LogFile.in(directory).compact()).hasMessageContaining("in use by another hub");
            hub.publish("a", "still there");
        }
        DurableHub.on(directory).close();
    }

    @Test
    void whatIsNoLogIsLeftAlone() throws Exception {
        Path file = new Database(directory).file();
        Files.writeString(file, "this is a letter, and long enough to be looked at as a database ".repeat(20));
        assertThatThrownBy(() -> DurableHub.on(directory))
                .hasMessageContaining("freshet log check --data " + directory);
        assertThat(file).content().startsWith("this is a letter");
        Files.delete(file);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Database.execute(other, "CREATE TABLE guests (name TEXT)");
        }

        assertThatThrownBy(() -> DurableHub.on(directory)).hasMessageContaining("another program's database");
    }

    @Test
    void aLogOfANewerVersionIsRefused() throws Exception {
        DurableHub.on(directory).close();
        change("PRAGMA user_version = 99");

        assertThatThrownBy(() -> DurableHub.on(directory)).hasMessageContaining("version 99", "newer freshet");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> DurableHub.on(file.resolve("log"))).hasMessageContaining(file.toString());
    }

    @Test
    void goesOnByItselfWhenAnotherProgramHasLetGoOfTheFile() throws Exception {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publish("a", "1");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + new Database(directory).file())) {
                Database.execute(other, "BEGIN IMMEDIATE");
                assertThatThrownBy(() -> hub.publish("a", "refused"))
                        .isInstanceOf(CompletionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                AppendRefusedException.class,
                                e -> assertThat(e.reason()).isEqualTo(AppendRefusedException.Cause.STORAGE_FAILED));
                assertThat(hub.hub.isReady()).isFalse();
                Database.execute(other, "ROLLBACK");
            }
            await().until(hub.hub::isReady);
            hub.publish("a", "2");
            RecordingSink sink = hub.subscribe(SubscriptionBuilder.to("a").since(Instant.EPOCH));

            await().until(() -> hub.data(sink).equals(List.of("1", "2")));
        }
    }

    @Test
    void aDamagedLogIsFoundAndRepairedButForWhatIsLost() throws Exception {
        String first;
        try (DurableHub hub = DurableHub.on(directory)) {
            first = hub.publish(
                    Publication.of(new Topic("a"), ServerSentEvent.of("0").withId("mine")));
            for (int i = 1; i <= 2000; i++) {
                hub.publish("a", i + " " + "x".repeat(200));
            }
        }
        overwritePages(60, 3);
        assertThat(LogFile.in(directory).check()).isNotEmpty();
        List<Long> progress = new ArrayList<>();

        LogRepair.Report report = LogFile.in(directory).repair((done, total) -> progress.add(done));

        assertThat(report.lost().isExact()).isTrue();
        assertThat(report.lost().events()).isBetween(1L, 200L);
        assertThat(report.saved() + report.lost().events()).isEqualTo(2001);
        assertThat(report.isSameLog()).isTrue();
        assertThat(report.old()).exists();
        assertThat(progress).isNotEmpty();
        assertThat(LogFile.in(directory).check()).isEmpty();
        try (DurableHub hub = DurableHub.on(directory)) {
            RecordingSink sink = hub.subscribe(SubscriptionBuilder.to("a").after(first));
            await().until(() -> hub.data(sink).size() >= report.saved());
            assertThat(hub.data(sink)).hasSize((int) report.saved());
            assertThat(hub.data(sink).get(0)).contains("\"reason\":\"expired\"", "\"requested\":\"mine\"");
            assertThat(hub.publish("a", "after")).endsWith("-" + Long.toString(2002, 36));
        }
    }

    /** A write of nothing works, and one of another topic may. */
    @Test
    void aHubThatMetDamageIsNotReadyAnyMore() throws Exception {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 100);
        }
        overwritePages(indexOfTopics(), 1);
        try (DurableHub hub = DurableHub.on(directory)) {
            assertThatThrownBy(() -> hub.publish("new", "1")).cause().hasMessageContaining("log: damaged");
            await().during(Duration.ofSeconds(1)).until(() -> !hub.hub.isReady());
        }
    }

    private int indexOfTopics() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + new Database(directory).file());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT rootpage FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'topic'")) {
            return row.getInt(1);
        }
    }

    @Test
    void anEndlessLossIsNotReportedForASoundLog() throws Exception {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 100);
        }
        LogRepair.Report report = LogFile.in(directory).repair((done, total) -> {});

        assertThat(report.saved()).isEqualTo(100);
        assertThat(report.lost().events()).isZero();
    }

    /** Each read that failed left its connection open, until the process could open no file any more. */
    @Test
    void readsThatFailLeaveNoFileOpen() throws Exception {
        assumeTrue(Files.isDirectory(OPEN_FILES), "no /proc/self/fd to count open files in");
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publishNumbers("a", 1, 20);
            change("UPDATE event SET topics = '{' WHERE position = 1");
            long before = openFiles();
            PageRequest broken = new PageRequest(
                    1,
                    5,
                    new Selection(Set.of(TopicSelector.parse("*")), ReadRights.PUBLIC),
                    EventEncoding.PLAIN,
                    Framing.PLAIN,
                    1000);
            for (int i = 0; i < 20; i++) {
                CompletableFuture<Page> page = hub.log.history().read(broken);
                await().until(page::isDone);
                assertThat(page).isCompletedExceptionally();
            }

            await().untilAsserted(() -> assertThat(openFiles()).isLessThan(before + 10));
        }
    }

    private long openFiles() throws IOException {
        try (Stream<Path> all = Files.list(OPEN_FILES)) {
            return all.filter(this::isOfLog).count();
        }
    }

    private boolean isOfLog(Path openFile) {
        try {
            return Files.readSymbolicLink(openFile).startsWith(directory.toRealPath());
        } catch (IOException e) {
            return false; // It was closed meanwhile.
        }
    }

    private void overwritePages(int first, int count) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(new Database(directory).file().toFile(), "rw")) {
            file.seek(first * 4096L);
            file.write("damage ".repeat(count * 4096 / 7).getBytes());
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + new Database(directory).file())) {
            Database.execute(connection, sql);
        }
    }
}
