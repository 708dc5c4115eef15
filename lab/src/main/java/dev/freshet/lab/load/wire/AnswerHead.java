package dev.freshet.lab.load.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 answer, as much of it as a load must know. Immutable.
 *
 * @param status the status code
 * @param length bytes of the head with the empty line
 * @param bodyLength bytes of the body; -1 if it comes in chunks
 */
public record AnswerHead(int status, int length, int bodyLength) {
    private static final int STATUS_AT = 9;
    private static final String LENGTH_FIELD = "\r\ncontent-length:";

    /**
     * Reads a head.
     *
     * @param bytes what came
     * @return empty as long as it has not come whole
     */
    public static Optional<AnswerHead> read(ByteBuffer bytes) {
        int end = endOf(bytes);
        if (end < 0) {
            return Optional.empty();
        }
        byte[] text = new byte[end];
        bytes.get(0, text);
        String head = new String(text, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return Optional.of(new AnswerHead(Integer.parseInt(head, STATUS_AT, STATUS_AT + 3, 10), end, bodyLength(head)));
    }

    private static int endOf(ByteBuffer bytes) {
        for (int i = 3; i < bytes.limit(); i++) {
            if (bytes.get(i) == '\n' && bytes.get(i - 2) == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int bodyLength(String head) {
        int at = head.indexOf(LENGTH_FIELD);
        if (at < 0) {
            return head.contains("\r\ntransfer-encoding:") ? -1 : 0;
        }
        int from = at + LENGTH_FIELD.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }
}
