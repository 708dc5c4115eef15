package dev.freshet.hub.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A piece of off-heap memory that holds events one behind the other, each framed as a chunk. Written by the log's writer;
 * what was written before an event was published to the readers never changes until the segment is reused.
 */
final class Segment {
    private static final byte[] CHUNK_END = {'\r', '\n'};
    /** Hexadecimal digits of a length, CR, LF before the event and CR, LF behind it. */
    private static final int MAX_FRAME_BYTES = 8 + 2 + 2;

    private final ByteBuffer memory;
    private int used;
    private long lastOffset;

    Segment(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Where an event lies: a chunk's head, the event, a chunk's end. */
    record Place(Segment segment, int start, int headBytes, int dataBytes) {}

    static int framedBytes(byte[] event) {
        return event.length + MAX_FRAME_BYTES;
    }

    boolean hasRoomFor(byte[] event) {
        return memory.capacity() - used >= framedBytes(event);
    }

    Place put(long offset, byte[] event) {
        int start = used;
        byte[] head = (Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        append(head);
        append(event);
        append(CHUNK_END);
        lastOffset = offset;
        return new Place(this, start, head.length, event.length);
    }

    ByteBuffer bytes() {
        return memory;
    }

    int capacityBytes() {
        return memory.capacity();
    }

    long lastOffset() {
        return lastOffset;
    }

    /** Forgets events that were put but never published. Their bytes are not used again before the segment is. */
    void takeBack(long firstOffset) {
        lastOffset = Math.min(lastOffset, firstOffset - 1);
    }

    void reuse() {
        used = 0;
    }

    private void append(byte[] bytes) {
        memory.put(used, bytes);
        used += bytes.length;
    }
}
