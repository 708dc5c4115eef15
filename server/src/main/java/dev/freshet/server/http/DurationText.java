package dev.freshet.server.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 15s}, {@code 10m}, {@code 2h}, {@code 3d}, or ISO 8601. Pure. */
public final class DurationText {
    private static final Pattern SIMPLE = Pattern.compile("([0-9]{1,12}) *(ms|s|m|h|d)");
    private static final Map<String, Long> UNIT_MS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private DurationText() {}

    /**
     * Tells durations from other texts, such as times and numbers. One that looks like a duration may still be none.
     *
     * @param text any text
     * @return true if it has the form of a duration
     */
    public static boolean looksLikeOne(String text) {
        return text.startsWith("P") || SIMPLE.matcher(text).matches();
    }

    /**
     * Reads a duration.
     *
     * @param text a whole number and a unit, or a duration of ISO 8601
     * @return the duration; one of ISO 8601 may be negative
     * @throws IllegalArgumentException if it is neither, or too long to count
     */
    public static Duration parse(String text) {
        Matcher simple = SIMPLE.matcher(text);
        try {
            return simple.matches() ? simple(simple.group(1), simple.group(2)) : Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Duration simple(String count, String unit) {
        return Duration.ofMillis(Math.multiplyExact(Long.parseLong(count), UNIT_MS.getOrDefault(unit, 1L)));
    }
}
