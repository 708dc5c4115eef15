package dev.freshet.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Writes events, comments and single fields as the bytes of an event stream (WHATWG HTML 9.2.5), all line ends LF. What
 * it returns may be put one after the other in any order. Thread-safe; the arrays belong to the caller.
 */
public final class EventStreamEncoder {

    private static final byte[] DATA = "data: ".getBytes(US_ASCII);
    private static final byte[] COMMENT = ":".getBytes(US_ASCII);

    private EventStreamEncoder() {}

    /**
     * The event with the blank line that ends it: id, event (unless it is the default type), retry, and a data line for
     * each line of the data.
     *
     * @param event the event
     * @return its bytes
     */
    public static byte[] encode(ServerSentEvent event) {
        return encode(event, List.of());
    }

    /**
     * The event as by {@link #encode(ServerSentEvent)}, with a field "topic" for each topic before its data. The
     * standard has no such field, so every reader that follows it skips these lines.
     *
     * @param event the event
     * @param topics names of what the event is about; may be empty
     * @return its bytes
     * @throws IllegalArgumentException if a topic holds CR, LF, NUL or a lone surrogate
     */
    public static byte[] encode(ServerSentEvent event, List<String> topics) {
        byte[] head = head(event, topics).getBytes(UTF_8);
        byte[] data = event.data().getBytes(UTF_8);
        // Fits exactly when the data is one line, and then nothing is copied again.
        GrowingBytes out = new GrowingBytes(head.length + DATA.length + data.length + 2);
        out.append(head);
        appendLines(out, DATA, data);
        return out.append(LineEnds.LF).toArray();
    }

    /**
     * A comment, which no reader takes for an event; the empty one is the shortest heartbeat. No blank line follows it.
     *
     * @param text the comment; each of its lines becomes a comment line
     * @return its bytes
     * @throws IllegalArgumentException if text holds a lone surrogate
     */
    public static byte[] comment(String text) {
        byte[] utf8 = FieldRules.requireText("comment", text).getBytes(UTF_8);
        GrowingBytes out = new GrowingBytes(COMMENT.length + utf8.length + 1);
        appendLines(out, COMMENT, utf8);
        return out.toArray();
    }

    /**
     * A block that sets the reader's last event id without being an event, so that a reader which is cut before its first
     * event resumes from there.
     *
     * @param id the id; the empty string resets it
     * @return its bytes
     * @throws IllegalArgumentException if id holds CR, LF, NUL or a lone surrogate
     */
    public static byte[] lastEventId(String id) {
        return ("id: " + FieldRules.requireLine("id", id) + "\n\n").getBytes(UTF_8);
    }

    /**
     * A block that sets the time a reader waits before it connects again, without being an event.
     *
     * @param retryMs the time in milliseconds
     * @return its bytes
     * @throws IllegalArgumentException if retryMs is negative
     */
    public static byte[] retry(long retryMs) {
        return ("retry: " + FieldRules.requireRetry(retryMs) + "\n\n").getBytes(US_ASCII);
    }

    private static String head(ServerSentEvent event, List<String> topics) {
        StringBuilder head = new StringBuilder();
        event.id().ifPresent(id -> head.append("id: ").append(id).append('\n'));
        if (!event.type().equals(ServerSentEvent.DEFAULT_TYPE)) {
            head.append("event: ").append(event.type()).append('\n');
        }
        event.retryMs()
                .ifPresent(retryMs -> head.append("retry: ").append(retryMs).append('\n'));
        for (String topic : topics) {
            head.append("topic: ")
                    .append(FieldRules.requireLine("topic", topic))
                    .append('\n');
        }
        return head.toString();
    }

    /** One line for each line of the text; a text that ends with a line end has an empty last line. */
    private static void appendLines(GrowingBytes out, byte[] prefix, byte[] text) {
        int from = 0;
        int end = LineEnds.find(text, from, text.length);
        while (end < text.length) {
            out.append(prefix).append(text, from, end).append(LineEnds.LF);
            from = LineEnds.after(text, end, text.length);
            end = LineEnds.find(text, from, text.length);
        }
        out.append(prefix).append(text, from, end).append(LineEnds.LF);
    }
}
