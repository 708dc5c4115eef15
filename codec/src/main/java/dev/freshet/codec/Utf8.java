package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The UTF-8 decoder of WHATWG Encoding 8.1.1: each maximal part of a broken sequence becomes one U+FFFD. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** Decodes {@code [from, to)}; a byte order mark is text like any other. */
    static String decode(byte[] bytes, int from, int to) {
        String decoded = new String(bytes, from, to - from, UTF_8);
        // The JDK agrees with the standard on valid bytes, but gives a coded surrogate one replacement instead of
        // three.
        return decoded.indexOf(REPLACEMENT) < 0 ? decoded : decodeBroken(bytes, from, to);
    }

    private static String decodeBroken(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int validFrom = from;
        int at = from;
        while (at < to) {
            int end = sequenceEnd(bytes, at, to);
            if (end - at != sequenceLength(bytes[at])) {
                appendValid(text, bytes, validFrom, at);
                text.append(REPLACEMENT);
                validFrom = end;
            }
            at = end;
        }
        appendValid(text, bytes, validFrom, to);
        return text.toString();
    }

    private static void appendValid(StringBuilder text, byte[] bytes, int from, int to) {
        if (from < to) {
            text.append(new String(bytes, from, to - from, UTF_8));
        }
    }

    /** Where the sequence that starts at {@code at} ends, or would have to go on but does not. */
    private static int sequenceEnd(byte[] bytes, int at, int to) {
        int end = at + 1;
        int limit = Math.min(at + sequenceLength(bytes[at]), to);
        while (end < limit && continues(bytes, at, end)) {
            end++;
        }
        return end;
    }

    /** The bytes of a sequence with this first byte, or 0 if none starts so. */
    private static int sequenceLength(byte first) {
        int lead = first & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    private static boolean continues(byte[] bytes, int start, int at) {
        int value = bytes[at] & 0xFF;
        return at == start + 1
                ? value >= lowestSecond(bytes[start]) && value <= highestSecond(bytes[start])
                : value >= 0x80 && value <= 0xBF;
    }

    private static int lowestSecond(byte first) {
        return switch (first & 0xFF) {
            case 0xE0 -> 0xA0;
            case 0xF0 -> 0x90;
            default -> 0x80;
        };
    }

    private static int highestSecond(byte first) {
        return switch (first & 0xFF) {
            case 0xED -> 0x9F;
            case 0xF4 -> 0x8F;
            default -> 0xBF;
        };
    }
}
