package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code freshet log import}, as users call it. */
@Timeout(120)
class LogImportTest {
    @TempDir
    private Path folder;

    private LogShell shell = new LogShell(Path.of(""));

    @BeforeEach
    void open() {
        shell = new LogShell(folder.resolve("data"));
    }

    @Test
    void readsAnExportFromAFileAlsoCompressed() throws IOException {
        Path zipped = folder.resolve("events.ndjson.gz");
        try (OutputStream to = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            to.write(LogShell.EXPORT.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(shell.log("import", zipped.toString())).isZero();
        assertThat(shell.out()).isEqualTo("Imported 3 events.\n");
        assertThat(shell.log("import", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(shell.err()).contains("none cannot be read: no such file or folder (expected: ");
        assertThat(shell.log("import", folder.toString())).isEqualTo(2);
        assertThat(shell.err())
                .contains("cannot be read: Is a directory (expected: ")
                .doesNotContain("Exception");
    }

    @Test
    void compressedDataThatEndsEarlyIsTakenAsFarAsItGoes() throws IOException {
        Path cut = folder.resolve("cut.gz");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream to = new GZIPOutputStream(zipped)) {
            to.write(LogShell.EXPORT.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(cut, Arrays.copyOf(zipped.toByteArray(), zipped.size() - 4));
        assertThat(shell.log("import", cut.toString())).isEqualTo(2);
        assertThat(shell.err())
                .contains("the compressed data ends early or is damaged (expected: ", "events dealt with: 3;")
                .doesNotContain("Exception", "ZLIB");
    }

    @Test
    void anotherImportDoublesNothing() throws IOException {
        shell.fill();
        assertThat(shell.fill()).isEqualTo("Imported 0 events; already there: 3.\n");
        shell.log("export", "-o", folder.resolve("e").toString());
        assertThat(folder.resolve("e")).hasContent(LogShell.EXPORT);
    }

    @Test
    void eventsOfAnotherLogAreAppendedAndKeepTheirIds() throws IOException {
        shell.input =
                "{\"position\":\"other-1\",\"time\":\"2026-11-20T12:00:00Z\",\"topic\":\"a\",\"data\":\"native\"}\n"
                        + "{\"head\":\"other-2\",\"thinned\":{}}\n";
        assertThat(shell.log("import")).isZero();
        shell.fill();
        shell.fill();
        shell.out.reset();
        assertThat(shell.log("export")).isZero();
        assertThat(shell.out()).isEqualTo("""
                {"position":"other-1","time":"2026-11-20T12:00:00Z","topic":"a","data":"native"}
                {"position":"other-2","time":"2026-11-20T12:00:00Z","topic":"a","id":"k7f2-3","data":"x"}
                {"position":"other-3","time":"2026-11-20T12:00:00Z","expires":"2036-01-01T10:00:00Z","topic":["a","b/1"],\
                "id":"mine","type":"t","retry":100,"private":true,"data":"é\\n\\"y\\" ✓"}
                {"position":"other-4","time":"2026-11-21T10:00:00Z","topic":"c","id":"k7f2-7","data":""}
                {"head":"other-5","thinned":{"orders/{id}":"other-4"}}
                """);
    }

    @Test
    void aCopyOfALogThatLivesOnGetsANameOfItsOwn() throws IOException {
        shell.input = LogShell.EXPORT;
        assertThat(shell.log("import", "--append")).isZero();
        assertThat(shell.log("import", "--append")).isZero();
        assertThat(shell.out()).isEqualTo("Imported 3 events.\nImported 0 events; already there: 3.\n");
        shell.out.reset();
        shell.log("info");
        assertThat(shell.out()).contains("3 events").doesNotContain("epoch k7f2");
    }

    @Test
    void whatExpiredMeanwhileIsLeftOutOfAnotherLog() throws IOException {
        shell.input =
                "{\"position\":\"other-1\",\"time\":\"2026-11-20T12:00:00Z\",\"topic\":\"a\",\"data\":\"native\"}\n"
                        + "{\"position\":\"k7f2-1\",\"time\":\"2026-11-20T11:00:00Z\",\"expires\":\"2026-11-20T11:30:00Z\","
                        + "\"topic\":\"a\",\"data\":\"over\"}\n{\"head\":\"k7f2-2\"}\n";
        assertThat(shell.log("import")).isZero();
        assertThat(shell.out()).isEqualTo("Imported 1 event; expired: 1.\n");
    }

    @Test
    void linesAsTheyArePublishedAreReadIfTheyHaveIds() {
        shell.input =
                "{\"topic\":\"a\",\"id\":\"1\",\"data\":\"x\",\"ttl\":60}\n\n{\"data\":\"y\",\"topic\":[\"a\"],\"id\":\"2\"}";
        assertThat(shell.log("import")).isZero();
        assertThat(shell.log("import")).isZero();
        assertThat(shell.out()).isEqualTo("Imported 2 events.\nImported 0 events; already there: 2.\n");
        assertThat(shell.err.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"topic\":\"a\",\"id\":\"1\"}                             | data: missing (expected: ",
                "{\"data\":\"a\",\"id\":\"1\"}                              | topic: missing (expected: ",
                "{\"topic\":\"a\",\"data\":\"b\"}                           | position, id: both missing (expected: one",
                "{\"topic\":\"a{\",\"data\":\"b\",\"id\":\"1\"}             | topic: a{ (expected: ",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\" 1\"}             | id: outer blanks",
                "{\"topic\":\"a\",\"data\":{},\"id\":\"1\"}                 | data as a string",
                "{\"topic\":\"a\",\"data\":\"b\",\"position\":\"x\"}        | position: x (expected: an id that a hub gave",
                "{\"topic\":\"a\",\"data\":\"b\",\"position\":\"k-0\"}      | position: k-0 (expected: ",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\",\"time\":\"now\"} | time: now (expected: a time such as",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\",\"time\":\"2999-01-01T00:00:00Z\"} | not more than a day ahead",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\",\"colour\":1} | \"colour\": unknown (expected: position, time",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\",\"ttl\":-1}   | ttl: -1 (expected: ",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\",\"retry\":-1} | retry",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\",\"private\":1} | private as true or false",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\",\"id\":\"1\"} | JSON: unreadable",
                "{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\"} {}          | one object on a line",
                "{\"topic\":\"a\",\"data\":\"b                             | JSON: unreadable",
                "[]                                                         | an object such as",
            })
    void aBadLineIsNamedAndThoseBeforeItStay(String line, String expected) {
        shell.input = "{\"topic\":\"a\",\"data\":\"first\",\"id\":\"0\"}\n" + line + "\n";
        assertThat(shell.log("import")).isEqualTo(2);
        assertThat(shell.err()).startsWith("freshet: line 2: ").contains(expected, "events dealt with: 1;");
        shell.input =
                "{\"topic\":\"a\",\"data\":\"first\",\"id\":\"0\"}\n{\"topic\":\"a\",\"data\":\"b\",\"id\":\"1\"}\n";
        assertThat(shell.log("import")).isZero();
        assertThat(shell.out()).isEqualTo("Imported 1 event; already there: 1.\n");
    }

    @Test
    void anotherEventAtTheSamePlaceIsNoticed() throws IOException {
        shell.fill();
        shell.input = LogShell.EXPORT.replace("\"data\":\"x\"", "\"data\":\"changed\"");
        assertThat(shell.log("import")).isEqualTo(2);
        assertThat(shell.err()).contains("line 1: position: k7f2-3 is another event in this log (expected: ");
    }

    /** They were counted as if they were there. */
    @Test
    void eventsBeforeTheBeginningOfTheLogAreCountedAsSuch() throws IOException {
        shell.fill();
        String early =
                "{\"position\":\"k7f2-1\",\"time\":\"2026-11-20T09:00:00Z\",\"topic\":\"a\",\"data\":\"early\"}\n";
        assertThat(shell.importing(early + LogShell.EXPORT)).isZero();
        assertThat(shell.out())
                .isEqualTo("Imported 0 events; already there: 3; before the beginning of this log, skipped: 1.\n");
    }

    /** The export on the other side of a pipe may have failed. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n"})
    void nothingIsWarnedOf(String nothing) {
        assertThat(shell.importing(nothing)).isEqualTo(1);
        assertThat(shell.err())
                .isEqualTo(
                        "freshet: warning: nothing came (expected: an export; that of an empty log has one line, with"
                                + " \"head\")\n");
        assertThat(shell.out()).isEqualTo("Imported 0 events.\n");
    }

    @Test
    void theExportOfAnEmptyLogIsWhole() {
        assertThat(shell.importing("{\"head\":\"k7f2-1\",\"thinned\":{}}\n")).isZero();
        assertThat(shell.err.size()).isZero();
    }

    /** What an import that failed had to note is no longer true once the whole has come. */
    @Test
    void anImportThatGoesOnToTheEndLeavesNoGap() {
        int end = LogShell.EXPORT.indexOf("{\"head\"");
        assertThat(shell.importing(LogShell.EXPORT.substring(0, end))).isEqualTo(1);
        assertThat(shell.importing(LogShell.EXPORT)).isZero();
        shell.out.reset();
        shell.log("export");
        assertThat(shell.out()).isEqualTo(LogShell.EXPORT);
    }

    /** It has another beginning, so what it fills may not be all. */
    @Test
    void aPartThatBeginsLaterLeavesTheGap() {
        int end = LogShell.EXPORT.indexOf("{\"head\"");
        assertThat(shell.importing(LogShell.EXPORT.substring(0, end))).isEqualTo(1);
        assertThat(shell.importing(LogShell.EXPORT.substring(LogShell.EXPORT.indexOf('\n') + 1)))
                .isZero();
        shell.out.reset();
        shell.log("export");
        assertThat(shell.out()).contains("\"*\":\"k7f2-7\"");
    }

    @Test
    void anExportWithoutItsEndIsTakenAndWarnedOf() {
        shell.input = LogShell.EXPORT.substring(0, LogShell.EXPORT.indexOf("{\"head\""));
        assertThat(shell.log("import")).isEqualTo(1);
        assertThat(shell.err()).startsWith("freshet: warning: the end of the export is missing");
        shell.log("export");
        assertThat(shell.out()).endsWith("{\"head\":\"k7f2-8\",\"thinned\":{\"*\":\"k7f2-7\"}}\n");
    }
}
