package dev.freshet.client.transport;

import dev.freshet.client.http.ResponseHead;
import java.nio.ByteBuffer;

/**
 * Takes the response to one request. Called on the connection's loop, never after the connection was closed by its owner:
 * {@code onHead}, {@code onBytes} and {@code onPause} any number of times, then {@code onEnd}; or, at any point,
 * {@code onBroken} as the last call.
 */
public interface ResponseListener {

    /**
     * Status and headers are there. No body is read until {@link HttpConnection#read} asks for it.
     *
     * @param head status and headers
     */
    void onHead(ResponseHead head);

    /**
     * A part of the body.
     *
     * @param bytes its bytes; they are gone when this returns
     */
    void onBytes(ByteBuffer bytes);

    /** All that was read is handed on; {@link HttpConnection#read} asks for more. */
    void onPause();

    /** The response is complete; the connection may take another request if it {@link HttpConnection#isIdle is idle}. */
    void onEnd();

    /**
     * There was no connection, or it is gone before the response was complete, or what came is not HTTP. The connection is
     * closed.
     *
     * @param cause why
     */
    void onBroken(Throwable cause);
}
