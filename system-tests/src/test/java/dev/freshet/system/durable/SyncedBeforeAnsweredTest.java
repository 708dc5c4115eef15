package dev.freshet.system.durable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.system.durable.SystemCalls.Moment;
import dev.freshet.system.durable.crowd.HubClient;
import dev.freshet.system.durable.crowd.Post;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A kill leaves the system's caches alone, a power cut does not. So this looks at what the hub asks of the system: when a
 * publish is answered, the disk was told to keep all that had been written for it, and had said that it did.
 */
class SyncedBeforeAnsweredTest {
    private static final int AT_A_TIME = 50;

    @TempDir
    private Path directory;

    @TempDir
    private Path notes;

    private final int port = HubProcess.freePort();
    private final HubClient client = new HubClient(HubProcess.uri(port));
    private int published;

    @Test
    void theDiskHasEveryEventBeforeItsPublisherIsAnswered() throws Exception {
        Path written = notes.resolve("calls");
        Path data = directory.toRealPath().resolve("log");
        try (HubProcess process =
                HubProcess.startUnder(SystemCalls.watch(written), data, port).awaitReady()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                publish();
                return whatIsLeft(written, data).beginningsOfTheWal > 1;
            });
            process.stop();
        }
        await().until(() -> Files.readString(written, ISO_8859_1).trim().endsWith("+++ exited with 0 +++"));
        assertThat(whatIsLeft(written, data).answers).isEqualTo(published);
    }

    private void publish() {
        for (int i = 0; i < AT_A_TIME; i++) {
            Post post = new Post("/events/t0", "text/plain", Optional.empty(), "x".repeat(1000), List.of());
            assertThat(client.publish(post).orElseThrow().status()).isEqualTo(200);
            published++;
        }
    }

    private static Disk whatIsLeft(Path written, Path data) throws IOException {
        Disk disk = new Disk(data);
        SystemCalls.read(written).forEach(disk::onMoment);
        return disk;
    }

    /** What would be left of the files if the power were cut. */
    private static final class Disk {
        private final String directory;
        private final String log;
        private final String wal;
        private boolean isLogSynced = true;
        private boolean isWalSynced = true;
        private boolean isDirectorySynced;
        private int syncsSinceAnswer;
        private int answers;
        private int beginningsOfTheWal;

        Disk(Path directory) {
            this.directory = directory.toString();
            this.log = directory.resolve("freshet.db").toString();
            this.wal = directory.resolve("freshet.db-wal").toString();
        }

        void onMoment(Moment moment) {
            if (moment.file().equals(wal)) {
                onWal(moment);
            } else if (moment.file().equals(log)) {
                isLogSynced = moment.isSync() || (isLogSynced && !moment.isWrite());
            } else if (moment.file().equals(directory)) {
                isDirectorySynced |= moment.isSync();
            } else if (moment.isWrite() && moment.arguments().contains("\"HTTP/1.1 200")) {
                onAnswer();
            }
        }

        private void onWal(Moment moment) {
            if (moment.isSync()) {
                isWalSynced = true;
                syncsSinceAnswer++;
            } else if (moment.isWrite()) {
                isWalSynced = false;
                if (moment.arguments().endsWith(", 32, 0")) {
                    beginningsOfTheWal++;
                    assertThat(isLogSynced)
                            .as("what was moved out of it is on the disk")
                            .isTrue();
                }
            }
        }

        private void onAnswer() {
            assertThat(isWalSynced)
                    .as("all was synced before answer %d", answers)
                    .isTrue();
            assertThat(syncsSinceAnswer).as("syncs before answer %d", answers).isPositive();
            assertThat(isDirectorySynced)
                    .as("the names of the files are on the disk")
                    .isTrue();
            answers++;
            syncsSinceAnswer = 0;
        }
    }
}
