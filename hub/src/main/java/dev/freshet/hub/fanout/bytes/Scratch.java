package dev.freshet.hub.fanout.bytes;

import java.nio.ByteBuffer;

/** Direct memory for copies, which grows as needed, and shrinks after it was large once. Confined to its lane. */
public final class Scratch {
    private static final int LARGEST_KEPT_BYTES = 1 << 20;
    private static final int SMALLEST_BYTES = 4 << 10;

    private ByteBuffer memory = ByteBuffer.allocateDirect(0);

    /** Creates scratch memory that holds nothing yet. */
    public Scratch() {}

    /**
     * Returns room, valid until the next call.
     *
     * @param sizeBytes how much is needed
     * @return an empty buffer with at least so many bytes
     */
    public ByteBuffer room(int sizeBytes) {
        if (memory.capacity() < sizeBytes || memory.capacity() > LARGEST_KEPT_BYTES) {
            memory = ByteBuffer.allocateDirect(sizeBytes > LARGEST_KEPT_BYTES ? sizeBytes : withRoom(sizeBytes));
        }
        return memory.clear();
    }

    private static int withRoom(int sizeBytes) {
        return Math.max(SMALLEST_BYTES, Integer.highestOneBit(sizeBytes) * 2);
    }

    /**
     * Returns a copy, valid until the next call.
     *
     * @param bytes what to copy
     * @return the bytes, in direct memory
     */
    public ByteBuffer copy(byte[] bytes) {
        return room(bytes.length).put(bytes).flip();
    }
}
