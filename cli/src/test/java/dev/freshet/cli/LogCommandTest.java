package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.log.sqlite.upkeep.LogFile;
import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands {@code freshet log}, as users call them. */
@Timeout(120)
class LogCommandTest {
    @TempDir
    private Path folder;

    private LogShell shell = new LogShell(Path.of(""));

    @BeforeEach
    void open() {
        shell = new LogShell(folder.resolve("data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "info", "check", "repair", "export", "import", "compact"})
    void everyCommandHasHelpWithExamplesAndExitCodes(String command) {
        String words = ("log " + command).strip();
        assertThat(shell.run((words + " --help").split(" "))).isZero();
        assertThat(shell.out())
                .contains("Usage: freshet " + words, "Examples:\n", "freshet log ", "  2   it could not be done")
                .doesNotContain("--server");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "log                                | command: missing (expected: such as freshet log info)",
                "log info                           | --data: missing (expected: --data DIR)",
                "log info --data                    | --data: without a value (expected: --data DIR)",
                "log info --data --json             | --data: without a value (expected: --data DIR)",
                "log info --data D --data E         | --data: given twice (expected: once)",
                "log info --data D --jsn            | --jsn: unknown option (expected: one of --data, --help, --json",
                "log import --data D a b            | b: too many words (expected: freshet log import [FILE])",
                "log import --data D --append=x     | --append: x (expected: true, false, or no value)",
                "log export --data D --resume       | --resume: no file to go on with",
                "log export --data D --since soon   | --since: 'soon' (expected: a time such as",
                "log export --data D --topic a{     | --topic: ",
                "log export --data D --after a --since 1h | both were given",
                "log exprt --data D                 | export",
            })
    void wrongCommandLinesAreExplained(String arguments, String expected) {
        assertThat(shell.run(arguments.split(" "))).isEqualTo(2);
        assertThat(shell.err()).contains(expected, "--help'.").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "check", "repair", "export", "compact"})
    void saysWhereThereIsNoLog(String command) throws IOException {
        assertThat(shell.log(command)).isEqualTo(2);
        assertThat(shell.err()).contains("freshet: log: " + shell.data + " is no directory (expected: ");
        Files.createDirectories(shell.data);
        assertThat(shell.log(command)).isEqualTo(2);
        assertThat(shell.err()).contains("freshet: log: " + shell.data + " has no log in it (expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "check", "repair", "export", "compact", "import"})
    void whatIsAnothersIsLeftAlone(String command) throws IOException {
        shell.fill();
        shell.setHeader(68, 'X'); // application_id
        byte[] before = Files.readAllBytes(shell.file());

        assertThat(shell.log(command)).isEqualTo(2);
        assertThat(shell.err()).contains("another program's database (expected: a file that freshet made)");
        assertThat(shell.file()).hasBinaryContent(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "check", "repair", "export", "compact", "import"})
    void aLogOfANewerVersionIsRefused(String command) throws IOException {
        shell.fill();
        shell.setHeader(63, 99); // user_version

        assertThat(shell.log(command)).isEqualTo(2);
        assertThat(shell.err()).contains("version 99 of the log's tables (expected: at most ", "a newer freshet");
    }

    @Test
    void tellsWhatALogHolds() throws IOException {
        shell.fill();
        assertThat(shell.log("info")).isZero();
        assertThat(shell.out())
                .contains("epoch k7f2, version 1", "3 events of 3 topics", "k7f2-3 to k7f2-8")
                .contains("2026-11-20T10:00:00Z to 2026-11-21T10:00:00Z");
        shell.out.reset();
        assertThat(shell.log("info", "--json")).isZero();
        assertThat(shell.out())
                .contains("\"events\":3,\"topics\":3,\"earliest\":\"k7f2-3\",\"head\":\"k7f2-9\"")
                .endsWith("}\n");
    }

    @Test
    void aRunningHubIsNotDisturbed() throws IOException {
        shell.fill();
        ServerConfig config = ServerConfig.load(
                Optional.empty(), Map.of(), Map.of("http.port", "0", "log.data", shell.data.toString()));
        try (HubServer server = HubServer.start(config)) {
            assertThat(shell.run(
                            "publish",
                            "c",
                            "from the hub",
                            "--server",
                            server.address().toString()))
                    .isZero();
            for (String command : List.of("info", "check", "export")) {
                assertThat(shell.log(command)).as(command).isZero();
            }
            assertThat(shell.out()).contains("4 events", "is sound", "from the hub");
            assertThat(shell.err.size()).isZero();
            for (String command : List.of("compact", "import")) {
                assertThat(shell.log(command)).as(command).isEqualTo(3);
            }
            assertThat(shell.run("serve", "--port", "0", "--data", shell.data.toString()))
                    .isEqualTo(3);
            assertThat(shell.err().lines())
                    .hasSize(3)
                    .allMatch(line -> line.contains(" is in use by another hub or command"));
            assertThatThrownBy(() -> LogFile.in(shell.data).repair((done, total) -> {}))
                    .hasMessageContaining(" is in use by another hub or command");
        }
    }

    /** A hub began anew on it, without a word. */
    @Test
    void anEmptiedLogIsDamagedForAll() throws IOException {
        shell.fill();
        Files.write(shell.file(), new byte[0]);
        for (String command : List.of("info", "check", "export", "compact", "import")) {
            assertThat(shell.log(command)).as(command).isEqualTo(1);
        }
        assertThat(shell.run("serve", "--port", "0", "--data", shell.data.toString()))
                .isEqualTo(1);
        assertThat(shell.err().lines()).hasSize(6).allMatch(line -> line.contains("damaged (expected: "));
        assertThat(shell.log("repair")).isEqualTo(2);
        assertThat(shell.err()).contains("Put back a copy of freshet.db;");
        assertThat(shell.file()).isEmptyFile();
    }

    @Test
    void saysHowMuchRoomCompactNeedsAndWhere() {
        assertThat(shell.run("log", "compact", "--help")).isZero();
        assertThat(shell.out().replaceAll("\\s+", " "))
                .contains("as much room again in the folder that SQLITE_TMPDIR or TMPDIR names, else in /var/tmp")
                .contains("as much again beside the file");
    }

    @Test
    void compacts() throws IOException {
        shell.fill();
        assertThat(shell.log("compact")).isZero();
        assertThat(shell.out()).contains(" before, ", " now.");
        assertThat(shell.positions()).hasSize(3);
    }

    @Test
    void progressIsForTerminals() throws IOException {
        shell.fill();
        shell.log("check");
        assertThat(shell.err.size()).isZero();
        shell.errIsTerminal = true;
        shell.log("check", "--quiet");
        assertThat(shell.err.size()).isZero();
        shell.log("check");
        assertThat(shell.err()).endsWith("\r");
    }
}
