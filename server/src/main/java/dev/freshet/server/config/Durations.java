package dev.freshet.server.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as text. Pure. */
final class Durations {
    private static final Pattern SIMPLE = Pattern.compile("([0-9]{1,12}) *(ms|s|m|h|d)");
    private static final Map<String, Long> UNIT_MS =
            Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

    private Durations() {}

    static Duration parse(String text) {
        Matcher matcher = SIMPLE.matcher(text.strip());
        if (matcher.matches()) {
            return Duration.ofMillis(
                    Math.multiplyExact(Long.parseLong(matcher.group(1)), UNIT_MS.getOrDefault(matcher.group(2), 1L)));
        }
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static Duration requireBetween(Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(value.toString());
        }
        return value;
    }

    static String text(Duration duration) {
        long ms = duration.toMillis();
        if (ms % 1000 != 0) {
            return ms + "ms";
        }
        long seconds = ms / 1000;
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
