package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.log.sqlite.file.Database;
import dev.freshet.log.sqlite.upkeep.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose file was emptied or removed, and one that is only being made. SQLite takes each for a new database. */
class EmptiedLogTest {
    @TempDir
    private Path directory;

    @TempDir
    private Path other;

    @Test
    void anEmptyFileIsNoNewLog() throws IOException {
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publish("a", "1");
        }
        Files.write(file(directory), new byte[0]);

        assertThatThrownBy(() -> DurableHub.on(directory))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining("freshet.db is empty (expected: a log");
        assertThat(LogFile.in(directory).check()).singleElement().asString().startsWith("freshet.db is empty");
        assertRepairSaysWhatToDo(directory, "it is empty");
        assertThat(file(directory)).isEmptyFile();
    }

    @Test
    void aWriteAheadLogWithoutItsFileIsNotThrownAway() throws IOException {
        Path wal = new Database(other).walFile();
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publish("a", "1");
            Files.copy(new Database(directory).walFile(), wal);
        }
        byte[] before = Files.readAllBytes(wal);

        assertThatThrownBy(() -> DurableHub.on(other))
                .hasMessageContaining("freshet.db is not there, but freshet.db-wal is (expected: both, or none)");
        assertThat(LogFile.in(other).check()).singleElement().asString().startsWith("freshet.db is not there, but");
        assertThatThrownBy(() -> LogFile.in(other).info())
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining("freshet.db is not there, but");
        assertRepairSaysWhatToDo(other, "only its write-ahead log is there");
        assertThat(wal).hasBinaryContent(before);
        assertThat(file(other)).doesNotExist();
    }

    /** A process was killed while it made the file. */
    @Test
    void whatIsLeftOfALogThatWasOnlyBeingMadeDoesNotMatter() throws IOException {
        Files.writeString(directory.resolve("freshet.db.new"), "half of a file");
        Files.writeString(directory.resolve("freshet.db.new-journal"), "a journal");
        try (DurableHub hub = DurableHub.on(directory)) {
            hub.publish("a", "1");
        }
        assertThat(LogFile.in(directory).check()).isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .hasSameElementsAs(List.of("freshet.db", "freshet.lock"));
        }
    }

    /** It said the name of the file for a reason. */
    @Test
    void saysInWordsWhyALogCannotBeMade() throws IOException {
        Files.createDirectories(directory.resolve("freshet.db.new/something"));
        assertThatThrownBy(() -> DurableHub.on(directory))
                .hasMessage("log: " + directory + ": freshet.db.new cannot be made: something else has that name"
                        + " (expected: a directory that this user may write)");
    }

    private static void assertRepairSaysWhatToDo(Path directory, String why) {
        assertThatThrownBy(() -> LogFile.in(directory).repair((done, total) -> {}))
                .hasMessageContainingAll(
                        "nothing of it can be read, since " + why,
                        "Put back a copy of freshet.db; or move all that begins with freshet.db elsewhere",
                        "freshet log import --data " + directory);
    }

    private static Path file(Path directory) {
        return new Database(directory).file();
    }
}
