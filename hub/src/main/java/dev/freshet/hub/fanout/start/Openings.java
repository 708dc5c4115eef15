package dev.freshet.hub.fanout.start;

import dev.freshet.hub.log.EventPosition;
import dev.freshet.hub.log.Window;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** What a stream begins with, and what it is told of a gap. Confined to its lane. */
public final class Openings {
    private final String epoch;
    private final Window window;
    private final long retryMs;

    /**
     * Creates what a lane says to its subscribers.
     *
     * @param epoch the log's incarnation
     * @param window its newest part
     * @param retryMs how long a client is asked to wait before it connects again
     */
    public Openings(String epoch, Window window, long retryMs) {
        this.epoch = epoch;
        this.window = window;
        this.retryMs = retryMs;
    }

    /**
     * Returns the id of a place in the log.
     *
     * @param offset the place; 0 stands before the first event
     * @return the id on the wire
     */
    public String idAt(long offset) {
        return new EventPosition(epoch, Math.max(0, offset)).id();
    }

    /**
     * Returns the first bytes of a stream, not framed.
     *
     * @param subscriberId the subscriber's id, if it is told
     * @param start where it begins
     * @return comment and retry, then perhaps {@code connected} and {@code gap}; and the id of the place where it begins, which
     *     a gap brings itself
     */
    public byte[] opening(Optional<String> subscriberId, Start start) {
        return start.gap().isPresent()
                ? joined(openingBeforeGap(subscriberId), gap(start))
                : opening(StreamText.opening(retryMs, idAt(start.next() - 1)), subscriberId);
    }

    /**
     * Returns the first bytes of a stream that is told of a gap later, not framed.
     *
     * @param subscriberId the subscriber's id, if it is told
     * @return comment and retry, then perhaps {@code connected}; no id, which is for the gap to bring
     */
    public byte[] openingBeforeGap(Optional<String> subscriberId) {
        return opening(StreamText.opening(retryMs), subscriberId);
    }

    /**
     * Returns what a subscriber is told when events are missing, not framed.
     *
     * @param start where it goes on, and the reason
     * @return the event {@code gap}
     */
    public byte[] gap(Start start) {
        Optional<String> earliestId = start.next() < window.head() ? Optional.of(idAt(start.next())) : Optional.empty();
        return StreamText.gap(start.gap().orElseThrow(), start.requested(), earliestId, idAt(start.next() - 1));
    }

    private static byte[] opening(byte[] head, Optional<String> subscriberId) {
        return subscriberId.map(id -> joined(head, StreamText.connected(id))).orElse(head);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first);
        bytes.writeBytes(second);
        return bytes.toByteArray();
    }
}
