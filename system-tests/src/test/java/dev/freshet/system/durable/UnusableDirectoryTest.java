package dev.freshet.system.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.system.durable.crowd.HubClient;
import dev.freshet.system.durable.crowd.PlainStream;
import dev.freshet.system.durable.crowd.Post;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories in which a hub cannot work, or can nevertheless; as whoever starts it sees that. */
class UnusableDirectoryTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final int port = HubProcess.freePort();
    private final URI hub = HubProcess.uri(port);
    private final HubClient client = new HubClient(hub);

    @TempDir
    private Path directory;

    @TempDir
    private Path another;

    @Test
    void aSecondHubIsRefusedAndTheFirstGoesOn() {
        try (HubProcess first = start().awaitReady();
                HubProcess second = HubProcess.start(directory, HubProcess.freePort())) {
            assertThatRefused(3, second, "in use by another hub");
            assertThat(publish().status()).isEqualTo(200);
            first.stop();
        }
    }

    @Test
    void aDamagedFileIsLeftAloneAndTheCommandNamedThatChecksIt() throws IOException {
        leaveALog();
        byte[] damaged = damage();
        try (HubProcess process = start()) {
            assertThatRefused(process, "damaged (expected: a sound file; run: freshet log check", directory.toString());
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
    }

    @Test
    void aReadOnlyFileSystemIsNamed() throws IOException {
        try (TinyDisk disk = TinyDisk.mount(directory, "size=64m")) {
            leaveALog();
            disk.remount("ro");
            try (HubProcess process = start()) {
                assertThatRefused(process, "cannot be written", "(expected: a directory that this user may write)");
            }
        }
    }

    @Test
    void aFileThatAnotherProgramHasForItselfIsNamed() throws SQLException {
        leaveALog();
        try (Connection other = connect()) {
            execute(other, "PRAGMA locking_mode = EXCLUSIVE");
            execute(other, "BEGIN EXCLUSIVE");
            try (HubProcess process = start()) {
                assertThatRefused(process, "locked by another program (expected: nobody else writes there)");
            }
        }
    }

    @Test
    void publishesAreRefusedWhileAnotherProgramWritesAndThenGoOn() throws SQLException, IOException {
        try (HubProcess process = start().awaitReady()) {
            assertThat(publish().status()).isEqualTo(200);
            try (Connection other = connect()) {
                execute(other, "BEGIN IMMEDIATE");
                HubClient.Answer refused = publish();
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.text("type")).endsWith("/storage-failed");
                assertThat(refused.text("detail")).contains("locked by another program");
                assertThat(client.get("/readyz").orElseThrow().status()).isEqualTo(503);
                try (PlainStream stream = PlainStream.open(hub.resolve("/events/t0?last=1"), "")) {
                    assertThat(stream.next().data()).isEqualTo("hello");
                }
            }
            await().atMost(SOON).until(() -> publish().isAcknowledged());
            process.stop();
        }
    }

    @Test
    void whereNoProgramMayRunInTheTemporaryFolderTheDirectoryIsUsed() throws IOException {
        try (TinyDisk noexec = TinyDisk.mount(another, "size=16m,noexec");
                HubProcess process = HubProcess.start(javaWithTemporaryFolder(noexec.path()), directory, port)
                        .awaitReady()) {
            assertThat(publish().status()).isEqualTo(200);
            assertThat(listed(another)).as("left in the folder").noneMatch(name -> name.contains("sqlite"));
            assertThat(listed(directory)).as("left in the directory").noneMatch(name -> name.contains("sqlite"));
            process.stop();
            assertThat(process.complaints()).isEmpty();
        }
    }

    @Test
    void whereNoProgramMayRunAtAllItSaysWhatToDo() throws IOException {
        try (TinyDisk noexec = TinyDisk.mount(directory, "size=16m,noexec");
                HubProcess process = HubProcess.start(javaWithTemporaryFolder(noexec.path()), directory, port)) {
            assertThatRefused(process, "SQLite's native library cannot be loaded", "-Dorg.sqlite.tmpdir=FOLDER");
        }
    }

    private HubProcess start() {
        return HubProcess.start(directory, port);
    }

    private void leaveALog() {
        try (HubProcess process = start().awaitReady()) {
            assertThat(publish().status()).isEqualTo(200);
            process.stop();
        }
    }

    private HubClient.Answer publish() {
        return client.publish(new Post("/events/t0", "text/plain", Optional.empty(), "hello", List.of()))
                .orElseThrow();
    }

    private static List<String> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private byte[] damage() throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file().toFile(), "rw")) {
            opened.write("damage ".repeat(20).getBytes());
        }
        return Files.readAllBytes(file());
    }

    private Path file() {
        return directory.resolve("freshet.db");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private static List<String> javaWithTemporaryFolder(Path folder) {
        return List.of("-Djava.io.tmpdir=" + folder);
    }

    private static void assertThatRefused(HubProcess process, String... says) {
        assertThatRefused(1, process, says);
    }

    /** One line, which names the directory, and the exit code of a failure. */
    private static void assertThatRefused(int exitCode, HubProcess process, String... says) {
        assertThat(process.awaitExit()).isEqualTo(exitCode);
        assertThat(process.complaints())
                .singleElement()
                .asString()
                .startsWith("freshet: ")
                .contains(says);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
