package dev.freshet.hub.log.durable;

import dev.freshet.hub.log.Cut;
import dev.freshet.hub.log.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Some events as they are sent, one behind the other, and the place up to which they are all that was asked for. Immutable. */
public final class Page {
    private final byte[] bytes;
    private final long[] offsets;
    private final int[] ends;
    private final long next;

    private Page(byte[] bytes, long[] offsets, int[] ends, long next) {
        this.bytes = bytes;
        this.offsets = offsets;
        this.ends = ends;
        this.next = next;
    }

    /**
     * Returns the number of bytes.
     *
     * @return 0 if no event of the page was wanted
     */
    public int sizeBytes() {
        return bytes.length;
    }

    /**
     * Returns the number of events.
     *
     * @return how many events the page holds
     */
    public int events() {
        return offsets.length;
    }

    /**
     * Returns the offset up to which there is nothing that was asked for.
     *
     * @return that of the first event; {@link #next} if the page holds none
     */
    public long first() {
        return events() > 0 ? offsets[0] : next;
    }

    /**
     * Returns the offset at which the next page begins.
     *
     * @return all wanted events before it are in this page
     */
    public long next() {
        return next;
    }

    /**
     * Copies the bytes.
     *
     * @param target where to; its position moves behind them
     */
    public void copyTo(ByteBuffer target) {
        target.put(bytes);
    }

    /**
     * Returns where a reader stands that took some of the bytes.
     *
     * @param taken how many, less than there are
     * @return the place
     */
    public Cut cutAfter(int taken) {
        int event = eventAt(taken);
        return Cut.in(offsets[event], taken - start(event), ByteBuffer.wrap(bytes, taken, ends[event] - taken));
    }

    /**
     * Returns the page of one event alone, for a reader that has had a part of it.
     *
     * @param offset the event
     * @return its page; empty if this page does not begin with it, since it is no longer retained
     */
    public Optional<Page> only(long offset) {
        return events() > 0 && offsets[0] == offset
                ? Optional.of(
                        new Page(Arrays.copyOf(bytes, ends[0]), new long[] {offset}, new int[] {ends[0]}, offset + 1))
                : Optional.empty();
    }

    private int eventAt(int taken) {
        int event = 0;
        while (ends[event] <= taken) {
            event++;
        }
        return event;
    }

    private int start(int event) {
        return event == 0 ? 0 : ends[event - 1];
    }

    /** A page in the making. Confined to one thread. */
    public static final class Builder {
        private static final byte[] CHUNK_END = {'\r', '\n'};

        private final Framing framing;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long[] offsets = new long[16];
        private int[] ends = new int[16];
        private int count;

        /**
         * Creates an empty page.
         *
         * @param framing how events are wrapped
         */
        public Builder(Framing framing) {
            this.framing = framing;
        }

        /**
         * Adds an event behind the others.
         *
         * @param offset its place in the log
         * @param event its bytes, not framed
         */
        public void add(long offset, byte[] event) {
            if (framing == Framing.CHUNKED) {
                bytes.writeBytes((Integer.toHexString(event.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            bytes.writeBytes(event);
            if (framing == Framing.CHUNKED) {
                bytes.writeBytes(CHUNK_END);
            }
            note(offset);
        }

        /**
         * Returns the number of bytes so far.
         *
         * @return the size
         */
        public int sizeBytes() {
            return bytes.size();
        }

        /**
         * Ends the page.
         *
         * @param next the offset at which the next page begins
         * @return the page
         */
        public Page build(long next) {
            return new Page(bytes.toByteArray(), Arrays.copyOf(offsets, count), Arrays.copyOf(ends, count), next);
        }

        private void note(long offset) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            offsets[count] = offset;
            ends[count++] = bytes.size();
        }
    }
}
