package dev.freshet.server.publish;

import dev.freshet.hub.publication.InvalidPublicationException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text out of bytes that must be UTF-8. Pure. */
final class Utf8Text {
    private Utf8Text() {}

    static String decode(String what, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            requireValid(what, bytes);
        }
        return text;
    }

    private static void requireValid(String what, byte[] bytes) {
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CoderResult result = strict.decode(from, CharBuffer.allocate(bytes.length), true);
        if (result.isError()) {
            throw new InvalidPublicationException(what + ": not UTF-8 at byte " + from.position()
                    + " (expected: UTF-8 text; encode binary data as text)");
        }
    }
}
