package dev.freshet.hub.log;

import java.nio.ByteBuffer;

/**
 * Where a sink stopped that took less than it was offered. Immutable.
 *
 * <p>What is left of a small event is kept, so that its reader can end it whatever the log does meanwhile. Of a large one only
 * the place is kept: a thousand slow readers must not hold a thousand copies.
 */
public final class Cut {
    /** The largest rest that is kept as a copy. */
    public static final int MAX_COPY_BYTES = 4096;

    private static final byte[] NOTHING = {};

    private final long next;
    private final int sentBytes;
    private final byte[] rest;

    private Cut(long next, int sentBytes, byte[] rest) {
        this.next = next;
        this.sentBytes = sentBytes;
        this.rest = rest;
    }

    /**
     * Returns the place where a sink stopped.
     *
     * @param offset the event that was not taken, or not as a whole
     * @param sentBytes how many of its bytes were taken, frame included
     * @param left the other bytes of it, from position to limit; copied if they are needed
     * @return the place
     */
    public static Cut in(long offset, int sentBytes, ByteBuffer left) {
        if (sentBytes == 0 || left.remaining() > MAX_COPY_BYTES) {
            return new Cut(offset, sentBytes, NOTHING);
        }
        byte[] rest = new byte[left.remaining()];
        left.get(rest);
        return new Cut(offset + 1, 0, rest);
    }

    /**
     * Returns where the reader goes on when the rest is sent.
     *
     * @return the offset of an event
     */
    public long next() {
        return next;
    }

    /**
     * Returns how much of that event was sent.
     *
     * @return a number of bytes, frame included; 0 for nothing
     */
    public int sentBytes() {
        return sentBytes;
    }

    /**
     * Returns what is to be sent before anything else: the end of the event before {@link #next}.
     *
     * @return the bytes, the caller's from now on; often none
     */
    public byte[] rest() {
        return rest;
    }
}
