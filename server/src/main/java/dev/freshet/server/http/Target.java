package dev.freshet.server.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a request goes (RFC 9112 3.2): a path and query parameters. Immutable.
 *
 * @param rawPath the path as it was sent, {@code *} for a request to the server as a whole
 * @param segments the path's segments, decoded; {@code /a/b} has two, {@code /} one empty segment
 * @param query the query parameters decoded, by name, in the order of their first occurrence
 */
public record Target(String rawPath, List<String> segments, Map<String, List<String>> query) {

    /** Copies what it is given. */
    public Target {
        segments = List.copyOf(segments);
        Map<String, List<String>> copy = new LinkedHashMap<>();
        query.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        query = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads a request target in origin, absolute or asterisk form. Path and query are percent-decoded as UTF-8; in the
     * query a plus sign is a space.
     *
     * @param text the target, one char per byte received (ISO 8859-1) or plain text
     * @return the target
     * @throws ProblemException with status 400 if an escape is cut or not hexadecimal, the bytes are not UTF-8, or the form
     *     is another
     */
    public static Target parse(String text) {
        String origin = originForm(text);
        int mark = origin.indexOf('?');
        String path = mark < 0 ? origin : origin.substring(0, mark);
        return new Target(path, segmentsOf(path), mark < 0 ? Map.of() : queryOf(origin.substring(mark + 1)));
    }

    /**
     * The first value of a query parameter.
     *
     * @param name the parameter's name
     * @return its first value, empty if there is none
     */
    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    /**
     * All values of a query parameter.
     *
     * @param name the parameter's name
     * @return its values in order, empty if there is none
     */
    public List<String> parameters(String name) {
        return query.getOrDefault(name, List.of());
    }

    /** The path alone: a query may hold a token. */
    @Override
    public String toString() {
        return rawPath;
    }

    private static String originForm(String text) {
        if (text.startsWith("/") || text.equals("*")) {
            return text;
        }
        int authority = text.indexOf("://");
        if (authority <= 0) {
            throw Problem.badRequest("request target: neither a path nor a URL (expected: one that begins with /)")
                    .asException();
        }
        int end = firstOf(text, authority + 3);
        String rest = text.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /** Where the authority ends: at the first slash or question mark. */
    private static int firstOf(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '/' || text.charAt(i) == '?') {
                return i;
            }
        }
        return text.length();
    }

    private static List<String> segmentsOf(String path) {
        if (path.equals("*")) {
            return List.of();
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            segments.add(PercentDecoder.decode("path", segment, false));
        }
        return segments;
    }

    private static Map<String, List<String>> queryOf(String text) {
        return FormParameters.parse("query", text);
    }
}
