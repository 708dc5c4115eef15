package dev.freshet.server.config;

import dev.freshet.server.http.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the text of a setting is read. Immutable.
 *
 * @param expected completes the sentence "expected: ..."
 * @param mayBeEmpty true if somebody may say in so many words that there is nothing, as with a list; else only a default may
 *     be empty, since an empty text is often a variable of a shell that was not set
 * @param parser reads the text; throws {@link IllegalArgumentException} if it cannot
 * @param <T> what the text is read as
 */
public record SettingType<T>(String expected, boolean mayBeEmpty, Function<String, T> parser) {
    /** {@code true} or {@code false}. */
    public static final SettingType<Boolean> BOOLEAN = new SettingType<>("true or false", SettingType::truth);

    /** Any text. */
    public static final SettingType<String> TEXT = new SettingType<>("text", String::strip);

    /** A directory, by default none. */
    public static final SettingType<Optional<Path>> DIRECTORY = new SettingType<>("a directory", SettingType::path);

    /** A file, by default none. */
    public static final SettingType<Optional<Path>> FILE = new SettingType<>("a file", SettingType::path);

    /** Texts with commas between them; empty for none. */
    public static final SettingType<List<String>> LIST =
            new SettingType<>("a list, or texts with commas between them", true, SettingType::list);

    /**
     * A type of which nobody may give an empty text.
     *
     * @param expected completes the sentence "expected: ..."
     * @param parser reads the text; throws {@link IllegalArgumentException} if it cannot
     */
    public SettingType(String expected, Function<String, T> parser) {
        this(expected, false, parser);
    }

    /**
     * Whole numbers.
     *
     * @param min the least one
     * @param max the greatest one
     * @return the type
     */
    public static SettingType<Integer> integer(int min, int max) {
        return new SettingType<>(
                "a number from " + min + " to " + max, text -> (int) inRange(Long.parseLong(text.strip()), min, max));
    }

    /**
     * Sizes in bytes, such as {@code 1048576}, {@code 16 KiB}, {@code 64MiB} or {@code 1g}.
     *
     * @param min the least one, in bytes
     * @param max the greatest one, in bytes
     * @return the type
     */
    public static SettingType<Long> size(long min, long max) {
        String expected = "a size such as 16 KiB or 64 MiB, from " + Sizes.text(min) + " to " + Sizes.text(max);
        return new SettingType<>(expected, text -> inRange(Sizes.parse(text), min, max));
    }

    /**
     * Durations, such as {@code 500ms}, {@code 15s}, {@code 10m}, {@code 1h} or {@code PT15S}.
     *
     * @param min the shortest one
     * @param max the longest one
     * @return the type
     */
    public static SettingType<Duration> duration(Duration min, Duration max) {
        String expected =
                "a duration such as 500ms, 15s or 10m, from " + Durations.text(min) + " to " + Durations.text(max);
        return new SettingType<>(
                expected, text -> Durations.requireBetween(DurationText.parse(text.strip()), min, max));
    }

    /**
     * Reads a text.
     *
     * @param text the text
     * @return the value
     * @throws IllegalArgumentException if the text is not as expected
     */
    public T parse(String text) {
        return parser.apply(text);
    }

    private static boolean truth(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Optional<Path> path(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static long inRange(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(String.valueOf(value));
        }
        return value;
    }
}
