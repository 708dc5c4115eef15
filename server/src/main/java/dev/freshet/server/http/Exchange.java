package dev.freshet.server.http;

import dev.freshet.server.http.stream.ByteStream;
import dev.freshet.server.http.stream.StreamListener;

/**
 * One request and its answer: either one response or one stream. Answers of one connection go out in the order of its
 * requests, whenever they are given.
 */
public interface Exchange {
    /**
     * The request.
     *
     * @return the request with its body
     */
    Request request();

    /**
     * A parameter of the route's pattern, decoded.
     *
     * @param name the name as the pattern has it
     * @return its value
     * @throws IllegalArgumentException if the pattern has no such parameter
     */
    String pathParameter(String name);

    /**
     * The loop that owns the connection.
     *
     * @return the loop
     */
    Loop loop();

    /**
     * Answers with a response. May be called on any thread; nothing happens if the client is gone. The answer to
     * {@code HEAD} is sent without its body.
     *
     * @param response the answer
     * @throws IllegalStateException if there was an answer already
     */
    void respond(Response response);

    /**
     * Answers with a stream that stays open. Must be called on the loop, and not for {@code HEAD}. Head and opening are sent
     * in one write.
     *
     * @param head status and headers; its body is ignored
     * @param opening the first bytes, without chunk framing: the transport frames them where needed
     * @param listener told what happens to the stream, on the loop, never from within this call
     * @return the open stream, or a closed one if the client is already gone (the listener is told of that too)
     * @throws IllegalStateException if there was an answer already, or the method is {@code HEAD}
     */
    ByteStream stream(Response head, byte[] opening, StreamListener listener);
}
