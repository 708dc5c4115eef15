package dev.freshet.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may have a directory, in this process and in others. */
class LogDirectoryTest {
    @TempDir
    private Path directory;

    /** Another process, which tries to take a directory. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) {
            try (LogDirectory taken = LogDirectory.open(Path.of(arguments[0]))) {
                System.out.print("taken: " + taken.database().directory());
            } catch (IOException e) {
                System.out.print("refused: " + e.getMessage());
            }
        }
    }

    /** The refused one had opened the file of the lock, and closed it: that gave up the lock of the first, without a sign. */
    @Test
    void aRefusedOneDoesNotCostTheFirstItsLock() throws Exception {
        try (LogDirectory first = LogDirectory.open(directory)) {
            assertThat(tryInAnotherProcess()).startsWith("refused").contains("in use by another hub");

            assertThatThrownBy(() -> LogDirectory.open(directory)).hasMessageContaining("in use by another hub");

            assertThat(tryInAnotherProcess()).startsWith("refused").contains("in use by another hub");
            assertThat(first.database().directory()).isEqualTo(directory);
        }
        assertThat(tryInAnotherProcess()).startsWith("taken");
    }

    @Test
    void aDirectoryWithTwoNamesIsOne() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        try (LogDirectory first = LogDirectory.open(folder)) {
            assertThatThrownBy(() -> LogDirectory.open(folder.resolve("../folder")))
                    .hasMessageContaining("in use by another hub");
            assertThat(first.database().directory()).isEqualTo(folder);
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws IOException {
        LogDirectory first = LogDirectory.open(directory);
        first.close();
        try (LogDirectory second = LogDirectory.open(directory)) {
            first.close();
            assertThatThrownBy(() -> LogDirectory.open(directory)).hasMessageContaining("in use by another hub");
            assertThat(second.database().directory()).isEqualTo(directory);
        }
    }

    private String tryInAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
