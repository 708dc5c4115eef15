package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.publication.Publication;
import dev.freshet.hub.topic.Topic;
import dev.freshet.log.sqlite.upkeep.ArchivedEvent;
import dev.freshet.log.sqlite.upkeep.LogImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code freshet log} and {@code serve} do where a hub was killed, and a write-ahead log is left. SQLite moved it into
 * the file when that was closed, whatever was wrong with the file.
 */
@Timeout(120)
class LeftWalTest {
    /** The next one fits into the last page, so the first page of the file is not in the write-ahead log. */
    private static final int EVENTS = 1990;

    private static final int AT_APPLICATION_ID = 68;
    private static final int AT_VERSION = 63;

    @TempDir
    private Path folder;

    private LogShell shell = new LogShell(Path.of(""));
    private byte[] wal = new byte[0];

    @BeforeEach
    void killOneThatWrites() throws IOException {
        LogShell alive = new LogShell(folder.resolve("alive"));
        assertThat(alive.importing(LogShell.numbered(EVENTS))).isZero();
        shell = new LogShell(Files.createDirectory(folder.resolve("killed")));
        try (LogImport writer = LogImport.into(alive.data, false)) {
            writer.add(new ArchivedEvent(
                    Optional.of(new EventPosition("k7f2", EVENTS + 1)),
                    0,
                    Publication.of(new Topic("a"), ServerSentEvent.of("only in the write-ahead log"))));
            writer.commit();
            Files.copy(alive.file(), shell.file());
            Files.copy(alive.wal(), shell.wal());
        }
        wal = Files.readAllBytes(shell.wal());
        assertThat(wal).isNotEmpty();
    }

    @Test
    void whatReadsASoundLogMovesNothing() throws IOException {
        byte[] file = Files.readAllBytes(shell.file());
        assertThat(shell.log("check")).as(shell.err()).isZero();
        assertThat(shell.log("info")).isZero();
        assertThat(shell.positions()).hasSize(EVENTS + 1);
        assertThat(shell.log("repair")).as("it is sound").isZero();
        expectUntouched(file);
    }

    @Test
    void whatWritesASoundLogMovesIt() throws IOException {
        assertThat(shell.log("compact")).as(shell.err()).isZero();
        assertThat(shell.wal()).doesNotExist();
        assertThat(shell.log("check")).isZero();
        assertThat(shell.wal()).as("there was none").doesNotExist();
        assertThat(shell.positions()).hasSize(EVENTS + 1);
    }

    @Test
    void theDamagedFileIsKeptWithItsWriteAheadLogAsTheyWere() throws IOException {
        shell.damage(40);
        byte[] file = Files.readAllBytes(shell.file());
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.log("export")).isEqualTo(1);
        assertThat(shell.log("compact")).isEqualTo(1);
        assertThat(shell.log("info")).isEqualTo(1);
        assertThat(serve()).as("it reads the newest events").isNotZero();
        expectUntouched(file);

        assertThat(shell.log("repair")).isEqualTo(1);
        assertThat(shell.data.resolve("freshet.db.damaged-1")).hasBinaryContent(file);
        assertThat(shell.data.resolve("freshet.db.damaged-1-wal")).hasBinaryContent(wal);
        assertThat(shell.wal()).doesNotExist();
        assertThat(shell.positions()).contains(new EventPosition("k7f2", EVENTS + 1).id());
        assertThat(shell.log("check")).isZero();
    }

    /** All of it, and without the header. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void withoutTheFirstPageEverythingIsLeftAsItIs(int from) throws IOException {
        shell.destroyFirstPage(from);
        byte[] file = Files.readAllBytes(shell.file());
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.log("repair")).isEqualTo(2);
        assertThat(shell.log("info")).isEqualTo(1);
        assertThat(shell.log("export")).isEqualTo(1);
        assertThat(shell.log("compact")).isEqualTo(1);
        assertThat(shell.importing(LogShell.numbered(1))).isEqualTo(1);
        assertThat(serve()).isNotZero();
        expectUntouched(file);
    }

    /** Another program's database, and a newer hub's. */
    @ParameterizedTest
    @CsvSource({AT_APPLICATION_ID + ",0", AT_VERSION + ",99"})
    void whatIsNoneOfOursIsLeftAsItIs(int at, int value) throws IOException {
        shell.setHeader(at, value);
        byte[] file = Files.readAllBytes(shell.file());
        for (String command : List.of("check", "repair", "info", "export", "compact", "import")) {
            assertThat(shell.log(command)).as(command).isEqualTo(2);
        }
        assertThat(serve()).isNotZero();
        expectUntouched(file);
    }

    private int serve() {
        return shell.run("serve", "--port", "0", "--data", shell.data.toString());
    }

    private void expectUntouched(byte[] file) {
        assertThat(shell.file()).hasBinaryContent(file);
        assertThat(shell.wal()).hasBinaryContent(wal);
    }
}
