package dev.freshet.lab.bench;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one run gave. Immutable.
 *
 * @param figures the figures, by name; empty if there is none
 * @param trouble what went wrong
 */
record Outcome(Map<String, Double> figures, Optional<String> trouble) {
    Outcome {
        figures = Map.copyOf(figures);
    }

    static Outcome of(Map<String, Double> figures) {
        return new Outcome(figures, Optional.empty());
    }

    /** A figure; NaN if there is none of this name. */
    double figure(String name) {
        return Objects.requireNonNullElse(figures.get(name), Double.NaN);
    }

    static Outcome failed(String trouble) {
        return new Outcome(Map.of(), Optional.of(trouble));
    }
}
