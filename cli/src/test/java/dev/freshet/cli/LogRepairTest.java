package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code freshet log check} and {@code repair}, as users call them. */
@Timeout(120)
class LogRepairTest {
    @TempDir
    private Path folder;

    private LogShell shell = new LogShell(Path.of(""));

    @BeforeEach
    void open() {
        shell = new LogShell(folder.resolve("data"));
    }

    @Test
    void aDamagedLogIsFoundAndSavedButForWhatIsLost() throws IOException {
        shell.input = LogShell.numbered(2000);
        assertThat(shell.log("import")).isZero();
        assertThat(shell.log("check")).isZero();
        shell.damage(20, 60, 61, 100);
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.err())
                .contains("damaged (expected: none of the above; freshet log repair --data " + shell.data);

        assertThat(shell.log("export")).isEqualTo(1);
        assertThat(shell.err()).contains("damaged (expected: a sound file; run: freshet log check --data ");

        assertThat(shell.log("repair")).isEqualTo(1);
        assertThat(shell.err()).contains(" of the log could not be read; whoever resumes");
        assertThat(shell.out()).contains("Saved: 1,", "freshet.db.damaged-1");
        assertThat(shell.data.resolve("freshet.db.damaged-1")).exists();
        assertThat(shell.data.resolve("repaired")).doesNotExist();
        assertThat(shell.log("check")).isZero();
        assertThat(shell.log("repair")).isZero();
        assertThat(shell.out()).contains("is sound; nothing was changed");

        shell.input = LogShell.numbered(2000);
        assertThat(shell.log("import")).as("a backup fills the holes").isZero();
        assertThat(shell.positions()).hasSize(2000);
        assertThat(shell.out()).as("nobody is told of a gap any more").endsWith("\"thinned\":{}}\n");
        assertThat(shell.log("check")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLogOfWhichNothingCanBeReadIsLeftAsItIs(int firstPage) throws IOException {
        shell.fill();
        shell.damage(IntStream.rangeClosed(firstPage, 13).toArray());
        byte[] before = Files.readAllBytes(shell.file());
        assertThat(shell.log("check")).isEqualTo(1);
        assertThat(shell.log("repair")).isEqualTo(2);
        assertThat(shell.err()).contains("nothing of it can be read (expected: ");
        assertThat(shell.file()).hasBinaryContent(before);
        assertThat(shell.data.resolve("repaired")).doesNotExist();
    }
}
