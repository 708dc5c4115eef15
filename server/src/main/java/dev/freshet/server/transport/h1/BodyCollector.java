package dev.freshet.server.transport.h1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** A body as it comes in, up to its limit. It grows with what has arrived, not with what was announced. Confined to the loop. */
final class BodyCollector {
    private static final byte[] EMPTY = {};
    private static final int FIRST_BYTES = 1024;

    private final long maxBytes;
    private byte[] bytes = EMPTY;
    private int size;

    BodyCollector(long maxBytes) {
        this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 16);
    }

    long maxBytes() {
        return maxBytes;
    }

    /** Takes all readable bytes; false if they go beyond the limit. */
    boolean add(ByteBuf content) {
        int count = content.readableBytes();
        if ((long) size + count > maxBytes) {
            return false;
        }
        if (size + count > bytes.length) {
            long doubled = Math.max(FIRST_BYTES, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(doubled, size + count)));
        }
        content.readBytes(bytes, size, count);
        size += count;
        return true;
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
