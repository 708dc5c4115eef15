package dev.freshet.lab.bench;

import dev.freshet.lab.bench.figure.Memory;
import dev.freshet.lab.peers.Express;
import dev.freshet.lab.peers.Floor;
import dev.freshet.lab.peers.Freshet;
import dev.freshet.lab.peers.Nchan;
import dev.freshet.lab.peers.Peer;
import dev.freshet.lab.peers.Spring;
import dev.freshet.lab.peers.Yardsticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lab/bench}: the command line of the comparison. */
@Command(
        name = "lab/bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures Freshet beside the floor and what else is installed, and writes a page with the medians.",
            "",
            "A whole run goes to docs/benchmarks, a quick or partial one to lab/target/bench. What moved against"
                    + " lab/figures.tsv by more than 15 %% is told at the end."
        })
public final class BenchCommand implements Callable<Integer> {
    private static final String FIGURES = "lab/figures.tsv";

    private final Path root = Path.of(System.getProperty("lab.root", "")).toAbsolutePath();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each server has its turn (default: 3).")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--quick", description = "One round of short runs: to try it, not to cite it.")
    private boolean quick;

    @Option(names = "--rows", split = ",", paramLabel = "ROW", description = "Only these rows.")
    private List<String> rows = new ArrayList<>();

    @Option(names = "--servers", split = ",", paramLabel = "NAME", description = "Only these servers.")
    private List<String> servers = new ArrayList<>();

    @Option(
            names = "--yardsticks",
            paramLabel = "DIR",
            description =
                    "Take the floor and the load generator from the C sources rawfan.c and sseload.c in this folder.")
    private Optional<Path> yardsticks = Optional.empty();

    @Option(names = "--remember", description = "Put the figures into lab/figures.tsv.")
    private boolean remember;

    private BenchCommand() {}

    /**
     * Runs the comparison, and exits.
     *
     * @param args the command line; the system property {@code lab.root} must name the repository
     */
    public static void main(String... args) {
        System.exit(new CommandLine(new BenchCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        List<Row> chosen = chosen("--rows", rows, Rows.all(), Row::name);
        Path folder = Files.createTempDirectory("freshet-bench");
        Optional<Yardsticks> tools = build(folder);
        List<Peer> peers = present(chosen("--servers", servers, peers(tools), Peer::name));
        Loader own = Loader.own(folder);
        Loader usual = tools.map(built -> new Loader(List.of(built.loader().toString()), folder))
                .orElse(own);
        Bench bench = new Bench(peers, new Loaders(usual, own), quick ? Effort.QUICK : Effort.FULL, folder);
        int times = rounds.orElse(quick ? 1 : 3);
        String loader = tools.isPresent() ? "sseload, in C" : "lab/load";
        Comparison comparison = new Comparison(versions(peers), chosen, times, loader, bench.run(chosen, times));
        System.out.println(Page.table(comparison));
        write(comparison);
        compare(comparison);
        return 0;
    }

    private Optional<Yardsticks> build(Path folder) throws IOException {
        return yardsticks.isEmpty() ? Optional.empty() : Optional.of(Yardsticks.build(yardsticks.get(), folder));
    }

    private List<Peer> peers(Optional<Yardsticks> tools) {
        return List.of(
                new Freshet(root),
                new Floor(tools.map(Yardsticks::floor)),
                new Nchan(root),
                new Express(root),
                new Spring(root));
    }

    private static List<Peer> present(List<Peer> peers) throws IOException {
        List<Peer> present = new ArrayList<>();
        for (Peer peer : peers) {
            if (peer.missing().isPresent()) {
                System.err.println(
                        peer.name() + " is left out; missing: " + peer.missing().get());
            } else {
                peer.prepare();
                present.add(peer);
            }
        }
        return present;
    }

    private <T> List<T> chosen(String option, List<String> names, List<T> all, Function<T, String> nameOf) {
        List<String> known = all.stream().map(nameOf).map(BenchCommand::lower).toList();
        List<String> wanted = names.stream().map(BenchCommand::lower).toList();
        if (!known.containsAll(wanted)) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + names + " (expected: of " + String.join(", ", known) + ")");
        }
        return all.stream()
                .filter(one -> wanted.isEmpty() || wanted.contains(lower(nameOf.apply(one))))
                .toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> versions(List<Peer> peers) {
        Map<String, String> versions = new LinkedHashMap<>();
        peers.forEach(peer -> versions.put(peer.name(), peer.version()));
        return versions;
    }

    private void write(Comparison comparison) throws IOException {
        boolean whole = !quick && rows.isEmpty() && servers.isEmpty();
        Path folder = Files.createDirectories(root.resolve(whole ? "docs/benchmarks" : "lab/target/bench"));
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        Path page = folder.resolve(date + ".md");
        Files.writeString(page, Page.of(comparison, date, commandLine()));
        Files.writeString(folder.resolve(date + ".svg"), Plot.of(comparison));
        System.err.println("written: " + page);
    }

    /** As it was given, without the folders of this machine. */
    private String commandLine() {
        List<String> words = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        yardsticks.ifPresent(folder -> words.replaceAll(word -> word.equals(folder.toString()) ? "DIR" : word));
        return ("lab/bench " + String.join(" ", words)).strip();
    }

    private void compare(Comparison comparison) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Row row : comparison.rows()) {
            row.figures()
                    .forEach(figure -> comparison
                            .results()
                            .normal(Comparison.FRESHET, row, figure)
                            .ifPresent(value -> figures.put(row.name() + "." + figure.key(), value)));
        }
        Memory memory = Memory.read(root.resolve(FIGURES));
        System.err.println(moved(memory.moved(figures)));
        if (remember) {
            memory.remember(figures);
        }
    }

    private static String moved(List<String> figures) {
        return figures.isEmpty()
                ? "nothing moved by more than 15 % against " + FIGURES
                : "moved by more than 15 % against " + FIGURES + ":\n  " + String.join("\n  ", figures);
    }
}
