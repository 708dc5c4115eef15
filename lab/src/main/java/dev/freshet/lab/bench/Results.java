package dev.freshet.lab.bench;

import dev.freshet.lab.bench.figure.Figure;
import dev.freshet.lab.bench.figure.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All runs so far; answers with medians over the rounds. Confined to the thread of the benchmark. */
final class Results {
    static final String FLOOR = "floor";

    private final List<Run> runs = new ArrayList<>();

    void add(int round, String peer, String row, Outcome outcome) {
        runs.add(new Run(round, peer, row, outcome));
    }

    OptionalDouble median(String peer, String row, Figure figure) {
        return medianOf(runs(peer, row), run -> run.figure(figure));
    }

    /** The median of the ratios to the floor in the same row and round. */
    OptionalDouble ratioToFloor(String peer, String row, Figure figure) {
        return medianOf(runs(peer, row), run -> run.figure(figure) / floorIn(run.round(), row, figure));
    }

    /**
     * The figure as one that another machine would give: as a ratio to the floor in the same row, or if it is not there, to the
     * floor's speed or cost in the row of calibration. Memory stands as it is.
     */
    OptionalDouble normal(String peer, Row row, Figure figure) {
        if (figure.kind() == Figure.Kind.AMOUNT) {
            return median(peer, row.name(), figure);
        }
        if (row.withFloor()) {
            return ratioToFloor(peer, row.name(), figure);
        }
        Figure speed = Rows.calibration(figure.kind());
        return medianOf(
                runs(peer, row.name()), run -> run.figure(figure) / floorIn(run.round(), Rows.CALIBRATION, speed));
    }

    /** What went wrong, with the number of runs in which it did. */
    List<String> troubles(String peer, String row) {
        long all = runs(peer, row).count();
        List<String> troubles =
                runs(peer, row).flatMap(run -> run.outcome().trouble().stream()).toList();
        return troubles.isEmpty()
                ? List.of()
                : List.of(troubles.size() + " of " + all + " runs: " + String.join("; ", troubles));
    }

    private double floorIn(int round, String row, Figure figure) {
        return runs(FLOOR, row)
                .filter(run -> run.round() == round)
                .mapToDouble(run -> run.figure(figure))
                .findFirst()
                .orElse(Double.NaN);
    }

    private Stream<Run> runs(String peer, String row) {
        return runs.stream().filter(run -> run.peer().equals(peer) && run.row().equals(row));
    }

    private static OptionalDouble medianOf(Stream<Run> runs, ToDoubleFunction<Run> value) {
        double[] sorted =
                runs.mapToDouble(value).filter(Double::isFinite).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    private record Run(int round, String peer, String row, Outcome outcome) {
        double figure(Figure figure) {
            return outcome.figure(figure.key());
        }
    }
}
