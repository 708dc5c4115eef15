package dev.freshet.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lab.bench.figure.Figure;
import dev.freshet.lab.bench.figure.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Figure CPU = Figure.time("CPU, us", "cpu");

    private final Results results = new Results();

    @Test
    void theMedianStandsInTheMiddle() {
        add(1, "Freshet", 3);
        add(2, "Freshet", 900);
        add(3, "Freshet", 5);

        assertThat(results.median("Freshet", "row", CPU)).hasValue(5);
        assertThat(results.median("nchan", "row", CPU)).isEmpty();
    }

    /** The machine was twice as slow in the second round. */
    @Test
    void aRatioIsThatOfOneRound() {
        add(1, "floor", 10);
        add(1, "Freshet", 12);
        add(2, "floor", 20);
        add(2, "Freshet", 24);

        assertThat(results.ratioToFloor("Freshet", "row", CPU)).hasValue(1.2);
    }

    @Test
    void aFailedRunHasNoFigureButATrouble() {
        results.add(1, "nchan", "row", Outcome.failed("not done in 45 s"));
        add(2, "nchan", 7);

        assertThat(results.median("nchan", "row", CPU)).hasValue(7);
        assertThat(results.troubles("nchan", "row")).containsExactly("1 of 2 runs: not done in 45 s");
    }

    private void add(int round, String peer, double value) {
        results.add(round, peer, "row", Outcome.of(Map.of("cpu", value)));
    }
}
