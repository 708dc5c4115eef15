package dev.freshet.server.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as text. Pure. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}) *(?:([kmg])(?:ib)?|b)?");
    private static final String UNITS = "kmg";

    private Sizes() {}

    static long parse(String text) {
        Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        int power = matcher.group(2) == null ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
    }

    static String text(long bytes) {
        long number = bytes;
        int power = 0;
        while (power < UNITS.length() && number >= 1024 && number % 1024 == 0) {
            number /= 1024;
            power++;
        }
        return power == 0 ? number + " bytes" : number + " " + Character.toUpperCase(UNITS.charAt(power - 1)) + "iB";
    }
}
