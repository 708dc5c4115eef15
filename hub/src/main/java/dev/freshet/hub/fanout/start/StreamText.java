package dev.freshet.hub.fanout.start;

import dev.freshet.codec.EventStreamEncoder;
import dev.freshet.codec.ServerSentEvent;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.observe.GapReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the hub itself says on a stream. Pure. */
public final class StreamText {
    private static final byte[] HEARTBEAT = utf8(":\n\n");

    private StreamText() {}

    /**
     * The first bytes of a stream: a comment that makes proxies let go of the head, how long to wait before a reconnect, and
     * the id of the place where the stream begins. With that id a client that is cut before its first event misses nothing.
     */
    static byte[] opening(long retryMs, String id) {
        return utf8(head(retryMs) + "id: " + id + "\n\n");
    }

    /**
     * The first bytes of a stream that goes on with a gap. The gap has the id: a client that had it before, and was cut before
     * the gap, would come back from behind what is missing and never be told.
     */
    static byte[] opening(long retryMs) {
        return utf8(head(retryMs) + "\n");
    }

    private static String head(long retryMs) {
        return ":\nretry: " + retryMs + "\n";
    }

    static byte[] connected(String subscriberId) {
        return EventStreamEncoder.encode(ServerSentEvent.of("connected", "{\"subscriber\":\"" + subscriberId + "\"}"));
    }

    /** Carries the id of the place just before the earliest event, from where a reconnect goes on. */
    static byte[] gap(GapReason reason, String requested, Optional<String> earliest, String resumeFrom) {
        String data = "{\"reason\":" + json(reason.word()) + ",\"requested\":" + json(requested) + ",\"earliest\":"
                + earliest.map(StreamText::json).orElse("null") + "}";
        return EventStreamEncoder.encode(ServerSentEvent.of("gap", data).withId(resumeFrom));
    }

    /**
     * Returns what changes how long a client waits before it connects again.
     *
     * @param retryMs milliseconds
     * @return the block
     */
    public static byte[] retry(long retryMs) {
        return EventStreamEncoder.retry(retryMs);
    }

    /**
     * Returns what keeps a stream awake.
     *
     * @return a comment
     */
    public static byte[] heartbeat() {
        return HEARTBEAT.clone();
    }

    /**
     * Wraps bytes as an event is wrapped on a connection.
     *
     * @param text the bytes
     * @param framing how
     * @return the bytes with their frame
     */
    public static byte[] framed(byte[] text, Framing framing) {
        if (framing == Framing.PLAIN) {
            return text;
        }
        byte[] head = utf8(Integer.toHexString(text.length) + "\r\n");
        byte[] all = new byte[head.length + text.length + 2];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(text, 0, all, head.length, text.length);
        all[all.length - 2] = '\r';
        all[all.length - 1] = '\n';
        return all;
    }

    private static String json(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
