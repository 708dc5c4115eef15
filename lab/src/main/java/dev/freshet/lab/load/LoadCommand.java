package dev.freshet.lab.load;

import dev.freshet.lab.load.wire.Template;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab/load}: the command line of the load generator. */
@Command(
        name = "lab/load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description = {
            "Loads a server of Server-Sent Events on 127.0.0.1, checks every delivery, and prints one JSON object.",
            "",
            "In paths, headers and the body, {t} stands for the topic's number and {c} for the connection's; in the body, {d}"
                    + " for the data."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing was lost, doubled or out of order", "1:something was", "2:the command line is wrong"
        })
public final class LoadCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    @Option(names = "--port", description = "The server's port.")
    private int port = 8080;

    @Option(names = "--pub-port", description = "The port to publish to; 0 for the same one.")
    private int publishPort;

    @Option(names = "--subscribe", paramLabel = "PATH", description = "What subscriptions ask for.")
    private String subscribe = "/events/t{t}";

    @Option(names = "--publish", paramLabel = "PATH", description = "Where events are posted.")
    private String publish = "/events/t{t}";

    @Option(names = "--body", paramLabel = "TEXT", description = "What is posted for one event.")
    private String body = "{d}";

    @Option(names = "--type", description = "The body's content type.")
    private String type = "text/plain";

    @Option(names = "--header", paramLabel = "FIELD", description = "A further header field of subscriptions.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--last-id", paramLabel = "ID", description = "Subscribe after this event.")
    private String lastId = "";

    @Option(names = "--pid", split = ",", description = "The server's processes; their children count too.")
    private List<Long> pids = new ArrayList<>();

    @Option(names = "--connections", paramLabel = "N", description = "Subscriptions.")
    private int connections = 1000;

    @Option(names = "--stall", paramLabel = "N", description = "So many of them never read.")
    private int stalled;

    @Option(names = "--topics", paramLabel = "N", description = "Topics; subscription n reads topic n modulo this.")
    private int topics = 1;

    @Option(names = "--reads-all", description = "Each subscription reads all topics: --subscribe must ask for them.")
    private boolean readsAll;

    @Option(names = "--publishers", paramLabel = "N", description = "Connections that publish; at most one a topic.")
    private int publishers = 4;

    @Option(names = "--unordered", description = "Several may publish to a topic; deliveries are only counted.")
    private boolean unordered;

    @Option(names = "--size", paramLabel = "BYTES", description = "Data of an event.")
    private int size = 200;

    @Option(names = "--batch", paramLabel = "N", description = "Events in a publish, each a body on a line of its own.")
    private int batch = 1;

    @Option(names = "--window", paramLabel = "N", description = "Closed loop: so many events are on their way at once.")
    private int window = 4;

    @Option(names = "--rate", paramLabel = "R", description = "Open loop: publishes a second.")
    private double rate;

    @Option(names = "--idle", paramLabel = "S", description = "Publish nothing; hold the connections so many seconds.")
    private Optional<Double> idle = Optional.empty();

    @Option(names = "--replay", paramLabel = "N", description = "Wait until each subscription got so many events.")
    private Optional<Integer> replay = Optional.empty();

    @Option(names = "--settle", paramLabel = "S", description = "Seconds between connecting and the load.")
    private double settle = 1;

    @Option(names = "--warmup", paramLabel = "S", description = "Seconds of load that do not count.")
    private double warmup = 2;

    @Option(names = "--seconds", paramLabel = "S", description = "Seconds of load that count.")
    private double seconds = 10;

    @Option(names = "--timeout", paramLabel = "S", description = "The most for connecting, and for a replay.")
    private double timeout = 60;

    private LoadCommand() {}

    /**
     * Runs one load, and exits. Of an option that is given twice, the last one counts.
     *
     * @param args the command line
     */
    public static void main(String... args) {
        System.exit(new CommandLine(new LoadCommand())
                .setOverwrittenOptionsAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        try (Load load = new Load(plan())) {
            LoadReport report = load.run();
            System.out.println(report.json());
            return report.isFailed() ? 1 : 0;
        }
    }

    private LoadPlan plan() {
        return new LoadPlan(target(), shape(), new LoadPlan.Pace(rate, window), times(), kind());
    }

    private Target target() {
        List<Template> fields = Stream.concat(
                        headers.stream(),
                        Stream.of(lastId).filter(id -> !id.isEmpty()).map("Last-Event-ID: "::concat))
                .map(Template::new)
                .toList();
        return new Target(
                port,
                publishPort == 0 ? port : publishPort,
                new Template(subscribe),
                new Template(publish),
                new Template(body),
                type,
                fields,
                List.copyOf(pids));
    }

    private Shape shape() {
        try {
            return new Shape(connections, stalled, topics, readsAll, publishers, unordered, size, batch);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private LoadPlan.Times times() {
        return new LoadPlan.Times(
                duration(timeout), duration(settle), duration(warmup), duration(seconds), Duration.ofSeconds(5));
    }

    private LoadPlan.Kind kind() {
        if (idle.isPresent()) {
            return new LoadPlan.Idle(duration(idle.get()));
        }
        return replay.isPresent() ? new LoadPlan.Replay(replay.get()) : new LoadPlan.Deliver();
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
