package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code freshet log export}, as users call it. */
@Timeout(120)
class LogExportTest {
    @TempDir
    private Path folder;

    private LogShell shell = new LogShell(Path.of(""));

    @BeforeEach
    void open() {
        shell = new LogShell(folder.resolve("data"));
    }

    @Test
    void whatIsImportedIsExportedAsTheSameBytes() throws IOException {
        shell.fill();
        assertThat(shell.log("export")).isZero();
        assertThat(shell.out()).isEqualTo(LogShell.EXPORT);
        assertThat(shell.log("check")).isZero();
    }

    @Test
    void exportsAPart() throws IOException {
        shell.fill();
        assertThat(shell.positions("--topic", "b/{x}")).containsExactly("k7f2-4");
        assertThat(shell.out())
                .endsWith("{\"head\":\"k7f2-9\",\"thinned\":{\"*\":\"k7f2-8\",\"orders/{id}\":\"k7f2-6\"}}\n");
        assertThat(shell.positions("--topic", "c", "--topic", "a")).containsExactly("k7f2-3", "k7f2-4", "k7f2-7");
        assertThat(shell.positions("--since", "2026-11-20T10:00:00.001Z")).containsExactly("k7f2-4", "k7f2-7");
        assertThat(shell.positions("--after", "mine")).containsExactly("k7f2-7");
        assertThat(shell.positions("--after", "k7f2-5")).containsExactly("k7f2-7");
        assertThat(shell.err.size()).isZero();
        assertThat(shell.positions("--after", "k7f2-1")).containsExactly("k7f2-3", "k7f2-4", "k7f2-7");
        assertThat(shell.err())
                .isEqualTo("freshet: warning: events are missing: the oldest one that the log still has is k7f2-3\n");
        assertThat(shell.log("export", "--after", "nobody's")).isEqualTo(2);
        assertThat(shell.err()).contains("--after: nobody's is no id of this log");
    }

