package dev.freshet.client.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How one request is answered, step by step. Immutable: each method returns a longer answer.
 *
 * <pre>{@code
 * Answer.stream().send("data: a\n\n").cut()
 * Answer.status(503).header("Retry-After", "1")
 * Answer.redirect(307, "/elsewhere")
 * }</pre>
 */
public final class Answer {

    /** One thing that the server does. */
    @FunctionalInterface
    interface Step {
        void take(Wire wire) throws Exception;
    }

    private final String head;
    private final boolean isStream;
    private final List<Step> steps;

    private Answer(String head, boolean isStream, List<Step> steps) {
        this.head = head;
        this.isStream = isStream;
        this.steps = steps;
    }

    /**
     * 200, {@code text/event-stream}, chunked. What no step ends stays open.
     *
     * @return the answer
     */
    public static Answer stream() {
        return stream("text/event-stream");
    }

    /**
     * 200 with another type, chunked. What no step ends stays open.
     *
     * @param contentType the value of {@code Content-Type}
     * @return the answer
     */
    public static Answer stream(String contentType) {
        return new Answer(
                "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nTransfer-Encoding: chunked\r\n",
                true,
                List.of());
    }

    /**
     * A status without a body. The connection is kept.
     *
     * @param status 200 to 999
     * @return the answer
     */
    public static Answer status(int status) {
        return status(status, "");
    }

    /**
     * A status with a body. The connection is kept.
     *
     * @param status 200 to 999
     * @param body sent as UTF-8; left out with 204 and 205, which have none
     * @return the answer
     */
    public static Answer status(int status, String body) {
        boolean hasBody = status != 204 && status != 205;
        String length = hasBody ? "Content-Length: " + body.getBytes(UTF_8).length + "\r\n" : "";
        Answer answer = new Answer("HTTP/1.1 " + status + " Scripted\r\n" + length, false, List.of());
        return hasBody ? answer.then(wire -> wire.raw(body.getBytes(UTF_8))) : answer;
    }

    /**
     * A redirect.
     *
     * @param status such as 307
     * @param location the value of {@code Location}, as it is
     * @return the answer
     */
    public static Answer redirect(int status, String location) {
        return status(status).header("Location", location);
    }

    /**
     * Bytes instead of an answer, a head included if there shall be one.
     *
     * @param bytes sent as UTF-8
     * @return the answer
     */
    public static Answer raw(String bytes) {
        return new Answer("", false, List.of(wire -> wire.raw(bytes.getBytes(UTF_8))));
    }

    /**
     * Nothing at all, for as long as the client waits.
     *
     * @return the answer
     */
    public static Answer silence() {
        return raw("").hold();
    }

    /**
     * The connection is reset instead of an answer.
     *
     * @return the answer
     */
    public static Answer hangUp() {
        return raw("").cut();
    }

    /**
     * With one more header.
     *
     * @param name its name
     * @param value its value, sent as UTF-8
     * @return a longer answer
     */
    public Answer header(String name, String value) {
        return new Answer(head + name + ": " + value + "\r\n", isStream, steps);
    }

    /**
     * Then sends a piece, in a chunk and a write of its own.
     *
     * @param text sent as UTF-8
     * @return a longer answer
     */
    public Answer send(String text) {
        return send(text.getBytes(UTF_8));
    }

    /**
     * Then sends a piece, in a chunk and a write of its own.
     *
     * @param piece none is sent if it is empty, since an empty chunk ends a body
     * @return a longer answer
     */
    public Answer send(byte[] piece) {
        return then(wire -> wire.piece(piece));
    }

    /**
     * Then sends bytes as they are, outside of any chunk.
     *
     * @param bytes sent as UTF-8
     * @return a longer answer
     */
    public Answer sendRaw(String bytes) {
        return then(wire -> wire.raw(bytes.getBytes(UTF_8)));
    }

    /**
     * Then sends pieces, each in a chunk and a write of its own.
     *
     * @param pieces asked for one by one, as the client takes them
     * @return a longer answer
     */
    public Answer sendEach(Iterable<byte[]> pieces) {
        return then(wire -> {
            for (byte[] piece : pieces) {
                wire.piece(piece);
            }
        });
    }

    /**
     * Then waits until the test says so.
     *
     * @param gate open when its count is zero
     * @return a longer answer
     */
    public Answer await(CountDownLatch gate) {
        return then(wire -> wire.await(gate));
    }

    /**
     * Then waits for a time.
     *
     * @param time how long
     * @return a longer answer
     */
    public Answer pause(Duration time) {
        return then(wire -> wire.pause(time));
    }

    /**
     * Then sends the same piece until the client, or the test, closes the connection.
     *
     * @param piece the piece
     * @param sent counts the bytes that went out
     * @return a longer answer
     */
    public Answer sendForEver(byte[] piece, AtomicLong sent) {
        return then(wire -> {
            while (true) {
                wire.piece(piece);
                sent.addAndGet(piece.length);
            }
        });
    }

    /**
     * Then ends the stream as HTTP does; the connection is kept.
     *
     * @return a longer answer
     */
    public Answer end() {
        return then(Wire::lastPiece);
    }

    /**
     * Then resets the connection.
     *
     * @return a longer answer
     */
    public Answer cut() {
        return then(Wire::cut);
    }

    /**
     * Then closes the connection.
     *
     * @return a longer answer
     */
    public Answer close() {
        return then(Wire::close);
    }

    /**
     * Then closes its half of the connection, and waits until the client closes the other.
     *
     * @return a longer answer
     */
    public Answer closeHalf() {
        return then(Wire::closeHalf);
    }

    /**
     * Then stays silent for as long as the client stays.
     *
     * @return a longer answer
     */
    public Answer hold() {
        return then(Wire::hold);
    }

    void give(Wire wire) throws Exception {
        if (!head.isEmpty()) {
            wire.raw((head + "\r\n").getBytes(UTF_8));
        }
        for (Step step : steps) {
            step.take(wire);
        }
        if (isStream) {
            wire.holdUnlessEnded();
        }
    }

    private Answer then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Answer(head, isStream, List.copyOf(longer));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s, %d steps", head.lines().findFirst().orElse("raw"), steps.size());
    }
}
