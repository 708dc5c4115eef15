package dev.freshet.server.transport.h1;

import dev.freshet.server.http.Headers;
import dev.freshet.server.http.Problem;
import dev.freshet.server.http.ProblemException;
import dev.freshet.server.transport.loop.BodyBudget;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A body as it comes in, up to its limit, and within the budget of all bodies until it is released. It grows with what has
 * arrived, not with what was announced. Confined to the loop.
 */
final class BodyCollector {
    private static final byte[] EMPTY = {};
    /** Not counted: most bodies are no larger, and need not know of the others then. */
    private static final int FIRST_BYTES = 1024;

    private final long maxBytes;
    private final BodyBudget budget;
    private byte[] bytes = EMPTY;
    private int size;
    private long counted;

    BodyCollector(long maxBytes, BodyBudget budget) {
        this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 16);
        this.budget = budget;
    }

    /**
     * Takes all readable bytes.
     *
     * @throws ProblemException with 413 if they go beyond the limit, 503 if there is no room now
     */
    void add(ByteBuf content) {
        int count = content.readableBytes();
        if ((long) size + count > maxBytes) {
            throw Problem.bodyTooLarge(maxBytes).asException();
        }
        if (size + count > bytes.length) {
            long doubled = Math.max(FIRST_BYTES, 2L * bytes.length);
            grow((int) Math.min(maxBytes, Math.max(doubled, size + count)));
        }
        content.readBytes(bytes, size, count);
        size += count;
    }

    private void grow(int capacity) {
        long more = Math.max(0, capacity - FIRST_BYTES) - counted;
        if (!budget.take(more)) {
            throw noRoom();
        }
        counted += more;
        bytes = Arrays.copyOf(bytes, capacity);
    }

    private ProblemException noRoom() {
        String detail = "body: no room beside the others (expected: at most " + budget.maxBytes()
                + " bytes of all bodies together; try again)";
        return new ProblemException(
                Problem.of(503, "too-many-bodies", "Too many bodies", detail), Headers.of("Retry-After", "1"));
    }

    /** The whole body, which counts until it is released. */
    byte[] toBytes() {
        byte[] whole = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        bytes = EMPTY;
        return whole;
    }

    /** The body is of no use any more. */
    void release() {
        bytes = EMPTY;
        budget.give(counted);
        counted = 0;
    }
}
