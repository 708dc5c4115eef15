package dev.freshet.hub.log;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The memory of the window. Confined to the log's writer.
 *
 * <pre>
 *   free --put--> retained --evict--> resting --no reader pins it--> free
 * </pre>
 *
 * <p>A segment that was evicted rests until no reader can still be sending from it, and is then used again, so that the
 * memory in use settles at the window's bound.
 */
final class Segments {
    private final int segmentBytes;
    private final IntFunction<ByteBuffer> memory;
    private final Deque<Segment> retained = new ArrayDeque<>();
    private final Deque<Segment> resting = new ArrayDeque<>();
    private final Deque<Segment> free = new ArrayDeque<>();
    private long retainedBytes;

    Segments(int segmentBytes, IntFunction<ByteBuffer> memory) {
        this.segmentBytes = segmentBytes;
        this.memory = memory;
    }

    Segment.Place put(long offset, byte[] event) {
        if (retained.isEmpty() || !retained.getLast().hasRoomFor(event)) {
            retain(segmentFor(event));
        }
        return retained.getLast().put(offset, event);
    }

    /** Forgets events that were put but never published, from an offset on. */
    void takeBack(long firstOffset) {
        retained.forEach(segment -> segment.takeBack(firstOffset));
    }

    /** The bytes of all segments in use, once an event is put behind the others. */
    long bytesWith(byte[] event) {
        boolean isRoom = !retained.isEmpty() && retained.getLast().hasRoomFor(event);
        return isRoom ? retainedBytes : retainedBytes + sizeFor(event);
    }

    /** The bytes of the segments that some events fill from the first on; what stays empty at their ends counts too. */
    long neededBytes(List<byte[]> events) {
        long neededBytes = 0;
        int room = 0;
        for (byte[] event : events) {
            if (Segment.framedBytes(event) > room) {
                room = sizeFor(event);
                neededBytes += room;
            }
            room -= Segment.framedBytes(event);
        }
        return neededBytes;
    }

    /** The bytes of all memory that is held, in use or not. */
    long allocatedBytes() {
        return retainedBytes + sum(resting) + sum(free);
    }

    /** Lets the oldest segment rest, and returns the offset of its last event. */
    long evictOldest() {
        Segment oldest = retained.removeFirst();
        retainedBytes -= oldest.capacityBytes();
        resting.add(oldest);
        return oldest.lastOffset();
    }

    /** Lets segments rest whose events are all older than an offset. */
    void evictBefore(long offset) {
        while (retained.size() > 1 && retained.getFirst().lastOffset() < offset) {
            evictOldest();
        }
    }

    boolean hasResting() {
        return !resting.isEmpty();
    }

    /** Frees what rests and is older than everything that readers pin. */
    void free(long lowestPin) {
        for (Iterator<Segment> each = resting.iterator(); each.hasNext(); ) {
            Segment segment = each.next();
            if (segment.lastOffset() < lowestPin) {
                each.remove();
                keep(segment);
            }
        }
    }

    /** Segments of another size were made for one large event; they go back to the system. */
    private void keep(Segment segment) {
        if (segment.capacityBytes() == segmentBytes && free.isEmpty()) {
            segment.reuse();
            free.add(segment);
        }
    }

    private Segment segmentFor(byte[] event) {
        int sizeBytes = sizeFor(event);
        return sizeBytes > segmentBytes || free.isEmpty() ? new Segment(memory.apply(sizeBytes)) : free.removeFirst();
    }

    private int sizeFor(byte[] event) {
        return Math.max(segmentBytes, Segment.framedBytes(event));
    }

    private void retain(Segment segment) {
        retained.addLast(segment);
        retainedBytes += segment.capacityBytes();
    }

    private static long sum(Deque<Segment> segments) {
        return segments.stream().mapToLong(Segment::capacityBytes).sum();
    }
}
