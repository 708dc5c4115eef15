package dev.freshet.cli.log;

import dev.freshet.cli.terminal.Streams;
import dev.freshet.log.sqlite.upkeep.LogFile;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code freshet log check}. */
@Command(
        name = "check",
        description = {
            "Reads all of the log, and prints what is wrong with it. Nothing is changed.",
            "",
            "A hub may be running on it; meanwhile its write-ahead log grows."
        },
        exitCodeList = {LogSubcommand.EXIT_0, LogSubcommand.EXIT_1, LogSubcommand.EXIT_2},
        footer = "  freshet log check --data ./data")
final class CheckCommand extends LogSubcommand {
    CheckCommand(Streams streams) {
        super(streams);
    }

    @Override
    int run() throws IOException {
        LogFile log = log();
        List<String> findings = showing("Checking", display -> log.check());
        if (findings.isEmpty()) {
            say("The log in " + directory() + " is sound.");
            return DONE;
        }
        findings.forEach(streams().text()::println);
        String whatRepairDoes = log.sizeBytes() > 0 ? "saves what can be read" : "says what to do";
        complain("log: " + directory() + ": damaged (expected: none of the above; freshet log repair --data "
                + directory() + " " + whatRepairDoes + ")");
        return DAMAGED;
    }
}
