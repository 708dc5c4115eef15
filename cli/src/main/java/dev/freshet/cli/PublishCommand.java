package dev.freshet.cli;

import dev.freshet.cli.http.Backoff;
import dev.freshet.cli.http.HubUrl;
import dev.freshet.cli.http.Outage;
import dev.freshet.cli.http.RequestFailedException;
import dev.freshet.cli.publish.EventOptions;
import dev.freshet.cli.publish.LinePublisher;
import dev.freshet.cli.publish.Patience;
import dev.freshet.cli.publish.Publisher;
import dev.freshet.cli.terminal.Streams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet publish}. */
@Command(
        name = "publish",
        description = {
            "Publishes an event, or each line of standard input as one.",
            "",
            "One event: a hub that is not there is an error at once; a hub in trouble is asked a few times.",
            "Lines: each is sent as soon as it is there. While the hub is slow or away nothing is lost: reading stops, and"
                    + " the same lines are sent again under the same key, so that none is published twice."
        },
        footer = {
            "  freshet publish greetings 'Hello'",
            "  freshet publish orders/42 --type paid '{\"total\":12.5}'",
            "  freshet publish cursors/7 --ttl 1m '{\"x\":4}'",
            "  date | freshet publish clock",
            "  tail -F /var/log/syslog | freshet publish logs/system --lines"
        })
final class PublishCommand implements Callable<Integer> {
    private static final long LONGEST_WAIT_MS = 10_000;
    /** More than any hub takes as one event. */
    private static final int MAX_DATA_BYTES = 64 << 20;

    private final Freshet freshet;
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "The topic, such as orders/42.")
    private String topic = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "DATA",
            description = "The event's data; without it, all of standard input but for the end of its last line.")
    private Optional<String> data = Optional.empty();

    @Parameters(index = "2..*", hidden = true)
    private List<String> furtherWords = new ArrayList<>();

    @Option(names = "--type", paramLabel = "TYPE", description = "The event's type (default: message).")
    private Optional<String> type = Optional.empty();

    @Option(names = "--id", paramLabel = "ID", description = "Your own id for the event; else the hub gives one.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--topic", paramLabel = "TOPIC", description = "A further topic of the event; may be given again.")
    private List<String> furtherTopics = new ArrayList<>();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "How long the event may be replayed: seconds, or such as 10m or 2h.")
    private Optional<String> ttl = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Publishes nothing if the hub remembers this key of an earlier publish (Idempotency-Key).")
    private Optional<String> key = Optional.empty();

    @Option(
            names = "--retry",
            paramLabel = "MS",
            description = "Asks subscribers to wait this many milliseconds before they connect again.")
    private Optional<Long> retryMs = Optional.empty();

    @Option(
            names = "--private",
            description =
                    "Only subscribers with a grant for the topic get the event. A hub that freshet serve runs cannot give"
                            + " grants yet, so there nobody gets it.")
    private boolean isPrivate;

    @Option(names = "--lines", description = "Publishes standard input line by line.")
    private boolean lines;

    @Option(
            names = {"-v", "--verbose"},
            description = "Prints the hub's answers, which hold the ids of the events.")
    private boolean verbose;

    PublishCommand(Freshet freshet, Streams streams) {
        this.freshet = freshet;
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(!topic.isEmpty(), "topic: empty (expected: a name such as orders/42)");
        topics().forEach(freshet::requireTopic);
        require(furtherWords.isEmpty(), "data: several words (expected: quotes around them, such as 'Hello, world')");
        require(!lines || data.isEmpty(), "--lines: data was given as well (expected: lines on standard input)");
        require(!lines || id.isEmpty(), "--lines: --id was given as well (expected: ids that the hub gives)");
        require(!lines || key.isEmpty(), "--lines: --key was given as well (expected: keys that each request has)");
        if (lines) {
            publishLines();
        } else {
            publishOne(data.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElseGet(this::standardInput));
        }
        return 0;
    }

    private void publishOne(byte[] bytes) throws InterruptedException {
        Publisher publisher = publisher(Patience::brief);
        answered(
                key.isPresent()
                        ? publisher.publish(topics(), options(), bytes, key.get())
                        : publisher.publish(topics(), options(), bytes));
    }

    private List<String> topics() {
        List<String> all = new ArrayList<>(List.of(topic));
        all.addAll(furtherTopics);
        return all;
    }

    private void publishLines() throws InterruptedException {
        Publisher publisher = publisher(Patience::endless);
        try {
            new LinePublisher(publisher, topics(), options(), streams.err()).publishAll(streams.in(), this::answered);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Publisher publisher(Function<Backoff, Patience> patience) {
        HubUrl server = freshet.server();
        Backoff backoff = new Backoff(LONGEST_WAIT_MS, new SplittableRandom());
        return new Publisher(
                server, freshet.http().build(), patience.apply(backoff), new Outage(streams.err(), server));
    }

    private EventOptions options() {
        OptionalLong retry = retryMs.map(OptionalLong::of).orElseGet(OptionalLong::empty);
        return new EventOptions(type, id, retry, ttl, isPrivate);
    }

    private byte[] standardInput() {
        if (streams.inIsTerminal()) {
            streams.err().println("freshet: reading the data from the terminal; Ctrl-D ends it");
        }
        try {
            return withoutLastLineEnd(dataOf(streams.in().readNBytes(MAX_DATA_BYTES + 1)));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static byte[] dataOf(byte[] bytes) {
        if (bytes.length > MAX_DATA_BYTES) {
            throw new RequestFailedException(
                    "standard input: over 64 MiB (expected: the data of one event; with --lines each line is one)");
        }
        return bytes;
    }

    /** As a shell's $(..) does: the end of the last line is seldom meant. */
    private static byte[] withoutLastLineEnd(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length -= length > 1 && bytes[length - 2] == '\r' ? 2 : 1;
        }
        return Arrays.copyOf(bytes, length);
    }

    private void answered(String answer) {
        if (verbose) {
            streams.text().println(answer);
        }
    }

    private void require(boolean isValid, String message) {
        if (!isValid) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private static RequestFailedException unreadable(IOException e) {
        return new RequestFailedException("standard input: " + e.getMessage());
    }
}
