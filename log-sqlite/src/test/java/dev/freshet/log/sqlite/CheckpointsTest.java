package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshet.hub.testing.RecordingObserver;
import dev.freshet.log.sqlite.file.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path directory;

    /** The file was opened again and again, as fast as that failed. */
    @Test
    void restsWhenTheFileCannotBeOpened() throws InterruptedException {
        RecordingObserver observer = new RecordingObserver();
        Checkpoints checkpoints = new Checkpoints(new Database(directory.resolve("nowhere")), observer);
        checkpoints.start();
        await().until(() -> !observer.failures().isEmpty());

        await().during(Duration.ofMillis(1500)).until(() -> observer.failures().size() <= 3);
        checkpoints.close();

        assertThat(observer.failures()).allMatch(failure -> failure.startsWith("checkpoint of the log"));
    }
}
