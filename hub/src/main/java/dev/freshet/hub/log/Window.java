package dev.freshet.hub.log;

import dev.freshet.hub.topic.Topic;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The newest part of the log, encoded once, in memory: bounded in events, in bytes off the heap, and in the bytes that the
 * events' topics take on it.
 *
 * <pre>
 *   earliest            head
 *      |                 |
 *   ...[e][e][e][e][e][e]        offsets; head is the offset that the next event will have
 *      [ segment ][ segment ]    off-heap memory, chunks one behind the other
 * </pre>
 *
 * <p>The log's writer, one thread at a time, calls {@link #append} and {@link #startAt}. All else may be
 * called by any thread; bytes of an entry are read by a lane that has pinned it.
 */
public final class Window {
    private final WindowLimits limits;
    private final EventEncoding encoding;
    private final AtomicReferenceArray<@Nullable WindowEntry> entries;
    private final int mask;
    private final Segments segments;
    private final TopicChains chains = new TopicChains();
    private final List<WindowReader> readers = new CopyOnWriteArrayList<>();
    private long topicBytes;
    private long next = 1;
    private volatile long earliest = 1;
    private volatile long head = 1;

    /**
     * Creates an empty window.
     *
     * @param limits its bounds
     * @param encoding what stands in the bytes of its events
     */
    public Window(WindowLimits limits, EventEncoding encoding) {
        this(limits, encoding, ByteBuffer::allocateDirect);
    }

    Window(WindowLimits limits, EventEncoding encoding, IntFunction<ByteBuffer> memory) {
        this.limits = limits;
        this.encoding = encoding;
        int slots = Integer.highestOneBit(Math.max(1, limits.maxEvents() - 1)) * 2;
        this.entries = new AtomicReferenceArray<>(slots);
        this.mask = slots - 1;
        this.segments = new Segments(limits.segmentBytes(), memory);
    }

    /**
     * Returns the offset that the next event will have.
     *
     * @return one more than the offset of the newest published event
     */
    public long head() {
        return head;
    }

    /**
     * Returns the offset of the oldest event that is retained; equal to {@link #head} if there is none.
     *
     * @return the offset
     */
    public long earliest() {
        return earliest;
    }

    /**
     * Returns what stands in the bytes of its events.
     *
     * @return the encoding; events that are read from elsewhere must look the same
     */
    public EventEncoding encoding() {
        return encoding;
    }

    /**
     * Returns an event.
     *
     * @param offset its offset, below {@link #head}
     * @return the entry, or null if it has left the window
     */
    public @Nullable WindowEntry entry(long offset) {
        WindowEntry entry = entries.get((int) offset & mask);
        return entry != null && entry.offset() == offset && offset >= earliest ? entry : null;
    }

    /**
     * Returns the newest event of a topic.
     *
     * @param topic the topic
     * @return its offset, or 0 if the window holds none
     */
    public long newestOffset(Topic topic) {
        return chains.newestOffset(topic);
    }

    /**
     * Creates a reader, which the window knows for ever.
     *
     * @return a reader that pins nothing
     */
    public WindowReader reader() {
        WindowReader reader = new WindowReader();
        readers.add(reader);
        return reader;
    }

