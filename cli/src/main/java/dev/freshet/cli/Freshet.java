package dev.freshet.cli;

import dev.freshet.cli.http.HttpClients;
import dev.freshet.cli.http.HubUrl;
import dev.freshet.cli.http.RequestFailedException;
import dev.freshet.cli.log.LogCommand;
import dev.freshet.cli.terminal.Streams;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code freshet}, which only chooses among its subcommands. Confined to the main thread. */
@Command(
        name = "freshet",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A hub for Server-Sent Events: publish over HTTP, follow over HTTP, miss nothing.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:refused by the server, or not reached", "2:the command line is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  freshet serve",
            "  freshet publish orders/42 '{\"state\":\"paid\"}'",
            "  freshet subscribe 'orders/{id}'",
            "  freshet help publish"
        })
public final class Freshet implements Runnable {
    private static final Set<String> FROM_PICOCLI = Set.of("generate-completion", "help");
    private static final Set<String> CLIENTS = Set.of("publish", "subscribe");

    static final int EXIT_FAILED = CommandLine.ExitCode.SOFTWARE;
    static final int EXIT_USAGE = CommandLine.ExitCode.USAGE;

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            defaultValue = "${env:FRESHET_SERVER:-http://127.0.0.1:8080}",
            description = "The hub that publish and subscribe talk to; else the environment's FRESHET_SERVER"
                    + " (default: http://127.0.0.1:8080).")
    private String server = "";

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Trusts the certificates of this PEM file alone, for a hub with https.")
    private Optional<Path> authorities = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    /** Created by {@link #commandLine}. */
    private Freshet() {}

    /**
     * Runs the command that the arguments name, and exits.
     *
     * @param args the command line
     */
    public static void main(String... args) {
        System.exit(commandLine(Streams.ofProcess()).execute(args));
    }

    /** The command line, ready to execute. */
    static CommandLine commandLine(Streams streams) {
        Freshet freshet = new Freshet();
        CommandLine commandLine = new CommandLine(freshet)
                .addSubcommand(new ServeCommand(streams))
                .addSubcommand(new PublishCommand(freshet, streams))
                .addSubcommand(new SubscribeCommand(freshet, streams))
                .addSubcommand(LogCommand.commandLine(streams))
                .addSubcommand(new GenerateCompletion())
                .addSubcommand(new CommandLine.HelpCommand());
        commandLine.getSubcommands().forEach(Freshet::dropForeign);
        return commandLine
                .registerConverter(Integer.class, text -> number(text, Integer::valueOf))
                .registerConverter(Long.class, text -> number(text, Long::valueOf))
                .registerConverter(long.class, text -> number(text, Long::valueOf))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(streams.text(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(streams.hasColours() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(streams.outIsTerminal())
                .setParameterExceptionHandler((e, words) -> explainUsage(new WrongUsage(e, List.of(words))))
                .setExecutionExceptionHandler((e, failed, result) -> explainFailure(e, failed));
    }

    /** The hub that the command line or the environment names. */
    HubUrl server() {
        try {
            return HubUrl.parse(server);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(typed(), String.valueOf(e.getMessage()), e);
        }
    }

    /** A topic, not what was copied from a command with curl. */
    void requireTopic(String topic) {
        if (topic.matches("(https?://[^/]+)?/events(/.*)?")) {
            throw new ParameterException(
                    typed(),
                    "topic: " + topic + " (expected: a topic such as orders/42, without what is before it in a URL)");
        }
        if (topic.matches(".*\\?(last|since|topic|connected|lastEventId|type|ttl)=.*")) {
            throw new ParameterException(
                    typed(),
                    "topic: " + topic + " (expected: a topic without a query; options say the rest, such as --last)");
        }
    }

    /** What clients connect with. */
    HttpClient.Builder http() {
        try {
            return authorities.map(HttpClients::trusting).orElseGet(HttpClients::standard);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(typed(), String.valueOf(e.getMessage()), e);
        }
    }

    /** The command that was typed, whose help has the answer. */
    private CommandLine typed() {
        CommandLine.ParseResult parsed = spec.commandLine().getParseResult();
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed.commandSpec().commandLine();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "command: missing (expected: such as freshet serve)");
    }

    /** Commands that picocli brings would show the examples of the whole; and only clients talk to a server. */
    private static void dropForeign(String name, CommandLine subcommand) {
        CommandSpec spec = subcommand.getCommandSpec();
        if (FROM_PICOCLI.contains(name)) {
            spec.usageMessage().footerHeading("").footer(new String[0]);
        }
        if (!CLIENTS.contains(name)) {
            spec.remove(spec.findOption("--server"));
            spec.remove(spec.findOption("--cacert"));
        }
        subcommand.getSubcommands().forEach(Freshet::dropForeign);
    }

    private static <T> T number(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException(text + " (expected: a whole number)");
        }
    }

    private static int explainUsage(WrongUsage wrong) {
        CommandLine failed = wrong.failure().getCommandLine();
        PrintWriter err = failed.getErr();
        err.println("freshet: " + wrong.text());
        UnmatchedArgumentException.printSuggestions(wrong.failure(), err);
        err.println("Try '" + failed.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return EXIT_USAGE;
    }

    private static int explainFailure(Exception e, CommandLine failed) throws Exception {
        if (!(e instanceof RequestFailedException)) {
            throw e;
        }
        failed.getErr().println("freshet: " + e.getMessage());
        return LogCommand.isInUse(e.getCause()) ? LogCommand.EXIT_IN_USE : EXIT_FAILED;
    }
}
