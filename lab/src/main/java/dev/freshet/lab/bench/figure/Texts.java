package dev.freshet.lab.bench.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How numbers are written. Stateless. */
public final class Texts {
    private Texts() {}

    /**
     * Writes a number for people.
     *
     * @param value the number
     * @return three digits that count, thousands apart; {@code none} for what is no number
     */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size == Math.rint(size) && size < 1000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (!Double.isFinite(value)) {
            return "none";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        return String.format(Locale.ROOT, "%,." + Math.max(rounded.scale(), 0) + "f", rounded);
    }
}
