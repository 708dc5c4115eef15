package dev.freshet.cli.log;

import dev.freshet.cli.terminal.Amounts;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.log.sqlite.salvage.LogRepair;
import dev.freshet.log.sqlite.upkeep.LogFile;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code freshet log repair}. */
@Command(
        name = "repair",
        description = {
            "Saves what can be read of a damaged log into a new file that takes its place.",
            "",
            "The damaged file is kept beside it. No hub may be running on the log. A sound log is left as it is."
        },
        exitCodeList = {
            "0:done; nothing was lost",
            "1:done, but something was lost",
            LogSubcommand.EXIT_2,
            LogCommand.EXIT_3,
        },
        footer = "  freshet log repair --data ./data")
final class RepairCommand extends LogSubcommand {
    RepairCommand(Streams streams) {
        super(streams);
    }

    @Override
    int run() throws IOException {
        LogFile log = log();
        if (showing("Checking", display -> log.check()).isEmpty()) {
            say("The log in " + directory() + " is sound; nothing was changed.");
            return DONE;
        }
        LogRepair.Report report = showing("Saving", display -> log.repair(display::at));
        say("Saved: " + Amounts.count(report.saved(), "event") + ", "
                + Amounts.count(report.keysSaved(), "idempotency key") + ".");
        say("The damaged file is kept as " + report.old() + ".");
        return explainLosses(report) ? DAMAGED : DONE;
    }

    private boolean explainLosses(LogRepair.Report report) {
        LogRepair.Lost lost = report.lost();
        if (lost.events() > 0) {
            complain("lost: " + (lost.isExact() ? "" : "at most ") + Amounts.count(lost.events(), "event")
                    + "; whoever resumes before the last of them is told of a gap");
        }
        if (report.keysLost() > 0) {
            complain("lost: " + Amounts.count(report.keysLost(), "idempotency key")
                    + " or more; who sends one of these publishes again publishes it twice");
        }
        if (!report.isSameLog()) {
            complain("lost: the name of the log; the new one has another, and ids of before are unknown to it");
        }
        return lost.events() > 0 || report.keysLost() > 0 || !report.isSameLog();
    }
}
