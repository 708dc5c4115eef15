package dev.freshet.lab;

import dev.freshet.lab.bench.figure.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lab/micro}: runs the benchmarks of this package, and tells what moved. */
@Command(
        name = "lab/micro",
        mixinStandardHelpOptions = true,
        description =
                "Runs the micro-benchmarks, and tells what moved by more than 15 %% against lab/micro.tsv, as a multiple"
                        + " of the calibration loop of the same run.")
public final class MicroCommand implements Callable<Integer> {
    private static final String FIGURES = "lab/micro.tsv";
    private static final String CALIBRATION = CalibrationBenchmark.class.getSimpleName();

    @Parameters(paramLabel = "NAME", description = "Only benchmarks whose name has this in it, such as Sweep.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--remember", description = "Put the figures into lab/micro.tsv.")
    private boolean remember;

    private MicroCommand() {}

    /**
     * Runs the benchmarks, and exits.
     *
     * @param args the command line; the system property {@code lab.root} must name the repository
     */
    public static void main(String... args) {
        System.exit(new CommandLine(new MicroCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, RunnerException {
        Map<String, Double> multiples = multiples(run());
        Memory memory = Memory.read(Path.of(System.getProperty("lab.root", "")).resolve(FIGURES));
        System.out.println("moved by more than 15 % against " + FIGURES + ":");
        memory.moved(multiples).forEach(line -> System.out.println("  " + line));
        if (remember) {
            memory.remember(multiples);
        }
        return 0;
    }

    private Collection<RunResult> run() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder().include(CALIBRATION);
        (names.isEmpty() ? List.of("dev.freshet.lab") : names).forEach(options::include);
        return new Runner(options.build()).run();
    }

    private static Map<String, Double> multiples(Collection<RunResult> results) {
        double calibration = results.stream()
                .filter(result -> nameOf(result).startsWith(CALIBRATION))
                .mapToDouble(MicroCommand::score)
                .findFirst()
                .orElseThrow();
        Map<String, Double> multiples = new TreeMap<>();
        results.forEach(result -> multiples.put(nameOf(result), score(result) / calibration));
        return multiples;
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    /** Such as {@code SelectorIndexBenchmark.match topics=1000}. */
    private static String nameOf(RunResult result) {
        String method = result.getParams().getBenchmark();
        StringBuilder name = new StringBuilder(method.substring("dev.freshet.lab.".length()));
        result.getParams()
                .getParamsKeys()
                .forEach(key -> name.append(' ')
                        .append(key)
                        .append('=')
                        .append(result.getParams().getParam(key)));
        return name.toString();
    }
}