    @Test
    void anExportGoesOnWhereverItWasCut() throws IOException {
        shell.fill();
        Path file = folder.resolve("events.ndjson");
        byte[] whole = LogShell.EXPORT.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(shell.log("export", "--output", file.toString(), "--resume"))
                    .as("cut at %d: %s", length, shell.err())
                    .isZero();
            assertThat(file).as("cut at %d", length).hasBinaryContent(whole);
        }
    }

    @Test
    void aPartGoesOnWhereverItWasCut() throws IOException {
        shell.fill();
        Path file = folder.resolve("events.ndjson");
        String[] options = {
            "--output", file.toString(), "--resume", "--topic", "c", "--topic", "b/{x}", "--since", "900d"
        };
        assertThat(shell.log("export", options)).isZero();
        byte[] whole = Files.readAllBytes(file);
        assertThat(file)
                .content()
                .startsWith("{\"part\":{\"topic\":[\"b/{x}\",\"c\"],\"since\":\"900d\"}}\n{\"position\"");
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(shell.log("export", options))
                    .as("cut at %d: %s", length, shell.err())
                    .isZero();
            assertThat(file).as("cut at %d", length).hasBinaryContent(whole);
        }
    }

    /** A time that is relative was measured anew, and what had come before that was left out without a word. */
    @Test
    void aPartWithoutEventsGoesOnWhereItEnded() throws IOException {
        shell.fill();
        String part = "{\"part\":{\"since\":\"2h\"}}\n";
        Path file = Files.writeString(folder.resolve("e"), part + "{\"head\":\"k7f2-5\",\"thinned\":{}}\n");
        assertThat(shell.log("export", "--output", file.toString(), "--resume", "--since", "2h"))
                .as(shell.err())
                .isZero();
        assertThat(file).hasContent(part + LogShell.EXPORT.lines().skip(2).collect(Collectors.joining("\n")));

        Files.writeString(file, part + "{\"head\":\"other-5\",\"thinned\":{}}\n");
        assertThat(shell.log("export", "--output", file.toString(), "--resume", "--since", "2h"))
                .isEqualTo(2);
        assertThat(shell.err()).contains("ends with other-4, which is not of this log");
    }

    /** The file would have been neither the one nor the other. */
    @ParameterizedTest
    @CsvSource({
        "'',            --topic a",
        "--topic a,     ''",
        "--topic a,     --topic c",
        "--topic a,     --topic a --topic c",
        "--since 900d,  --since 800d",
        "--after k7f2-3, ''",
    })
    void anExportOfOnePartDoesNotGoOnWithAnother(String first, String then) throws IOException {
        shell.fill();
        Path file = folder.resolve("e");
        assertThat(shell.log("export", ("-o " + file + " " + first).strip().split(" ")))
                .isZero();
        byte[] before = Files.readAllBytes(file);
        assertThat(shell.log(
                        "export", ("--resume -o " + file + " " + then).strip().split(" ")))
                .isEqualTo(2);
        assertThat(shell.err())
                .contains("output: " + file + " was made with", "(expected: the same options, or another file;");
        assertThat(file).hasBinaryContent(before);
        assertThat(shell.log(
                        "export", ("--resume -o " + file + " " + first).strip().split(" ")))
                .isZero();
        assertThat(file).hasBinaryContent(before);
        shell.input = Files.readString(file);
        assertThat(shell.log("import")).isZero();
    }

    /** It was plain text of that name, which gunzip refused. */
    @Test
    void aNameOfCompressedFilesMakesOne() throws IOException {
        shell.fill();
        Path file = folder.resolve("events.ndjson.gz");
        assertThat(shell.log("export", "--output", file.toString())).isZero();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(in).hasContent(LogShell.EXPORT);
        }
        LogShell another = new LogShell(folder.resolve("another"));
        assertThat(another.log("import", file.toString())).isZero();
        assertThat(another.out()).isEqualTo("Imported 3 events.\n");

        byte[] before = Files.readAllBytes(file);
        assertThat(shell.log("export", "--resume", "--output", file.toString())).isEqualTo(2);
        assertThat(shell.err()).contains("--resume: " + file + " is compressed (expected: a file that is not;");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void anExportGoesOnWithWhatCameSince() throws IOException {
        shell.fill();
        String file = folder.resolve("events.ndjson").toString();
        assertThat(shell.log("export", "--output", file, "--resume")).isZero();
        String more = LogShell.EXPORT.replace(
                "{\"head\":\"k7f2-9\"",
                "{\"position\":\"k7f2-9\",\"time\":\"2026-11-22T10:00:00Z\",\"topic\":\"c\",\"data\":\"more\"}\n"
                        + "{\"head\":\"k7f2-a\"");
        shell.input = more;
        assertThat(shell.log("import")).isZero();
        assertThat(shell.log("export", "--output", file, "--resume")).isZero();
        assertThat(Path.of(file)).hasContent(more);
        assertThat(shell.out()).endsWith("Exported 1 event to " + file + ".\n");
    }

    /** Who imports it must be told of the hole, whenever it was found. */
    @Test
    void anExportThatGoesOnKeepsWhatTheEarlierOneMissed() throws IOException {
        shell.fill();
        Path file = folder.resolve("events.ndjson");
        Files.writeString(file, LogShell.EXPORT.replace("\"thinned\":{", "\"thinned\":{\"gone/{id}\":\"k7f2-2\","));
        assertThat(shell.log("export", "--output", file.toString(), "--resume")).isZero();

        assertThat(file).content().contains("\"gone/{id}\":\"k7f2-2\"", "\"orders/{id}\":\"k7f2-6\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dear diary",
                "dear diary\n",
                "{}\n",
                "{\"topic\":\"a\",\"data\":\"x\",\"id\":\"1\"}\n",
                "{\"position\":\"other-1\",\"topic\":\"a\",\"data\":\"x\"}\n",
                "{\"position\":\"other-1\",\"topic\":\"a\",\"data\":\"x\"}\n{\"head\":\"other-2\"}\n{\"posi",
                "{\"position\":\"k7f2-zz\",\"topic\":\"a\",\"data\":\"x\"}\n",
                "dear diary\n{\"position\":\"k7f2-3\",\"topic\":\"a\",\"data\":\"x\"}\n"
            })
    void aFileThatIsNoExportOfThisLogIsLeftAsItIs(String content) throws IOException {
        shell.fill();
        Path file = Files.writeString(folder.resolve("file"), content);
        assertThat(shell.log("export", "--output", file.toString(), "--resume")).isEqualTo(2);
        assertThat(shell.err())
                .contains("freshet: output: " + file, "(expected: ")
                .doesNotContain("Exception");
        assertThat(file).hasContent(content);
        assertThat(shell.log("export", "--output", file.toString())).isEqualTo(2);
        assertThat(shell.err()).contains("is there already");
    }

    @Test
    void saysInWordsWhyAFileCannotBeWritten() throws IOException {
        shell.fill();
        assertThat(shell.log("export", "--output", folder.resolve("none/e").toString()))
                .isEqualTo(2);
        assertThat(shell.err())
                .endsWith("e cannot be written: no such file or folder (expected: a place for a file)\n");
        assertThat(shell.log("export", "--output", folder.toString(), "--resume"))
                .isEqualTo(2);
        assertThat(shell.err())
                .endsWith("cannot be written: Is a directory (expected: a place for a file)\n")
                .doesNotContain("Exception");
    }

    @Test
    void whoReadsTheOutputMayLeave() throws IOException {
        shell.fill();
        shell.stdout = failing("Broken pipe");
        assertThat(shell.log("export")).isZero();
        assertThat(shell.err.size()).isZero();
        shell.stdout = failing("No space left on device");
        assertThat(shell.log("export")).isEqualTo(2);
        assertThat(shell.err())
                .isEqualTo("freshet: output: cannot be written: No space left on device (expected: room for it)\n");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
