package dev.freshet.codec;

import static dev.freshet.codec.LineEnds.CR;
import static dev.freshet.codec.LineEnds.LF;

import dev.freshet.codec.EventStreamException.Reason;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Finds events in the bytes of an event stream, in whatever cuts they come (WHATWG HTML 9.2.6).
 *
 * <pre>
 *                 line end                  CR
 *   FIRST_LINE ---------------> LINE &lt;--------------&gt; AFTER_CR
 *   (a byte order               (the next        any    (a LF belongs to
 *    mark is skipped)            line)                   the CR before it)
 *        |                        |                        |
 *        +------------------------+------------------------+--- exception ---&gt; FAILED --- reset() ---&gt; FIRST_LINE
 * </pre>
 *
 * <p>An event is handed on with its blank line, and a CR that ends a line does not wait for a LF. What is cut off before
 * its blank line never counts, its id neither. Broken UTF-8 becomes U+FFFD. In one point the parser departs from the
 * standard: a NUL in a type becomes U+FFFD as well, since a {@link ServerSentEvent} cannot hold it.
 *
 * <p>Confined to one thread at a time; never blocks. Between two feeds it keeps a copy of the incomplete line and the data
 * of the incomplete event, both within its {@link Limits}.
 */
public final class EventStreamParser {

    private static final int COPY_BYTES = 16 * 1024;

    private enum State {
        FIRST_LINE,
        LINE,
        AFTER_CR,
        /** Within a feed: the handler must not feed or reset. */
        FEEDING,
        FAILED
    }

    private final Limits limits;
    private final EventBlock block;
    private final GrowingBytes carried = new GrowingBytes();
    private State state = State.FIRST_LINE;

    /**
     * A parser with the default limits.
     *
     * @param handler takes what is found
     */
    public EventStreamParser(Handler handler) {
        this(handler, Limits.DEFAULT);
    }

    /**
     * A parser with its own limits.
     *
     * @param handler takes what is found
     * @param limits what a stream may make this parser hold
     */
    public EventStreamParser(Handler handler, Limits limits) {
        this(handler, limits, "");
    }

    /**
     * A parser that goes on after an earlier one.
     *
     * @param handler takes what is found
     * @param limits what a stream may make this parser hold
     * @param lastEventId the id to begin with, which events without an id carry on; empty if there is none
     * @throws IllegalArgumentException if lastEventId holds CR, LF, NUL or a lone surrogate
     */
    public EventStreamParser(Handler handler, Limits limits, String lastEventId) {
        this.limits = limits;
        this.block = new EventBlock(handler, limits.maxEventBytes(), FieldRules.requireLine("id", lastEventId));
    }

    /**
     * Takes the next bytes of the stream and calls the handler for all that they complete. The bytes are not kept.
     *
     * <p>After an exception, the handler's own included, the rest of the bytes is lost and only {@link #reset()} helps.
     *
     * @param bytes holds the bytes
     * @param offset the index of the first one
     * @param length how many; may be 0
     * @throws IndexOutOfBoundsException if the range is not within the array
     * @throws EventStreamException if a line or an event passes its limit
     * @throws IllegalStateException if an earlier feed failed, or if the handler calls this method
     */
    public void feed(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        State before = state;
        if (before == State.FEEDING || before == State.FAILED) {
            throw new IllegalStateException("state: " + before + " (expected: no feed under way, none failed)");
        }
        State after = State.FAILED;
        state = State.FEEDING;
        try {
            after = parse(before, bytes, offset, offset + length);
        } finally {
            state = after;
        }
    }

    /**
     * Takes the remaining bytes of a buffer like {@link #feed(byte[], int, int)}.
     *
     * @param bytes the bytes; its position moves to its limit
     * @throws EventStreamException if a line or an event passes its limit
     * @throws IllegalStateException if an earlier feed failed, or if the handler calls this method
     */
    public void feed(ByteBuffer bytes) {
        if (bytes.hasArray()) {
            int offset = bytes.arrayOffset() + bytes.position();
            int length = bytes.remaining();
            bytes.position(bytes.limit());
            feed(bytes.array(), offset, length);
        } else {
            feedCopies(bytes);
        }
    }

    /**
     * The id with which a reader resumes: that of the last block which a blank line ended.
     *
     * @return the id; empty if there is none
     */
    public String lastEventId() {
        return block.lastEventId();
    }

