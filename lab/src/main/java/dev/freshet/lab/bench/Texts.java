package dev.freshet.lab.bench;

import java.util.Locale;

/** How numbers are written. */
final class Texts {
    private Texts() {}

    /** Three digits that count, thousands apart. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(size)) - 2));
            return String.format(Locale.ROOT, "%,.0f", Math.rint(value / unit) * unit);
        }
        if (size == Math.rint(size)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
