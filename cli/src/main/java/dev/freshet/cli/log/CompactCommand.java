package dev.freshet.cli.log;

import dev.freshet.cli.terminal.Amounts;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.log.sqlite.upkeep.LogFile;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code freshet log compact}. */
@Command(
        name = "compact",
        description = {
            "Writes the file of the log anew, without what is free in it and with everything in order.",
            "",
            "Meanwhile it needs as much room again in the folder that SQLITE_TMPDIR or TMPDIR names, else in /var/tmp, for a"
                    + " copy; and as much again beside the file, for the write-ahead log. No hub may be running on the log. If it"
                    + " fails, the log is as before."
        },
        exitCodeList = {LogSubcommand.EXIT_0, LogSubcommand.EXIT_1, LogSubcommand.EXIT_2, LogCommand.EXIT_3},
        footer = {
            "  freshet log compact --data ./data",
            "  SQLITE_TMPDIR=/mnt/large freshet log compact --data ./data",
        })
final class CompactCommand extends LogSubcommand {
    CompactCommand(Streams streams) {
        super(streams);
    }

    @Override
    int run() throws IOException {
        LogFile log = log();
        long before = log.sizeBytes();
        long now = showing("Compacting", display -> log.compact());
        say(Amounts.size(before) + " before, " + Amounts.size(now) + " now.");
        return DONE;
    }
}
