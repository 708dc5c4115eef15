package dev.freshet.cli;

import dev.freshet.cli.http.Backoff;
import dev.freshet.cli.subscribe.EventFormat;
import dev.freshet.cli.subscribe.Follower;
import dev.freshet.cli.subscribe.StartAt;
import dev.freshet.cli.terminal.Streams;
import dev.freshet.cli.terminal.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet subscribe}. */
@Command(
        name = "subscribe",
        description = {
            "Prints the events of topics as they come, until Ctrl-C.",
            "",
            "After a lost connection it goes on where it was: each event is printed once. What the hub no longer has is"
                    + " told on standard error."
        },
        footer = {
            "  freshet subscribe greetings",
            "  freshet subscribe 'orders/{id}' invoices --json",
            "  freshet subscribe logs/system --last 100 | grep -i error",
            "  freshet subscribe logs/system --since 10m"
        })
final class SubscribeCommand implements Callable<Integer> {
    private static final long LONGEST_WAIT_MS = 30_000;
    /** Four of the hub's heartbeats. */
    private static final long MAX_IDLE_MS = 60_000;

    private final Freshet freshet;
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "TOPIC",
            description = "Topics, templates such as orders/{id} or logs/{+rest}, or * for all. Quote them in a shell.")
    private List<String> topics = new ArrayList<>();

    @Option(names = "--last", paramLabel = "N", description = "Begins with the last N events.")
    private Optional<Integer> last = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Begins at this time (2026-11-20T10:00:00Z), or that long ago (30s, 10m, 2h, 3d, PT10M).")
    private Optional<String> since = Optional.empty();

    @Option(names = "--last-event-id", paramLabel = "ID", description = "Begins after the event with this id.")
    private Optional<String> lastEventId = Optional.empty();

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Ends after N events.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--json", description = "Prints each event as a JSON object with id, type and data on one line.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            negatable = true,
            description = "Prints id and type before the data; on a terminal unless --no-verbose is given.")
    private Optional<Boolean> verbose = Optional.empty();

    SubscribeCommand(Freshet freshet, Streams streams) {
        this.freshet = freshet;
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        topics.forEach(freshet::requireTopic);
        since.ifPresent(this::requireTime);
        Backoff backoff = new Backoff(LONGEST_WAIT_MS, new SplittableRandom());
        new Follower(request(), freshet.http(), format(), backoff, streams.out(), streams.err()).run();
        return 0;
    }

    private Follower.Request request() {
        if (Stream.of(last, since, lastEventId).filter(Optional::isPresent).count() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--last, --since, --last-event-id: several were given (expected: one of them)");
        }
        StartAt start = new StartAt(lastEventId, since.map(TimeText::iso), last);
        try {
            return new Follower.Request(freshet.server(), topics, start, count, MAX_IDLE_MS);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What has the form of a time may still be none; that the hub knows better. */
    private void requireTime(String text) {
        if (!text.matches("\\d+[smhd]|P[0-9DTHMS.]+|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-][0-9:]+)")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--since: " + text
                            + " (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 30s,"
                            + " 10m, 2h, 3d or PT10M)");
        }
    }

    private EventFormat format() {
        if (json) {
            return EventFormat.JSON;
        }
        if (!verbose.orElse(streams.outIsTerminal())) {
            return EventFormat.PLAIN;
        }
        return streams.hasColours() ? EventFormat.COLOURED : EventFormat.VERBOSE;
    }
}
