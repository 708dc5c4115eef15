package dev.freshet.lab.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What each event's data begins with, so that a delivery says when it was published, and which it is:
 *
 * <pre>
 *   ~@ 16 hex digits: nanoseconds, 8 hex digits: number in its topic ; 8 hex digits: topic ;
 * </pre>
 *
 * The rest of the data holds no tilde, so a stamp is found by its first byte.
 */
final class Stamp {
    static final int LENGTH = 36;
    static final byte FIRST = '~';

    private static final int NANOS = 2;
    private static final int NUMBER = NANOS + 16;
    private static final int TOPIC = NUMBER + 8 + 1;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Stamp() {}

    static void write(ByteArrayOutputStream out, long sentNanos, int number, int topic) {
        out.write(FIRST);
        out.write('@');
        writeHex(out, sentNanos, 16);
        writeHex(out, number, 8);
        out.write(';');
        writeHex(out, topic, 8);
        out.write(';');
    }

    /** Whether a whole stamp begins here; there must be as many bytes. */
    static boolean isAt(ByteBuffer bytes, int at) {
        return bytes.get(at + 1) == '@' && bytes.get(at + TOPIC - 1) == ';' && bytes.get(at + LENGTH - 1) == ';';
    }

    static long sentNanos(ByteBuffer bytes, int at) {
        return hex(bytes, at + NANOS, 16);
    }

    static int number(ByteBuffer bytes, int at) {
        return (int) hex(bytes, at + NUMBER, 8);
    }

    static int topic(ByteBuffer bytes, int at) {
        return (int) hex(bytes, at + TOPIC, 8);
    }

    private static void writeHex(ByteArrayOutputStream out, long value, int digits) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.write(DIGITS[(int) (value >>> shift) & 15]);
        }
    }

    private static long hex(ByteBuffer bytes, int from, int digits) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = bytes.get(i);
            value = value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return value;
    }
}
