package dev.freshet.hub.fanout;

import dev.freshet.hub.log.Framing;
import dev.freshet.hub.log.WindowEntry;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Some events as one contiguous piece of bytes: a view of the window where they lie side by side, else a copy. Confined to
 * its lane, which reuses it; the bytes are valid until the next {@link #gather}, while the first event is pinned.
 */
final class Range {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
    private static final int LARGEST_KEPT_BYTES = 1 << 20;
    private static final int SMALLEST_BYTES = 4 << 10;

    private ByteBuffer memory = NOTHING;
    private ByteBuffer bytes = NOTHING;
    private List<WindowEntry> entries = List.of();
    private Framing framing = Framing.CHUNKED;

    void gather(List<WindowEntry> from, Framing as) {
        entries = from;
        framing = as;
        bytes = as == Framing.CHUNKED && isContiguous(from)
                ? from.get(0).chunksUpTo(from.get(from.size() - 1))
                : copy();
    }

    int sizeBytes() {
        return bytes.capacity();
    }

    /** All bytes, as often as asked for and whatever the last taker did to position and limit. */
    ByteBuffer bytes() {
        return bytes.clear();
    }

    /**
     * Moves a subscriber's cursor behind what its sink took of these bytes.
     *
     * @param taken fewer bytes than there are
     */
    void cut(Subscriber subscriber, int taken) {
        int left = taken;
        for (WindowEntry entry : entries) {
            int sizeBytes = entry.sizeBytes(framing);
            if (left < sizeBytes) {
                cutInside(subscriber, entry, left);
                return;
            }
            left -= sizeBytes;
        }
        throw new AssertionError("a cut behind the end: " + taken + " of " + sizeBytes());
    }

    private void cutInside(Subscriber subscriber, WindowEntry entry, int taken) {
        if (taken == 0) {
            subscriber.next(entry.offset());
            return;
        }
        ByteBuffer whole = ByteBuffer.allocate(entry.sizeBytes(framing));
        entry.copyTo(whole, framing);
        byte[] rest = new byte[whole.capacity() - taken];
        whole.get(taken, rest);
        subscriber.rest(rest);
        subscriber.next(entry.offset() + 1);
    }

    private ByteBuffer copy() {
        int sizeBytes = 0;
        for (WindowEntry entry : entries) {
            sizeBytes += entry.sizeBytes(framing);
        }
        ByteBuffer target = memoryFor(sizeBytes);
        for (WindowEntry entry : entries) {
            entry.copyTo(target, framing);
        }
        return target.slice(0, sizeBytes);
    }

    private ByteBuffer memoryFor(int sizeBytes) {
        if (memory.capacity() < sizeBytes || memory.capacity() > LARGEST_KEPT_BYTES) {
            memory = ByteBuffer.allocateDirect(Math.max(SMALLEST_BYTES, Integer.highestOneBit(sizeBytes) * 2));
        }
        return memory.clear();
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
