package dev.freshet.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-decoding to UTF-8 that refuses what it cannot read (RFC 3986 2.1). Characters beyond ASCII may stand for bytes as
 * received (ISO 8859-1) or for themselves; either way the result is well-formed.
 */
final class PercentDecoder {
    private PercentDecoder() {}

    static String decode(String where, String text, boolean plusIsSpace) {
        if (isPlain(text, plusIsSpace)) {
            return text;
        }
        byte[] source = bytesOf(text);
        byte[] decoded = new byte[source.length];
        int length = 0;
        for (int i = 0; i < source.length; i++) {
            byte b = source[i];
            if (b == '%') {
                decoded[length++] = escape(where, source, i);
                i += 2;
            } else {
                decoded[length++] = plusIsSpace && b == '+' ? (byte) ' ' : b;
            }
        }
        return utf8(where, ByteBuffer.wrap(decoded, 0, length));
    }

    private static boolean isPlain(String text, boolean plusIsSpace) {
        return text.chars().allMatch(c -> c < 0x80 && c != '%' && !(plusIsSpace && c == '+'));
    }

    private static byte[] bytesOf(String text) {
        boolean bytes = text.chars().allMatch(c -> c <= 0xff);
        return text.getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static byte escape(String where, byte[] source, int at) {
        int high = at + 2 < source.length ? Character.digit(source[at + 1], 16) : -1;
        int low = at + 2 < source.length ? Character.digit(source[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw Problem.badRequest(where + ": bad escape at byte " + at + " (expected: % and two hexadecimal digits)")
                    .asException();
        }
        return (byte) (high << 4 | low);
    }

    private static String utf8(String where, ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw Problem.badRequest(where + ": bytes that are not text (expected: UTF-8, percent-encoded)")
                    .asException();
        }
    }
}
