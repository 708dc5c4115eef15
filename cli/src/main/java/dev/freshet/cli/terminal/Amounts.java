package dev.freshet.cli.terminal;

import java.util.Locale;

/** Numbers as people read them. Pure. */
public final class Amounts {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private Amounts() {}

    /**
     * Writes a count.
     *
     * @param number how many
     * @param one what there is one of, such as {@code event}
     * @return for example {@code 1 event} or {@code 12,000 events}
     */
    public static String count(long number, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
    }

    /**
     * Writes a size.
     *
     * @param sizeBytes bytes
     * @return for example {@code 900 bytes} or {@code 12.3 MiB}
     */
    public static String size(long sizeBytes) {
        if (sizeBytes < 1024) {
            return count(sizeBytes, "byte");
        }
        double value = sizeBytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%,.1f %s", value, UNITS[unit]);
    }
}
