package dev.freshet.hub.fanout.bytes;

import dev.freshet.hub.log.Cut;
import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowEntry;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Some events as one contiguous piece of bytes: a view of the window where one is alone or they lie side by side, else a
 * copy. Confined to its lane, which reuses it; the bytes are valid until the next {@link #gather}, while the first event is
 * pinned.
 */
public final class Range {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final Scratch scratch = new Scratch();
    private ByteBuffer bytes = NOTHING;
    private List<WindowEntry> entries = List.of();
    private Framing framing = Framing.CHUNKED;

    /** Creates a range of nothing. */
    public Range() {}

    /**
     * Begins anew with other events.
     *
     * @param from at least one event, all pinned
     * @param as how they are wrapped
     */
    public void gather(List<WindowEntry> from, Framing as) {
        entries = from;
        framing = as;
        bytes = gathered();
    }

    /**
     * Returns how large the range is.
     *
     * @return the number of bytes
     */
    public int sizeBytes() {
        return bytes.capacity();
    }

    /**
     * Returns all bytes, as often as asked for and whatever the last taker did to position and limit.
     *
     * @return the whole of a buffer
     */
    public ByteBuffer bytes() {
        return bytes.clear();
    }

    /**
     * Returns where a reader goes on whose sink took less than all.
     *
     * @param taken how many bytes were taken, fewer than there are
     * @return the place
     */
    public Cut cutAfter(int taken) {
        int event = eventAt(taken);
        int start = start(event);
        ByteBuffer left = bytes.clear().position(taken).limit(start + sizeBytes(event));
        return Cut.in(entries.get(event).offset(), taken - start, left);
    }

    private ByteBuffer gathered() {
        WindowEntry first = entries.get(0);
        if (entries.size() == 1) {
            return first.bytes(framing);
        }
        return framing == Framing.CHUNKED && isContiguous(entries)
                ? first.chunksUpTo(entries.get(entries.size() - 1))
                : copy();
    }

    private int eventAt(int taken) {
        int event = 0;
        for (int end = sizeBytes(0); end <= taken; end += sizeBytes(event)) {
            event++;
        }
        return event;
    }

    private int start(int event) {
        int start = 0;
        for (int before = 0; before < event; before++) {
            start += sizeBytes(before);
        }
        return start;
    }

    private int sizeBytes(int event) {
        return entries.get(event).sizeBytes(framing);
    }

    private ByteBuffer copy() {
        int sizeBytes = 0;
        for (WindowEntry entry : entries) {
            sizeBytes += entry.sizeBytes(framing);
        }
        ByteBuffer target = scratch.room(sizeBytes);
        for (WindowEntry entry : entries) {
            entry.copyTo(target, framing);
        }
        return target.slice(0, sizeBytes);
    }

    private static boolean isContiguous(List<WindowEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            if (!entries.get(i).follows(entries.get(i - 1))) {
                return false;
            }
        }
        return true;
    }
}
