package dev.freshet.lab.bench;

import dev.freshet.lab.bench.figure.Figure;
import dev.freshet.lab.bench.figure.Texts;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Bars for some figures, as SVG: a panel for each figure, a bar for each server. */
final class Plot {
    private static final List<String> ROWS = List.of("fanout", "saturation", "idle", "publish");
    private static final int WIDTH = 720;
    private static final int BAR = 18;
    private static final int LEFT = 90;
    private static final int LONGEST = 480;
    private static final int TITLE = 30;

    private final Comparison comparison;
    private final StringBuilder svg = new StringBuilder();
    private int y = 10;

    private Plot(Comparison comparison) {
        this.comparison = comparison;
    }

    static String of(Comparison comparison) {
        Plot plot = new Plot(comparison);
        comparison.rows().stream().filter(row -> ROWS.contains(row.name())).forEach(plot::panel);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#fff"/>
                %s</svg>
                """.formatted(WIDTH, plot.y + 10, plot.svg);
    }

    /** The first figure of a row is the one that it is about. */
    private void panel(Row row) {
        Figure figure = row.figures().get(0);
        String better = figure.kind() == Figure.Kind.THROUGHPUT ? "more is better" : "less is better";
        text(10, y + 16, "#111", figure.title() + " (" + better + "): " + row.title());
        y += TITLE;
        double longest = comparison.names().stream()
                .mapToDouble(name -> value(name, row, figure).orElse(0))
                .max()
                .orElse(0);
        comparison.names().forEach(name -> value(name, row, figure).ifPresent(value -> bar(name, value, longest)));
        y += BAR / 2;
    }

    private OptionalDouble value(String peer, Row row, Figure figure) {
        return comparison.results().median(peer, row.name(), figure);
    }

    private void bar(String name, double value, double longest) {
        int length = longest > 0 ? (int) Math.max(1, Math.round(LONGEST * Math.max(value, 0) / longest)) : 1;
        String colour =
                name.equals(Comparison.FRESHET) ? "#0b7285" : name.equals(Results.FLOOR) ? "#ced4da" : "#868e96";
        text(10, y + BAR - 5, "#333", name);
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
                LEFT,
                y,
                length,
                BAR - 4,
                colour));
        text(LEFT + length + 6, y + BAR - 5, "#333", Texts.number(value));
        y += BAR;
    }

    private void text(int x, int atY, String colour, String words) {
        svg.append(
                String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n", x, atY, colour, words));
    }
}
