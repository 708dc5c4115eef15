package dev.freshet.cli.terminal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 2026-11-20T10:00:00Z}, or how long ago. Pure. */
public final class TimeText {
    private static final Pattern AGO = Pattern.compile("(\\d+)([smhd])");

    private TimeText() {}

    /**
     * Writes a time as the hub reads it, in ISO 8601.
     *
     * @param text what somebody wrote
     * @return {@code PT10M} for {@code 10m}; else the text itself
     */
    public static String iso(String text) {
        Matcher ago = AGO.matcher(text);
        if (!ago.matches()) {
            return text;
        }
        String unit = ago.group(2).toUpperCase(Locale.ROOT);
        return (unit.equals("D") ? "P" : "PT") + ago.group(1) + unit;
    }

    /**
     * Reads a time.
     *
     * @param text what somebody wrote
     * @param now from when to count back
     * @return the time
     * @throws IllegalArgumentException if it is none
     */
    public static Instant read(String text, Instant now) {
        String iso = iso(text);
        try {
            return iso.startsWith("P") ? now.minus(Duration.parse(iso)) : Instant.parse(iso);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' (expected: a time such as 2026-11-20T10:00:00Z, or how long ago, such as 10m or 2h)",
                    e);
        }
    }
}
