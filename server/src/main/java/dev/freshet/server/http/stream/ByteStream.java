package dev.freshet.server.http.stream;

import java.nio.ByteBuffer;

/**
 * The open end of a streamed answer. It keeps no bytes: what the kernel does not take at once stays with the caller.
 * Confined to its loop.
 */
public interface ByteStream {
    /** How the bytes of a stream are delimited on the wire; it follows from the request's version of HTTP. */
    enum Framing {
        /** HTTP/1.1: the caller offers bytes that already carry chunk frames (RFC 9112 7.1). */
        CHUNKED,
        /** HTTP/1.0: the bytes as they are; the end of the connection ends the stream. */
        PLAIN
    }

    /**
     * Sends as many of the remaining bytes as the kernel has room for, at once. If these are fewer than offered,
     * {@link StreamListener#onWritable} is called once, later, as soon as there is room again; until then this method takes
     * nothing.
     *
     * @param bytes what to send, best a direct buffer; only read during the call, its position and limit stay as they are
     * @return how many bytes were taken, 0 if none, -1 if the stream is closed
     */
    int write(ByteBuffer bytes);

    /**
     * Ends the stream in good order: the last chunk where there are chunks, then the connection is closed. The caller must
     * not be within a chunk. Nothing happens if the stream is closed.
     */
    void end();

    /** Closes the connection at once. Nothing happens if the stream is closed. */
    void abort();
}
