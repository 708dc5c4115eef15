package dev.freshet.cli.log;

import dev.freshet.cli.terminal.Amounts;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.log.sqlite.DamagedLogException;
import dev.freshet.log.sqlite.upkeep.LogImport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.zip.ZipException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet log import}. */
@Command(
        name = "import",
        description = {
            "Takes the events of an export into a log, new or not, that no hub is running on.",
            "",
            "A log that never had an event becomes the log of the export: the same ids at the same places. Events of the log"
                    + " itself go to their places. Those of another log are appended, and keep their ids. What is there already"
                    + " is passed over, so after a failure the same command goes on."
        },
        exitCodeList = {
            LogSubcommand.EXIT_0,
            "1:done, but nothing came or its end is missing, so it may not be all; or the log is damaged",
            LogSubcommand.EXIT_2,
            LogCommand.EXIT_3,
        },
        footer = {
            "  freshet log import --data ./new events.ndjson",
            "  gunzip -c events.ndjson.gz | freshet log import --data ./new",
            "  freshet log export --data ./old | freshet log import --data ./new"
        })
final class ImportCommand extends LogSubcommand {
    private final InstantSource clock;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The export, as it is or compressed by gzip; else standard input.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--append",
            description =
                    "Appends, though the log is empty: for a copy of a log that lives on and gives the same ids again.")
    private boolean appends;

    ImportCommand(Streams streams, InstantSource clock) {
        super(streams);
        this.clock = clock;
    }

    @Override
    int run() throws IOException {
        try (ImportSource source = ImportSource.open(file, streams().in());
                LogImport log = LogImport.into(directory(), appends)) {
            boolean isWhole = takeAll(source, log);
            if (!isWhole) {
                warnOfMissingEnd(log.report());
            }
            say(summary(log.report()));
            return isWhole ? DONE : INCOMPLETE;
        }
    }

    private void warnOfMissingEnd(LogImport.Report report) {
        complain(
                report.events() == 0
                        ? "warning: nothing came (expected: an export; that of an empty log has one line, with \"head\")"
                        : "warning: the end of the export is missing, so it may not be whole (expected: a last line with"
                                + " \"head\"); whoever resumes before its last event is told of a gap");
    }

    private boolean takeAll(ImportSource source, LogImport log) throws IOException {
        LineReader lines = new LineReader(source.stream(), ArchiveReader.MAX_LINE_BYTES);
        try {
            return showing("Importing", display -> {
                take(lines, log, () -> display.at(source.readBytes(), source.sizeBytes()));
                return log.finish();
            });
        } catch (IllegalArgumentException e) {
            throw stopped(lines, String.valueOf(e.getMessage()), log);
        } catch (DamagedLogException e) {
            complain(soFar(log));
            throw e;
        } catch (EOFException | ZipException e) {
            throw stopped(lines, "the compressed data ends early or is damaged (expected: all that gzip wrote)", log);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; " + soFar(log), e);
        }
    }

    private void take(LineReader lines, LogImport log, Runnable afterEach) throws IOException {
        ArchiveReader reader = new ArchiveReader(clock);
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            if (line.get().length > 0) {
                log.add(reader.read(line.get()));
                afterEach.run();
            }
        }
    }

    /** What came before the line is kept. */
    private static IOException stopped(LineReader lines, String why, LogImport log) throws IOException {
        log.finish();
        return new IOException("line " + lines.number() + ": " + why + "; " + soFar(log));
    }

    private static String soFar(LogImport log) {
        return "events dealt with: " + log.report().events() + "; once that is mended, the same command goes on";
    }

    private static String summary(LogImport.Report report) {
        String text = "Imported " + Amounts.count(report.added(), "event");
        if (report.known() > 0) {
            text += "; already there: " + report.known();
        }
        if (report.early() > 0) {
            text += "; before the beginning of this log, skipped: " + report.early();
        }
        if (report.expired() > 0) {
            text += "; expired: " + report.expired();
        }
        return text + ".";
    }
}
