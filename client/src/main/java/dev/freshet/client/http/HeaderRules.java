package dev.freshet.client.http;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the headers of a request may hold (RFC 9110 5). Messages never show a value. */
final class HeaderRules {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /** The connection itself sets these. */
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade");

    private HeaderRules() {}

    /** A copy whose names differ in more than case. */
    static Map<String, String> checked(@Nullable Map<String, String> headers) {
        Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Objects.requireNonNull(headers, "headers").forEach((name, value) -> {
            requireName(Objects.requireNonNull(name, "name of a header"));
            requireValue(name, value);
            if (checked.put(name, value) != null) {
                throw new IllegalArgumentException("header: " + name + " stands twice (expected: once)");
            }
        });
        return checked;
    }

    private static void requireName(String name) {
        if (name.isEmpty() || !name.chars().allMatch(HeaderRules::isTokenMark)) {
            throw new IllegalArgumentException(
                    "header: " + name.length() + " characters (expected: a token as its name)");
        }
        if (OURS.stream().anyMatch(name::equalsIgnoreCase)) {
            throw new IllegalArgumentException("header: " + name + " (expected: none that the connection itself sets)");
        }
    }

    private static boolean isTokenMark(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || TOKEN_MARKS.indexOf(c) >= 0;
    }

    private static void requireValue(String name, String value) {
        if (Objects.requireNonNull(value, name).chars().anyMatch(c -> c == '\r' || c == '\n' || c == '\0')) {
            throw new IllegalArgumentException("header: value of " + name + " (expected: no CR, LF or NUL)");
        }
    }
}
