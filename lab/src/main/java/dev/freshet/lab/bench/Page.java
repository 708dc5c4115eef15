package dev.freshet.lab.bench;

import dev.freshet.lab.bench.figure.Figure;
import dev.freshet.lab.bench.figure.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page about a comparison, in Markdown. */
final class Page {
    private static final double WORTH_TELLING = 1.02;

    private final Comparison comparison;
    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private Page(Comparison comparison) {
        this.comparison = comparison;
        this.results = comparison.results();
    }

    static String of(Comparison comparison, String date, String command) {
        return new Page(comparison).write(date, command);
    }

    /** The table alone. */
    static String table(Comparison comparison) {
        Page page = new Page(comparison);
        page.figures();
        return page.text.toString();
    }

    private String write(String date, String command) {
        paragraph("# Measured on " + date);
        paragraph("Medians of " + comparison.rounds()
                + " rounds; in each, the servers had their turn one after the other, each"
                + " started anew. Loader and server share the machine and talk over loopback; an event has 200 bytes of data."
                + " The loader (" + comparison.loader()
                + ") stamps and numbers every event, and checks every delivery. In"
                + " brackets: the ratio to the floor in the same round, which holds when the machine's speed changes. The"
                + " floor does one send per subscriber per event and nothing else; a server that sends several events at once"
                + " may be below it.");
        paragraph("Made by `" + command + "`.");
        paragraph("![What stands in the table, as bars](" + date + ".svg)");
        paragraph("## Figures");
        figures();
        paragraph("## Where Freshet loses");
        list(losses(), "In no row of this table.");
        paragraph("## What went wrong");
        list(troubles(), "Nothing: no run lost, doubled or reordered an event, or failed.");
        paragraph("## Loads");
        list(loads(), "");
        paragraph("## Machine and servers");
        facts();
        return text.toString();
    }

    private void figures() {
        tableRow(Stream.concat(Stream.of(""), comparison.names().stream()));
        tableRow(Stream.concat(Stream.of("---"), comparison.names().stream().map(name -> "---:")));
        for (Row row : comparison.rows()) {
            tableRow(Stream.concat(
                    Stream.of("**" + row.title() + "**"),
                    comparison.names().stream().map(name -> "")));
            for (Figure figure : row.figures()) {
                tableRow(Stream.concat(
                        Stream.of(figure.title()), comparison.names().stream().map(name -> cell(name, row, figure))));
            }
        }
        text.append('\n');
    }

    private String cell(String peer, Row row, Figure figure) {
        OptionalDouble median = results.median(peer, row.name(), figure);
        if (median.isEmpty()) {
            return results.troubles(peer, row.name()).isEmpty() ? "-" : "failed";
        }
        String number = Texts.number(median.getAsDouble());
        String mark = results.troubles(peer, row.name()).isEmpty() ? "" : " (!)";
        OptionalDouble ratio = results.ratioToFloor(peer, row.name(), figure);
        boolean isRatio = row.withFloor() && figure.kind() != Figure.Kind.AMOUNT && !peer.equals(Results.FLOOR);
        return number + (isRatio && ratio.isPresent() ? " (" + Texts.number(ratio.getAsDouble()) + ")" : "") + mark;
    }

    private List<String> losses() {
        List<String> losses = new ArrayList<>();
        for (Row row : comparison.rows()) {
            for (Figure figure : row.figures()) {
                comparison.names().stream()
                        .filter(name -> !name.equals(Comparison.FRESHET) && !name.equals(Results.FLOOR))
                        .forEach(name -> addLoss(losses, name, row, figure));
            }
        }
        return losses;
    }

    private void addLoss(List<String> losses, String peer, Row row, Figure figure) {
        OptionalDouble ours = results.median(Comparison.FRESHET, row.name(), figure);
        OptionalDouble theirs = results.median(peer, row.name(), figure);
        if (ours.isEmpty() || theirs.isEmpty() || !isWorse(ours.getAsDouble(), theirs.getAsDouble(), figure)) {
            return;
        }
        String remark = results.troubles(peer, row.name()).isEmpty() ? "" : " (though not without trouble, see below)";
        losses.add("%s: %s has the better %s: %s, Freshet %s%s"
                .formatted(
                        row.title(),
                        peer,
                        figure.title(),
                        Texts.number(theirs.getAsDouble()),
                        Texts.number(ours.getAsDouble()),
                        remark));
    }

    private static boolean isWorse(double ours, double theirs, Figure figure) {
        return figure.isBetter(theirs, ours) && Math.max(ours, theirs) > WORTH_TELLING * Math.min(ours, theirs);
    }

    private List<String> troubles() {
        return comparison.rows().stream()
                .flatMap(row -> comparison.names().stream()
                        .flatMap(name -> results.troubles(name, row.name()).stream()
                                .map(trouble -> name + ", " + row.title() + ", " + trouble)))
                .toList();
    }

    private List<String> loads() {
        return comparison.rows().stream()
                .filter(row -> !row.command().isEmpty())
                .map(row -> row.title() + ": `" + row.command() + "`")
                .toList();
    }

    private void facts() {
        Stream.concat(Machine.facts().entrySet().stream(), comparison.peers().entrySet().stream())
                .map(Page::fact)
                .forEach(text::append);
    }

    private static String fact(Map.Entry<String, String> fact) {
        return "- " + fact.getKey() + ": " + fact.getValue() + "\n";
    }

    private void list(List<String> items, String ifNone) {
        paragraph(
                items.isEmpty()
                        ? ifNone
                        : items.stream().map(item -> "- " + item).collect(Collectors.joining("\n")));
    }

    private void paragraph(String words) {
        text.append(words).append("\n\n");
    }

    private void tableRow(Stream<String> cells) {
        text.append(cells.collect(Collectors.joining(" | ", "| ", " |"))).append('\n');
    }
}