    /**
     * Begins a new stream: drops what is incomplete and keeps the last event id, which events without an id then carry
     * on, as they do in browsers.
     *
     * @throws IllegalStateException if the handler calls this method
     */
    public void reset() {
        if (state == State.FEEDING) {
            throw new IllegalStateException("state: " + state + " (expected: no feed under way)");
        }
        state = State.FIRST_LINE;
        carried.clear();
        block.drop();
    }

    private void feedCopies(ByteBuffer bytes) {
        byte[] copy = new byte[Math.min(bytes.remaining(), COPY_BYTES)];
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), copy.length);
            bytes.get(copy, 0, length);
            feed(copy, 0, length);
        }
    }

    private State parse(State before, byte[] bytes, int from, int to) {
        if (from == to) {
            return before;
        }
        int at = before == State.AFTER_CR && bytes[from] == LF ? from + 1 : from;
        State now = before == State.AFTER_CR ? State.LINE : before;
        while (at < to) {
            int end = LineEnds.find(bytes, at, to);
            requireLineWithinLimit(end - at);
            if (end == to) {
                carried.append(bytes, at, to);
                return now;
            }
            line(now, bytes, at, end);
            at = LineEnds.after(bytes, end, to);
            now = State.LINE;
        }
        return bytes[to - 1] == CR ? State.AFTER_CR : now;
    }

    private void requireLineWithinLimit(int more) {
        if (more > limits.maxLineBytes() - carried.size()) {
            throw new EventStreamException(Reason.LINE_TOO_LONG, "line", limits.maxLineBytes());
        }
    }

    private void line(State now, byte[] bytes, int from, int to) {
        if (carried.size() == 0) {
            wholeLine(now, bytes, from, to);
        } else {
            carried.append(bytes, from, to);
            wholeLine(now, carried.array(), 0, carried.size());
            carried.clear();
        }
    }

    private void wholeLine(State now, byte[] bytes, int from, int to) {
        int start = now == State.FIRST_LINE ? afterByteOrderMark(bytes, from, to) : from;
        if (start == to) {
            block.dispatch();
        } else {
            block.field(bytes, start, to);
        }
    }

    private static int afterByteOrderMark(byte[] bytes, int from, int to) {
        boolean marked = to - from >= 3
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
        return marked ? from + 3 : from;
    }

    /**
     * Takes what a parser finds, on the thread that feeds it and before the feed returns. An exception ends the feed and
     * reaches its caller.
     */
    @FunctionalInterface
    public interface Handler {

        /**
         * An event is complete.
         *
         * @param event the event; its id is the last event id, its own or an earlier one, and absent if that is empty;
         *     its retryMs is what its own lines said
         */
        void onEvent(ServerSentEvent event);

        /**
         * A comment was read; often a heartbeat.
         *
         * @param text what follows the colon, a space included
         */
        default void onComment(String text) {}

        /**
         * The stream sets the time to wait before connecting again; told at once, before any blank line.
         *
         * @param retryMs the time in milliseconds; what does not fit is {@link Long#MAX_VALUE}
         */
        default void onRetry(long retryMs) {}
    }

    /**
     * What a stream may make a parser hold. Immutable.
     *
     * @param maxLineBytes the most bytes of a line, without its end
     * @param maxEventBytes the most bytes of an event's data, the ends between its lines included
     */
    public record Limits(int maxLineBytes, int maxEventBytes) {

        /** 16 MiB a line and 16 MiB an event. */
        public static final Limits DEFAULT = new Limits(16 << 20, 16 << 20);

        private static final int LARGEST = 1 << 30;

        /**
         * Validates the limits.
         *
         * @param maxLineBytes the most bytes of a line
         * @param maxEventBytes the most bytes of an event's data
         * @throws IllegalArgumentException if one is not within 1 byte and 1 GiB
         */
        public Limits {
            requireWithin("maxLineBytes", maxLineBytes);
            requireWithin("maxEventBytes", maxEventBytes);
        }

        private static void requireWithin(String name, int bytes) {
            if (bytes < 1 || bytes > LARGEST) {
                throw new IllegalArgumentException(name + ": " + bytes + " (expected: 1 to " + LARGEST + ")");
            }
        }
    }
}
