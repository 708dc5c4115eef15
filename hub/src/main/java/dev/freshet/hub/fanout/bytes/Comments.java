package dev.freshet.hub.fanout.bytes;

import dev.freshet.hub.fanout.start.StreamText;
import dev.freshet.hub.log.Framing;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/** The comments that heartbeats send. Confined to its lane. */
public final class Comments {
    private final Map<Framing, ByteBuffer> comments = new EnumMap<>(Framing.class);

    /** Makes a comment for each framing. */
    public Comments() {
        for (Framing framing : Framing.values()) {
            byte[] text = StreamText.framed(StreamText.heartbeat(), framing);
            comments.put(
                    framing, ByteBuffer.allocateDirect(text.length).put(text).flip());
        }
    }

    /**
     * Returns the comment.
     *
     * @param framing how it is wrapped
     * @return the whole of a buffer
     */
    public ByteBuffer bytes(Framing framing) {
        ByteBuffer comment = comments.get(framing);
        if (comment == null) {
            throw new IllegalArgumentException("framing: " + framing + " (expected: one that there is)");
        }
        return comment.clear();
    }

    /**
     * Returns what is left of a comment that a sink cut.
     *
     * @param framing how it is wrapped
     * @param taken how many bytes were taken
     * @return the bytes behind those
     */
    public byte[] restAfter(Framing framing, int taken) {
        ByteBuffer whole = bytes(framing);
        byte[] rest = new byte[whole.remaining() - taken];
        whole.get(taken, rest);
        return rest;
    }
}
