package dev.freshet.server.transport.h1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Header values between Java and the wire. Netty reads and writes one char per byte; browsers send UTF-8, for example in
 * {@code Last-Event-ID} (WHATWG HTML 9.2.3).
 */
final class HeaderText {
    private HeaderText() {}

    /** The text of a received value: UTF-8 where its bytes are, else as it is (ISO 8859-1). */
    static String decode(String value) {
        if (isAscii(value)) {
            return value;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }

    /** What to give to Netty so that the value goes out in UTF-8. */
    static String encode(String value) {
        return isAscii(value) ? value : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String value) {
        return value.chars().allMatch(c -> c < 0x80);
    }
}
