package dev.freshet.cli.log;

import dev.freshet.cli.terminal.ProgressDisplay;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.log.sqlite.DamagedLogException;
import dev.freshet.log.sqlite.upkeep.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands on a log have in common. Confined to the main thread. */
abstract class LogSubcommand implements Callable<Integer> {
    static final String EXIT_0 = "0:done; the log is sound";
    static final String EXIT_1 = "1:the log is damaged";
    static final String EXIT_2 = "2:it could not be done, or the command line is wrong";

    static final int DONE = 0;
    static final int DAMAGED = 1;
    static final int INCOMPLETE = 1;
    static final int FAILED = 2;

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            defaultValue = "${env:FRESHET_LOG_DATA}",
            description = "The directory of the log, as for serve; else the environment's FRESHET_LOG_DATA.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private Path directory;

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows no progress, and says nothing when all is well.")
    private boolean isQuiet;

    LogSubcommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public final Integer call() {
        try {
            return run();
        } catch (DamagedLogException e) {
            complain(String.valueOf(e.getMessage()));
            return DAMAGED;
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
            return LogCommand.isInUse(e) ? LogCommand.EXIT_IN_USE : FAILED;
        }
    }

    /** Does it; every message of an exception is for the user. */
    abstract int run() throws IOException;

    final Path directory() {
        return directory;
    }

    final LogFile log() throws IOException {
        return LogFile.in(directory);
    }

    final Streams streams() {
        return streams;
    }

    /** Does long work, and shows how far it has come to those who see it. */
    final <T> T showing(String task, LongWork<T> work) throws IOException {
        ProgressDisplay display = ProgressDisplay.begin(streams, isQuiet || hidesProgress(), task);
        try {
            return work.run(display);
        } finally {
            display.close();
        }
    }

    /** Whether progress would stand in the way of something else. */
    boolean hidesProgress() {
        return false;
    }

    /** Work that takes a while. */
    interface LongWork<T> {
        T run(ProgressDisplay display) throws IOException;
    }

    /** A line that tells what was done. */
    final void say(String line) {
        if (!isQuiet) {
            streams.text().println(line);
        }
    }

    /** A line that tells what is wrong. */
    final void complain(String line) {
        streams.err().println("freshet: " + line);
    }

    final void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    /** What the user wrote, read; or the complaint of the reader as one about the command line. */
    final <T> T read(String option, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }
}