    /**
     * Finds the first event that was appended at a time or later.
     *
     * @param timeMs milliseconds since 1970
     * @return its offset, or {@link #head} if there is none
     */
    public long firstOffsetSince(long timeMs) {
        long low = earliest;
        long high = head;
        while (low < high) {
            long middle = (low + high) >>> 1;
            WindowEntry entry = entry(middle);
            if (entry == null || entry.timeMs() < timeMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Begins at another offset, and forgets all that was appended. For a log that already holds events, or has some that
     * could not be shown.
     *
     * @param offset the offset of the next event, not less than those of the events before
     */
    public void startAt(long offset) {
        giveUpTo(next);
        chains.clear();
        topicBytes = 0;
        next = offset;
        earliest = offset;
        head = offset;
    }

    /**
     * Encodes events behind the newest one and shows them to the readers: all of them at once, or none.
     *
     * @param events the events; their offsets follow the newest one's without a hole
     * @return the number of encoded bytes, without frames
     * @throws AppendRefusedException if they are larger than the window can hold
     */
    public long append(List<LoggedEvent> events) {
        return append(encode(events));
    }

    /**
     * Encodes events and checks that the window can hold them; for a log that must know before it shows them. Thread-safe.
     *
     * @param events the events, in order
     * @return the events as {@link #append(Encoded)} takes them
     * @throws AppendRefusedException if they are larger than the window can hold
     */
    public Encoded encode(List<LoggedEvent> events) {
        Encoded encoded = new Encoded(events, encoding);
        limits.requireRoomFor(encoded.bytes.size(), segments.neededBytes(encoded.bytes));
        limits.requireRoomForTopics(
                events.stream().mapToLong(Window::topicBytes).sum());
        return encoded;
    }

    /**
     * Shows events to the readers, behind the newest one: all of them at once, or none.
     *
     * @param encoded the events; their offsets follow the newest one's without a hole
     * @return the number of encoded bytes, without frames
     */
    public long append(Encoded encoded) {
        try {
            for (int i = 0; i < encoded.bytes.size(); i++) {
                place(encoded.events.get(i), encoded.bytes.get(i));
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            takeBack();
            throw e;
        }
        head = next;
        return encoded.bytes.stream().mapToLong(bytes -> bytes.length).sum();
    }

    /** Events with the bytes that stand for them on the wire. Immutable. */
    public static final class Encoded {
        private final List<LoggedEvent> events;
        private final List<byte[]> bytes;

        private Encoded(List<LoggedEvent> events, EventEncoding encoding) {
            this.events = List.copyOf(events);
            this.bytes = events.stream().map(encoding::encode).toList();
        }
    }

    /** Returns the bytes of memory that the window holds, in use or not. Confined to the log's writer. */
    long allocatedBytes() {
        return segments.allocatedBytes();
    }

    private void place(LoggedEvent event, byte[] bytes) {
        assert event.offset() == next : "offset " + event.offset() + " after " + (next - 1);
        long sizeOfTopics = topicBytes(event);
        makeRoomForTopics(sizeOfTopics);
        makeRoomFor(bytes);
        Segment.Place place = segments.put(event.offset(), bytes);
        List<Topic> topics = event.publication().topics();
        entries.setRelease((int) event.offset() & mask, new WindowEntry(event, chains.links(topics), place));
        chains.append(topics, event.offset());
        topicBytes += sizeOfTopics;
        next++;
    }

    private static long topicBytes(LoggedEvent event) {
        return WindowEntry.topicBytes(event.publication().topics());
    }

    /** Undoes what was placed since the last time that the head moved. */
    private void takeBack() {
        while (next > head) {
            next--;
            forget(next);
        }
        segments.takeBack(head);
    }

    private void makeRoomFor(byte[] event) {
        if (next - earliest >= limits.maxEvents()) {
            giveUpTo(earliest + 1);
            segments.evictBefore(earliest);
        }
        while (segments.bytesWith(event) > limits.maxBytes()) {
            giveUpTo(segments.evictOldest() + 1);
        }
        if (segments.hasResting()) {
            segments.free(lowestPin());
        }
    }

    /** Names are short, but an event may have many, and they lie beside the memory that is counted by the segment. */
    private void makeRoomForTopics(long sizeBytes) {
        while (topicBytes + sizeBytes > limits.maxBytes()) {
            giveUpTo(earliest + 1);
        }
        segments.evictBefore(earliest);
    }

    private void giveUpTo(long offset) {
        long from = earliest;
        earliest = Math.max(from, offset);
        for (long gone = from; gone < earliest; gone++) {
            forget(gone);
        }
    }

    private void forget(long offset) {
        WindowEntry entry = entries.get((int) offset & mask);
        if (entry != null && entry.offset() == offset) {
            chains.remove(entry, earliest);
            entries.setRelease((int) offset & mask, null);
            topicBytes -= WindowEntry.topicBytes(entry.topics());
        }
    }

    private long lowestPin() {
        long lowest = Long.MAX_VALUE;
        for (WindowReader reader : readers) {
            lowest = Math.min(lowest, reader.pinned());
        }
        return lowest;
    }
}
