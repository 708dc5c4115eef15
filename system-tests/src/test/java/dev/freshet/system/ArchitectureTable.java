package dev.freshet.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of ARCHITECTURE.md, as a test reads them. */
final class ArchitectureTable {
    private static final Path FILE = Path.of("..", "ARCHITECTURE.md");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final Map<String, Set<String>> rows = new LinkedHashMap<>();

    /** Reads the table whose head begins with these two cells. */
    ArchitectureTable(String first, String second) throws IOException {
        boolean isInside = false;
        for (String line : Files.readAllLines(FILE)) {
            if (line.startsWith("| " + first + " | " + second + " |")) {
                isInside = true;
            } else if (isInside && !line.startsWith("|")) {
                return;
            } else if (isInside && !line.startsWith("|---")) {
                String[] cells = line.split("\\|");
                names(cells[1]).forEach(name -> rows.put(name, names(cells[2])));
            }
        }
    }

    Map<String, Set<String>> rows() {
        return rows;
    }

    private static Set<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult name) -> name.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
