package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.terminal.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Runs the commands {@code freshet log} on one directory, and keeps what they say. */
final class LogShell {
    static final String EXPORT = """
            {"position":"k7f2-3","time":"2026-11-20T10:00:00Z","topic":"a","data":"x"}
            {"position":"k7f2-4","time":"2026-11-20T10:00:00.001Z","expires":"2036-01-01T10:00:00Z","topic":["a","b/1"],\
            "id":"mine","type":"t","retry":100,"private":true,"data":"é\\n\\"y\\" ✓"}
            {"position":"k7f2-7","time":"2026-11-21T10:00:00Z","topic":"c","data":""}
            {"head":"k7f2-9","thinned":{"orders/{id}":"k7f2-6"}}
            """;

    final Path data;
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream stdout = out;
    String input = "";
    boolean errIsTerminal;

    LogShell(Path data) {
        this.data = data;
    }

    /** Makes a log of three events. */
    String fill() {
        assertThat(importing(EXPORT)).as(err()).isZero();
        String said = out();
        out.reset();
        return said;
    }

    int importing(String lines, String... options) {
        input = lines;
        return log("import", options);
    }

    int log(String command, String... options) {
        String[] words = new String[options.length + 4];
        words[0] = "log";
        words[1] = command;
        words[2] = "--data";
        words[3] = data.toString();
        System.arraycopy(options, 0, words, 4, options.length);
        return run(words);
    }

    int run(String... arguments) {
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Freshet.commandLine(new Streams(in, stdout, toErr, false, false, errIsTerminal, false))
                .execute(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The places of the events that are exported. */
    List<String> positions(String... options) {
        out.reset();
        assertThat(log("export", options)).as(err()).isZero();
        return out().lines()
                .filter(line -> line.startsWith("{\"position\":\""))
                .map(line -> line.substring(13, line.indexOf('"', 13)))
                .toList();
    }

    /** An export of events of about 200 bytes. */
    static String numbered(int events) {
        return IntStream.rangeClosed(1, events)
                        .mapToObj(i -> "{\"position\":\"k7f2-" + Integer.toString(i, 36)
                                + "\",\"time\":\"2026-11-20T10:00:00Z\",\"topic\":\"a\",\"data\":\"" + i + " "
                                + "x".repeat(200) + "\"}\n")
                        .collect(Collectors.joining())
                + "{\"head\":\"k7f2-" + Integer.toString(events + 1, 36) + "\",\"thinned\":{}}\n";
    }

    Path file() {
        return data.resolve("freshet.db");
    }

    Path wal() {
        return data.resolve("freshet.db-wal");
    }

    void setHeader(long at, int value) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.seek(at);
            file.write(value);
        }
    }

    void cut(long sizeBytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.setLength(sizeBytes);
        }
    }

    /** Overwrites the first page from there on. */
    void destroyFirstPage(int from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.seek(from);
            file.write("damage ".repeat(4096 / 7 - from / 7).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Overwrites pages but for the header of the first one. */
    void damage(int... pages) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            for (int page : pages) {
                int skipped = page == 1 ? 100 : 0;
                file.seek((page - 1) * 4096L + skipped);
                file.write(Arrays.copyOf("damage ".repeat(600).getBytes(StandardCharsets.US_ASCII), 4096 - skipped));
            }
        }
    }
}
