package dev.freshet.codec;

import java.util.Locale;

/** What the values of fields may hold. Messages name the place, never the whole value: it may be a payload. */
final class FieldRules {

    private static final String LINE_RULE = "no CR, LF or NUL";
    private static final String TEXT_RULE = "no lone surrogate";

    private FieldRules() {}

    static String requireLine(String name, String value) {
        forbid(name, value, '\n');
        forbid(name, value, '\r');
        forbid(name, value, '\0');
        return requireText(name, value);
    }

    static String requireText(String name, String value) {
        int at = loneSurrogate(value);
        if (at >= 0) {
            throw refused(name, value.charAt(at), at, TEXT_RULE);
        }
        return value;
    }

    static long requireRetry(long retryMs) {
        if (retryMs < 0) {
            throw new IllegalArgumentException("retryMs: " + retryMs + " (expected: >= 0)");
        }
        return retryMs;
    }

    private static void forbid(String name, String value, char forbidden) {
        int at = value.indexOf(forbidden);
        if (at >= 0) {
            throw refused(name, forbidden, at, LINE_RULE);
        }
    }

    private static int loneSurrogate(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (Character.isSurrogate(value.charAt(at))) {
                if (!startsPair(value, at)) {
                    return at;
                }
                at++;
            }
        }
        return -1;
    }

    private static boolean startsPair(String value, int at) {
        return at + 1 < value.length() && Character.isSurrogatePair(value.charAt(at), value.charAt(at + 1));
    }

    private static IllegalArgumentException refused(String name, char found, int at, String rule) {
        return new IllegalArgumentException(
                String.format(Locale.ROOT, "%s: U+%04X at index %d (expected: %s)", name, (int) found, at, rule));
    }
}
