package dev.freshet.server.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The few direct bytes that raw sockets of one loop share. Confined to the loop. */
final class RawMemory {
    private static final int SCRATCH_BYTES = 16 * 1024;

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final ByteBuffer lastChunk = ByteBuffer.allocateDirect(LastChunk.BYTES.length())
            .put(LastChunk.bytes())
            .flip();

    /** Room for bytes that are read to be dropped, or copied to be sent; all of it, at any time. */
    ByteBuffer scratch() {
        return scratch.clear();
    }

    /** The last chunk, position and limit around it. */
    ByteBuffer lastChunk() {
        return lastChunk;
    }

    /** What ends a chunked body (RFC 9112 7.1). */
    static final class LastChunk {
        static final String BYTES = "0\r\n\r\n";

        private LastChunk() {}

        static byte[] bytes() {
            return BYTES.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
