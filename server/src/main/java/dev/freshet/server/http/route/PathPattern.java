package dev.freshet.server.http.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A path with places for parameters: see {@link Route}. Immutable. */
record PathPattern(List<String> segments) {
    private static final String REST = "...}";

    static PathPattern parse(String text) {
        if (!text.startsWith("/") || text.contains(REST + "/")) {
            throw new IllegalArgumentException(
                    "pattern: " + text + " (expected: /path, with {rest...} at its end only)");
        }
        return new PathPattern(List.of(text.substring(1).split("/", -1)));
    }

    /** The parameters of a path that fits, empty if it does not. */
    Optional<Map<String, String>> match(List<String> path) {
        boolean open = segments.get(segments.size() - 1).endsWith(REST);
        if (open ? path.size() < segments.size() : path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            if (!take(i, path, parameters)) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private boolean take(int i, List<String> path, Map<String, String> parameters) {
        String segment = segments.get(i);
        if (segment.endsWith(REST)) {
            parameters.put(
                    segment.substring(1, segment.length() - REST.length()),
                    String.join("/", path.subList(i, path.size())));
        } else if (segment.startsWith("{")) {
            parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
        } else {
            return segment.equals(path.get(i));
        }
        return true;
    }
}
