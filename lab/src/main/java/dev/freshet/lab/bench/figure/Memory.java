package dev.freshet.lab.bench.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last figures, in a file with a line for each: its name, a tab, its value as a ratio that does not depend on the machine's
 * speed. Confined to one thread.
 */
public final class Memory {
    private static final double WORTH_TELLING = 0.15;
    private static final String TAB = "\t";

    private final Path file;
    private final Map<String, Double> remembered;

    private Memory(Path file, Map<String, Double> remembered) {
        this.file = file;
        this.remembered = remembered;
    }

    /**
     * Reads the file.
     *
     * @param file the file; as if empty if it does not exist
     * @return what it holds
     * @throws IOException if it cannot be read
     */
    public static Memory read(Path file) throws IOException {
        Map<String, Double> figures = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(TAB, 2);
                figures.put(parts[0], Double.valueOf(parts[1]));
            }
        }
        return new Memory(file, figures);
    }

    /**
     * Compares new figures with those of the file.
     *
     * @param figures by name
     * @return a line for each that moved by more than 15 %, or is new
     */
    public List<String> moved(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .flatMap(figure -> movement(figure.getKey(), figure.getValue()).stream())
                .toList();
    }

    /**
     * Puts figures into the file; those that it has beside them stay.
     *
     * @param figures by name
     * @throws IOException if it cannot be written
     */
    public void remember(Map<String, Double> figures) throws IOException {
        remembered.putAll(figures);
        Stream<String> lines = remembered.entrySet().stream()
                .map(figure -> figure.getKey() + TAB + String.format(Locale.ROOT, "%.4g", figure.getValue()));
        Files.writeString(file, lines.collect(Collectors.joining("\n", "", "\n")));
    }

    private Optional<String> movement(String name, double value) {
        Double before = remembered.get(name);
        if (before == null) {
            return Optional.of("%s: %s, not measured before".formatted(name, Texts.number(value)));
        }
        double change = value / before - 1;
        return Math.abs(change) <= WORTH_TELLING
                ? Optional.empty()
                : Optional.of("%s: %s, was %s (%+.0f %%)"
                        .formatted(name, Texts.number(value), Texts.number(before), 100 * change));
    }
}
