package dev.freshet.server.transport.loop;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The few direct bytes that the streams of one loop share. Confined to the loop. */
public final class RawMemory {
    private static final int SCRATCH_BYTES = 16 * 1024;
    private static final String LAST_CHUNK = "0\r\n\r\n";

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final ByteBuffer lastChunk = ByteBuffer.allocateDirect(LAST_CHUNK.length())
            .put(LAST_CHUNK.getBytes(StandardCharsets.US_ASCII))
            .flip();

    RawMemory() {}

    /**
     * Room for bytes that are read to be dropped, or copied to be sent; all of it, at any time.
     *
     * @return the room, cleared, until the next call
     */
    public ByteBuffer scratch() {
        return scratch.clear();
    }

    /**
     * What ends a chunked body (RFC 9112 7.1), position and limit around it.
     *
     * @return the last chunk, to be left as it is
     */
    public ByteBuffer lastChunk() {
        return lastChunk;
    }
}
