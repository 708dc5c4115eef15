package dev.freshet.cli.log;

import dev.freshet.cli.terminal.Streams;
import dev.freshet.log.sqlite.LogDirectory;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet log}, which only chooses among its subcommands. */
@Command(
        name = "log",
        description = "Looks after the log that serve --data keeps: looks at it, checks it, saves it, moves it.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeList = {
            LogSubcommand.EXIT_0,
            LogSubcommand.EXIT_1,
            LogSubcommand.EXIT_2,
            LogCommand.EXIT_3,
        },
        footer = {
            "  freshet log info --data ./data",
            "  freshet log check --data ./data",
            "  freshet log export --data ./data --output events.ndjson",
            "  freshet log import --data ./elsewhere events.ndjson",
            "  freshet log export --help"
        })
public final class LogCommand implements Runnable {
    /** What {@link #EXIT_IN_USE} means, for the help of a command. */
    public static final String EXIT_3 = "3:a hub or another command is using the log";

    /** The exit code of every command that needs a log for itself, and cannot have it. */
    public static final int EXIT_IN_USE = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    /** Created by {@link #commandLine}. */
    private LogCommand() {}

    /**
     * Returns the command with its subcommands.
     *
     * @param streams of the process
     * @return the command line
     */
    public static CommandLine commandLine(Streams streams) {
        return new CommandLine(new LogCommand())
                .addSubcommand(new InfoCommand(streams))
                .addSubcommand(new CheckCommand(streams))
                .addSubcommand(new RepairCommand(streams))
                .addSubcommand(new ExportCommand(streams, InstantSource.system()))
                .addSubcommand(new ImportCommand(streams, InstantSource.system()))
                .addSubcommand(new CompactCommand(streams));
    }

    /**
     * Tells whether something failed because a hub, or another command, has the log.
     *
     * @param failure why it failed, if anybody knows
     * @return true if so
     */
    public static boolean isInUse(@Nullable Throwable failure) {
        return failure instanceof LogDirectory.InUseException;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "command: missing (expected: such as freshet log info)");
    }
}
