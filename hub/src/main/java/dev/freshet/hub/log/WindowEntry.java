package dev.freshet.hub.log;

import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One event in the window: where its bytes lie, and what is needed to decide who gets it. Immutable.
 *
 * <p>The bytes belong to the window. They may be read only while the entry's offset is pinned ({@link WindowReader#pin}).
 */
public final class WindowEntry {
    /** The end of every chunk: CR and LF. */
    private static final int CHUNK_END_BYTES = 2;
    /** A topic, its string, and its place among the newest ones. */
    private static final int FURTHER_TOPIC_BYTES = 128;

    private final long offset;
    private final long timeMs;
    private final long previous;
    private final long expiresMs;
    private final List<Topic> topics;
    private final long[] furtherPrevious;
    private final boolean isPrivate;
    private final boolean isDirect;
    private final Segment segment;
    private final int start;
    private final int dataBytes;
    private final byte headBytes;

    WindowEntry(LoggedEvent event, TopicChains.Links links, Segment.Place place) {
        this.offset = event.offset();
        this.timeMs = event.timeMs();
        this.expiresMs = event.expiresMs();
        this.topics = links.topics;
        this.isPrivate = event.publication().isPrivate();
        this.isDirect = isDirect(topics);
        this.previous = links.first;
        this.furtherPrevious = links.further;
        this.segment = place.segment();
        this.start = place.start();
        this.headBytes = (byte) place.headBytes();
        this.dataBytes = place.dataBytes();
    }

    /**
     * Returns the event's place in the log.
     *
     * @return the offset
     */
    public long offset() {
        return offset;
    }

    /**
     * Returns when the event was appended.
     *
     * @return milliseconds since 1970, never less than those of the event before
     */
    public long timeMs() {
        return timeMs;
    }

    /**
     * Tells whether the event's time to live is over: it is not replayed any more.
     *
     * @param nowMs milliseconds since 1970
     * @return true if it had a time to live, and that has passed
     */
    public boolean isExpired(long nowMs) {
        return nowMs >= expiresMs;
    }

    /**
     * Returns the event's topics.
     *
     * @return at least one
     */
    public List<Topic> topics() {
        return topics;
    }

    /**
     * Tells whether the event is private.
     *
     * @return true if it takes a grant to read it
     */
    public boolean isPrivate() {
        return isPrivate;
    }

    /**
     * Tells whether the event is for single subscribers.
     *
     * @return true if one of its topics is a subscriber's own
     */
    public boolean isDirect() {
        return isDirect;
    }

    /**
     * Returns the event before this one that has the same topic.
     *
     * @param topic the place of the topic in {@link #topics}
     * @return its offset, or 0 if the window held none when this event was appended
     */
    public long previousOffset(int topic) {
        return topic == 0 ? previous : furtherPrevious[topic - 1];
    }

    /**
     * Returns how many bytes the event has on a connection.
     *
     * @param framing how it is wrapped there
     * @return the number of bytes
     */
    public int sizeBytes(Framing framing) {
        return framing == Framing.PLAIN ? dataBytes : headBytes + dataBytes + CHUNK_END_BYTES;
    }

    /**
     * Tells whether this event's chunk begins where another's ends.
     *
     * @param before the other event
     * @return true if both can be sent as one piece, chunked
     */
    public boolean follows(WindowEntry before) {
        return segment == before.segment && start == before.start + before.sizeBytes(Framing.CHUNKED);
    }

    /**
     * Copies the event's bytes.
     *
     * @param framing how it is wrapped
     * @param target where to; its position moves behind the bytes
     */
    public void copyTo(ByteBuffer target, Framing framing) {
        int length = sizeBytes(framing);
        target.put(target.position(), segment.bytes(), start(framing), length);
        target.position(target.position() + length);
    }

    /**
     * Returns the event's bytes, without copying.
     *
     * @param framing how it is wrapped
     * @return a view of the window's memory
     */
    public ByteBuffer bytes(Framing framing) {
        return segment.bytes().slice(start(framing), sizeBytes(framing));
    }

    private int start(Framing framing) {
        return framing == Framing.PLAIN ? start + headBytes : start;
    }

    /**
     * Returns the chunks from this event to another, without copying.
     *
     * @param last the other event; all in between follow each other
     * @return a view of the window's memory
     */
    public ByteBuffer chunksUpTo(WindowEntry last) {
        return segment.bytes().slice(start, last.start + last.sizeBytes(Framing.CHUNKED) - start);
    }

    /** About what topics take on the heap, but for the objects of the first one, which are bounded by the number of events. */
    static long topicBytes(List<Topic> topics) {
        long sizeBytes = (topics.size() - 1) * (long) FURTHER_TOPIC_BYTES;
        for (Topic topic : topics) {
            sizeBytes += topic.name().length();
        }
        return sizeBytes;
    }

    private static boolean isDirect(List<Topic> topics) {
        for (Topic topic : topics) {
            if (topic.isReserved()) {
                return true;
            }
        }
        return false;
    }
}
