package dev.freshet.cli.log;

import dev.freshet.cli.http.JsonText;
import dev.freshet.cli.terminal.Amounts;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.hub.log.EventPosition;
import dev.freshet.log.sqlite.upkeep.LogFile;
import dev.freshet.log.sqlite.upkeep.LogInfo;
import java.io.IOException;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code freshet log info}. */
@Command(
        name = "info",
        description = "Says what the log holds. A hub may be running on it.",
        exitCodeList = {LogSubcommand.EXIT_0, LogSubcommand.EXIT_1, LogSubcommand.EXIT_2},
        footer = {"  freshet log info --data ./data", "  freshet log info --data ./data --json | jq .events"})
final class InfoCommand extends LogSubcommand {
    @Option(names = "--json", description = "Prints it as a JSON object on one line.")
    private boolean json;

    InfoCommand(Streams streams) {
        super(streams);
    }

    @Override
    int run() throws IOException {
        LogFile log = log();
        LogInfo info = showing("Counting", display -> log.info());
        streams().text().print(json ? json(info) : text(info));
        return DONE;
    }

    private String text(LogInfo info) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "log",
                directory().toAbsolutePath().normalize() + ", epoch " + info.epoch() + ", version " + info.version());
        line(text, "events", Amounts.count(info.events(), "event") + " of " + Amounts.count(info.topics(), "topic"));
        if (info.events() > 0) {
            line(text, "ids", id(info, info.earliest()) + " to " + id(info, info.head() - 1));
            line(text, "times", time(info.oldestMs()) + " to " + time(info.newestMs()));
        }
        line(text, "size", size(info));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-8s%s%n", name, value));
    }

    private static String size(LogInfo info) {
        return Amounts.size(info.fileBytes())
                + ", of which "
                + Amounts.size(Math.max(0, info.fileBytes() - info.usedBytes()))
                + " are free; write-ahead log "
                + Amounts.size(info.walBytes());
    }

    private String json(LogInfo info) {
        StringBuilder text = new StringBuilder("{\"directory\":");
        JsonText.appendString(text, directory().toAbsolutePath().normalize().toString());
        text.append(",\"epoch\":\"")
                .append(info.epoch())
                .append("\",\"version\":")
                .append(info.version());
        text.append(",\"events\":").append(info.events()).append(",\"topics\":").append(info.topics());
        text.append(",\"earliest\":\"").append(id(info, info.earliest()));
        text.append("\",\"head\":\"").append(id(info, info.head())).append('"');
        if (info.events() > 0) {
            text.append(",\"oldest\":\"").append(time(info.oldestMs()));
            text.append("\",\"newest\":\"").append(time(info.newestMs())).append('"');
        }
        text.append(",\"fileBytes\":")
                .append(info.fileBytes())
                .append(",\"usedBytes\":")
                .append(info.usedBytes());
        return text.append(",\"walBytes\":")
                .append(info.walBytes())
                .append("}\n")
                .toString();
    }

    private static String id(LogInfo info, long offset) {
        return new EventPosition(info.epoch(), offset).id();
    }

    private static String time(long timeMs) {
        return Instant.ofEpochMilli(timeMs).toString();
    }
}
