package dev.freshet.hub.topic;

import java.nio.charset.StandardCharsets;

/** The rules that topics and selectors share. */
final class Names {
    private Names() {}

    static void requireLength(String what, String text) {
        if (text.isEmpty()) {
            throw new InvalidTopicException(what + ": empty (expected: 1 to " + Topic.MAX_BYTES + " bytes)");
        }
        int sizeBytes = utf8Length(text);
        if (sizeBytes > Topic.MAX_BYTES) {
            throw new InvalidTopicException(
                    what + ": " + sizeBytes + " bytes long (expected: 1 to " + Topic.MAX_BYTES + " bytes)");
        }
    }

    static void requireText(String what, String text, int codePoint) {
        if (Character.isISOControl(codePoint)) {
            throw new InvalidTopicException(what + ": control character " + hex(codePoint) + " at "
                    + text.indexOf(codePoint) + " (expected: printable characters)");
        }
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new InvalidTopicException(what + ": lone surrogate " + hex(codePoint) + " (expected: valid Unicode)");
        }
    }

    private static int utf8Length(String text) {
        return text.length() > Topic.MAX_BYTES ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String hex(int codePoint) {
        return String.format("U+%04X", codePoint);
    }
}
