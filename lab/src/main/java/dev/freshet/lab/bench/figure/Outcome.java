package dev.freshet.lab.bench.figure;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one run gave. Immutable.
 *
 * @param figures the figures, by name; empty if there is none
 * @param trouble what went wrong
 */
public record Outcome(Map<String, Double> figures, Optional<String> trouble) {
    /** Copies the figures. */
    public Outcome {
        figures = Map.copyOf(figures);
    }

    /**
     * A run that went well.
     *
     * @param figures the figures, by name
     * @return the outcome
     */
    public static Outcome of(Map<String, Double> figures) {
        return new Outcome(figures, Optional.empty());
    }

    /**
     * One of the figures.
     *
     * @param name its name
     * @return the value; NaN if there is none of this name
     */
    public double figure(String name) {
        return Objects.requireNonNullElse(figures.get(name), Double.NaN);
    }

    /**
     * A run that gave nothing.
     *
     * @param trouble what went wrong
     * @return the outcome
     */
    public static Outcome failed(String trouble) {
        return new Outcome(Map.of(), Optional.of(trouble));
    }
}
