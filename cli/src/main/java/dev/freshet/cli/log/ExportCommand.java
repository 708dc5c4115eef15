package dev.freshet.cli.log;

import dev.freshet.cli.terminal.Amounts;
import dev.freshet.cli.terminal.ProgressDisplay;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.cli.terminal.TimeText;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.LoggedEvent;
import dev.freshet.hub.topic.TopicSelector;
import dev.freshet.log.sqlite.upkeep.ArchivePart;
import dev.freshet.log.sqlite.upkeep.ArchivedEvent;
import dev.freshet.log.sqlite.upkeep.LogExport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code freshet log export}. */
@Command(
        name = "export",
        description = {
            "Writes the events of the log as NDJSON, a JSON object on each line, in order. A hub may be running on it.",
            "",
            "The last line says where the log ended and what is missing; without it an export is not whole. The first line of a"
                    + " part says what was asked for. freshet log import reads it all."
        },
        exitCodeList = {LogSubcommand.EXIT_0, LogSubcommand.EXIT_1, LogSubcommand.EXIT_2},
        footer = {
            "  freshet log export --data ./data --output events.ndjson",
            "  freshet log export --data ./data --output events.ndjson --resume",
            "  freshet log export --data ./data --topic 'orders/{id}' --since 2h | less",
            "  freshet log export --data ./data --output events.ndjson.gz"
        })
final class ExportCommand extends LogSubcommand {
    private static final int BUFFER_BYTES = 64 << 10;

    private final InstantSource clock;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Writes a new file, compressed if its name ends with .gz; else to standard output.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--resume",
            description =
                    "Goes on with the file behind its last whole line: after a failure, or with what came since. The"
                            + " other options must be as before.")
    private boolean resumes;

    @Option(names = "--after", paramLabel = "ID", description = "Begins after the event with this id.")
    private Optional<String> after = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Begins at this time (2026-11-20T10:00:00Z), or that long ago (10m, 2h, PT10M).")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description =
                    "Only events of this topic or template, or * for all but direct messages; may be given again.")
    private List<String> topics = new ArrayList<>();

    private long written;

    ExportCommand(Streams streams, InstantSource clock) {
        super(streams);
        this.clock = clock;
    }

    @Override
    int run() throws IOException {
        requireOptionsThatAgree();
        List<TopicSelector> selectors =
                read("--topic", () -> topics.stream().map(TopicSelector::parse).toList());
        Optional<Long> sinceMs = read(
                "--since",
                () -> since.map(text -> TimeText.read(text, clock.instant()).toEpochMilli()));
        ArchivePart part =
                new ArchivePart(selectors.stream().map(TopicSelector::text).toList(), since, after);
        try (LogExport export = log().export(selectors)) {
            skip(export, sinceMs);
            if (output.isPresent()) {
                writeFile(export, part, output.get());
            } else {
                writeOut(export, part);
            }
        }
        return DONE;
    }

    private void requireOptionsThatAgree() {
        require(!resumes || output.isPresent(), "--resume: no file to go on with (expected: --output FILE)");
        require(
                !resumes || output.filter(ExportFile::isCompressed).isEmpty(),
                "--resume: " + output.orElse(Path.of(""))
                        + " is compressed (expected: a file that is not; write it anew)");
        require(after.isEmpty() || since.isEmpty(), "--after, --since: both were given (expected: one of them)");
    }

    /** On a terminal the events show how far it has come. */
    @Override
    boolean hidesProgress() {
        return output.isEmpty() && streams().outIsTerminal();
    }

    private void skip(LogExport export, Optional<Long> sinceMs) throws IOException {
        if (sinceMs.isPresent()) {
            export.skipBefore(sinceMs.get());
        }
        if (after.isPresent() && !export.skipThrough(after.get())) {
            throw new IOException(
                    "--after: " + after.get() + " is no id of this log (expected: that of an event in it)");
        }
    }

    private void writeFile(LogExport export, ArchivePart part, Path path) throws IOException {
        try (ExportFile file =
                resumes ? ExportFile.resume(path, part, new ArchiveReader(clock)) : ExportFile.create(path)) {
            if (file.last().isPresent()) {
                skip(export, path, file.last().get());
            }
            writeAll(export, file.stream(), file.isNew() ? part : ArchivePart.ALL, file.missing());
            file.finish();
        } catch (WriteFailedException e) {
            String next = ExportFile.isCompressed(path) ? "remove it and begin anew" : "--resume then goes on";
            throw new IOException(
                    "output: " + path + " cannot be written: " + e.getMessage() + " (expected: room for it; " + next
                            + ")",
                    e);
        }
        say("Exported " + Amounts.count(written, "event") + " to " + path + ".");
    }

    private static void skip(LogExport export, Path path, EventPosition last) throws IOException {
        if (!last.epoch().equals(export.epoch()) || !export.skipThrough(last.id())) {
            throw new IOException(
                    "output: " + path + " ends with " + last.id() + ", which is not of this log, whose ids begin with "
                            + export.epoch() + "- (expected: an export of the same log)");
        }
    }

    /** Who reads it may have seen enough. */
    private void writeOut(LogExport export, ArchivePart part) throws IOException {
        try {
            writeAll(export, new BufferedOutputStream(streams().out(), BUFFER_BYTES), part, Map.of());
        } catch (WriteFailedException e) {
            if (!e.isClosedPipe()) {
                throw new IOException("output: cannot be written: " + e.getMessage() + " (expected: room for it)", e);
            }
        }
    }

    private void writeAll(LogExport export, OutputStream out, ArchivePart part, Map<String, Long> missingBefore)
            throws IOException {
        warnOfGap(export);
        ArchiveWriter writer = new ArchiveWriter(out);
        if (!part.equals(ArchivePart.ALL)) {
            writer.write(part);
        }
        written = showing("Exporting", display -> writeEvents(export, writer, display));
        writer.write(export.end().and(missingBefore));
        writer.flush();
    }

    private static long writeEvents(LogExport export, ArchiveWriter writer, ProgressDisplay display)
            throws IOException {
        long first = export.position();
        long count = 0;
        for (Optional<List<LoggedEvent>> some = export.next(); some.isPresent(); some = export.next()) {
            for (LoggedEvent event : some.get()) {
                writer.write(ArchivedEvent.of(export.epoch(), event));
            }
            count += some.get().size();
            display.at(export.position() - first, export.head() - first);
        }
        return count;
    }

    private void warnOfGap(LogExport export) {
        if (export.position() < export.earliest()) {
            complain("warning: events are missing: the oldest one that the log still has is "
                    + new EventPosition(export.epoch(), export.earliest()).id());
        }
    }
}
