package dev.freshet.lab.churn;

import dev.freshet.server.HubServer;
import dev.freshet.server.ServerConfig;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code lab/churn}: the command line of the search for what connections leave behind. */
@Command(
        name = "lab/churn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description =
                "Opens and closes connections on a hub of its own, in slices, and tells what is left behind: descriptors, memory"
                        + " off the heap, live heap.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing was left", "1:something was", "2:the command line is wrong"})
public final class ChurnCommand implements Callable<Integer> {
    private static final int WARMUP = 20_000;

    @Option(names = "--connections", paramLabel = "N", description = "Connections in a slice.")
    private int connections = 250_000;

    @Option(names = "--slices", paramLabel = "N", description = "Slices, on the same hub.")
    private int slices = 4;

    @Option(names = "--wait", description = "Begin each slice when a line comes on the standard input.")
    private boolean wait;

    @Option(names = "--sockets", description = "raw, epoll or nio.")
    private String sockets = "raw";

    private ChurnCommand() {}

    /**
     * Runs the slices, and exits.
     *
     * @param args the command line
     */
    public static void main(String... args) {
        System.exit(new CommandLine(new ChurnCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        try (HubServer hub = HubServer.start(config())) {
            Churn churn = new Churn(hub.address().getPort());
            churn.run(WARMUP);
            Kept before = Kept.now();
            System.out.println("before: " + before);
            Kept after = before;
            for (int slice = 1; slice <= slices; slice++) {
                if (wait) {
                    awaitLine();
                }
                after = run(churn, slice);
            }
            return after.isMoreThan(before, (long) slices * connections) ? 1 : 0;
        }
    }

    /** With a window that is full before anything is compared. */
    private ServerConfig config() {
        Map<String, String> flags = Map.of("http.port", "0", "http.sockets", sockets, "window.max-bytes", "64 KiB");
        return ServerConfig.load(Optional.empty(), Map.of(), flags);
    }

    private Kept run(Churn churn, int slice) {
        long began = System.nanoTime();
        churn.run(connections);
        double seconds = (System.nanoTime() - began) / 1e9;
        Kept kept = Kept.now();
        System.out.printf(
                Locale.ROOT,
                "after %,d connections, the last %,d in %.1f s: %s%n",
                (long) slice * connections,
                connections,
                seconds,
                kept);
        return kept;
    }

    private static void awaitLine() throws IOException {
        int c = System.in.read();
        while (c >= 0 && c != '\n') {
            c = System.in.read();
        }
    }
}
